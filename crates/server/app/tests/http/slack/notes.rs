//! A note never reaches the visitor, however it is written.

use super::{Office, is_reply, once, text};
use crate::members::Browser;
use crate::support::id;
use contract_slack::seed;
use serde_json::{Value, json};

/// An office with a chat that is assigned to Ann.
fn open() -> (Office, knock_testing::Chat) {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    (office, chat)
}

/// Checks that Ann's last message has arrived, and that no secret one has.
fn check(office: &Office, chat: &knock_testing::Chat) {
    office.ann_writes(chat, "The end");
    office.until_seen(chat, "The end");
    office.settle();
    let seen = office.seen(chat);
    assert!(seen.iter().all(|(_, text)| !text.contains("secret")), "{seen:?}");
}

#[test]
fn a_note_stays_inside_however_it_is_formatted() {
    let (office, chat) = open();
    for (number, text) in
        ["// secret 1", "  //secret 2", "*// secret 3*", "&gt; // secret 4", "_//_ secret 5"].iter().enumerate()
    {
        office.ann_writes(&chat, text);
        office.until_noted(&chat, &format!("secret {}", number + 1));
    }
    check(&office, &chat);
}

#[test]
fn an_edit_into_a_note_and_out_of_one_sends_nothing() {
    let (office, chat) = open();
    let (channel, _) = office.thread(&chat);
    let ts = office.ann_writes(&chat, "Hello");
    office.until_seen(&chat, "Hello");
    office.slack.control("POST", "edit", &json!({"channel": channel, "ts": ts, "text": "// secret into"}));
    office.until_noted(&chat, "secret into");
    let ts = office.ann_writes(&chat, "// secret note");
    office.until_noted(&chat, "secret note");
    office.slack.control("POST", "edit", &json!({"channel": channel, "ts": ts, "text": "secret out of"}));
    office.until_noted(&chat, "secret out of");
    check(&office, &chat);
    assert_eq!(office.seen(&chat).iter().filter(|(_, text)| text == "Hello").count(), 1);
}

#[test]
fn a_note_that_is_shown_in_the_channel_too_or_comes_with_a_file_stays_inside() {
    let (office, chat) = open();
    let (channel, thread) = office.thread(&chat);
    let write = |more: &Value| {
        let mut given = json!({"user": seed::ANN, "channel": channel, "thread": thread});
        given.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        office.slack.control("POST", "write", &given);
    };
    write(&json!({"text": "// secret broadcast", "broadcast": true}));
    office.until_noted(&chat, "secret broadcast");
    let files = json!([{"name": "a.txt", "mimetype": "text/plain", "text": "secret content"}]);
    write(&json!({"text": "// secret comment", "files": files}));
    office.until_noted(&chat, "secret comment");
    check(&office, &chat);
}

#[test]
fn an_edit_or_a_deletion_that_is_told_before_its_message_sends_nothing() {
    let (office, chat) = open();
    let (channel, _) = office.thread(&chat);
    office.slack.control("PUT", "delivery", &json!({"hold": true}));
    let ts = office.ann_writes(&chat, "secret first");
    office.slack.control("POST", "edit", &json!({"channel": channel, "ts": ts, "text": "// secret edited"}));
    let ts = office.ann_writes(&chat, "secret deleted");
    office.slack.control("POST", "delete", &json!({"channel": channel, "ts": ts}));
    office.slack.control("POST", "release", &json!({"order": "backward"}));
    office.slack.control("PUT", "delivery", &json!({"hold": false}));
    office.until_noted(&chat, "secret edited");
    office.until_noted(&chat, "deleted in Slack before it was sent");
    check(&office, &chat);
}

#[test]
fn a_reply_that_is_deleted_after_it_was_sent_is_noted() {
    let (office, chat) = open();
    let (channel, _) = office.thread(&chat);
    let ts = office.ann_writes(&chat, "Hello");
    office.until_seen(&chat, "Hello");
    office.slack.control("POST", "delete", &json!({"channel": channel, "ts": ts}));
    office.until_noted(&chat, "Deleted in Slack; the lead still sees it: Hello");
    check(&office, &chat);
}

#[test]
fn another_mark_can_be_chosen() {
    let (office, chat) = open();
    let body = json!({"monitoring_channel": seed::GENERAL, "note_mark": "!!"});
    assert_eq!(office.ask("PUT", "/api/v1/slack", &body).code, 200);
    office.ann_writes(&chat, "!! secret");
    office.until_noted(&chat, "secret");
    office.ann_writes(&chat, "// no note");
    office.until_seen(&chat, "// no note");
    check(&office, &chat);
}

#[test]
fn a_note_of_the_inbox_stands_in_the_thread_once_and_notes_of_the_thread_are_not_repeated_there() {
    let (office, chat) = open();
    let (_, thread) = office.thread(&chat);
    let admin = Browser::admin(&office.knock);
    let path = format!("/api/v1/conversations/{}/notes", chat.id);
    let note = json!({"id": id(office.knock.now(), 70), "text": "secret budget <!channel>"});
    assert_eq!(admin.ask(&office.knock, "POST", &path, &note).code, 201);
    let in_thread = |message: &Value| is_reply(message, &json!(thread));
    let shown = office.slack.message(|message| in_thread(message) && text(message, "text").contains("secret budget"));
    assert!(text(&shown, "text").starts_with("Internal note of "), "{shown}");
    assert_eq!(shown["notified"], json!([]));
    let ts = office.ann_writes(&chat, "// secret reply");
    office.until_noted(&chat, "secret reply");
    let edit = json!({"channel": office.thread(&chat).0, "ts": ts, "text": "// secret better reply"});
    office.slack.control("POST", "edit", &edit);
    office.until_noted(&chat, "secret better reply");
    assert_eq!(admin.ask(&office.knock, "POST", &path, &note).code, 200);
    check(&office, &chat);
    let messages = office.slack.messages();
    let with = |part: &str| messages.iter().filter(|one| in_thread(one) && text(one, "text").contains(part)).count();
    assert_eq!((with("secret budget"), with("better reply")), (1, 1), "{messages:#?}");
    assert_eq!(office.notes(&chat).len(), 3);
    once(&office);
}
