//! A file that a rep posts in their thread is sent to the visitor, unless it is a note.

use super::{Office, is_reply, once, text};
use contract_slack::seed;
use knock_testing::{Chat, found};
use serde_json::{Value, json};

fn open() -> (Office, Chat) {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.thread(&chat);
    (office, chat)
}

impl Office {
    /// Posts files of Ann in her thread; the channel and the `ts` of the message.
    fn ann_posts(&self, chat: &Chat, text: &str, files: &Value) -> (String, String) {
        let (channel, thread) = self.thread(chat);
        let given = json!({"user": seed::ANN, "channel": channel, "thread": thread, "text": text, "files": files});
        let written = self.slack.control("POST", "write", &given);
        (channel, written["ts"].as_str().expect("a time stamp").to_owned())
    }

    /// The names of the files that the visitor sees.
    fn files_seen(&self, chat: &Chat) -> Vec<String> {
        let messages = chat.messages(&self.knock, 0);
        let files = messages.iter().flat_map(|message| message["files"].as_array().cloned().unwrap_or_default());
        files.map(|file| text(&file, "name")).collect()
    }

    fn until_file(&self, chat: &Chat, name: &str) {
        found("the visitor sees the file", || {
            self.passes_between_attempts();
            self.files_seen(chat).contains(&name.to_owned()).then_some(())
        });
    }

    /// Waits until Ann is shown this text; the number of times.
    fn until_ann_reads(&self, wanted: &str) -> usize {
        self.until_shown_alone(seed::ANN, wanted)
    }
}

fn file(name: &str, content: &str) -> Value {
    json!({"name": name, "mimetype": "text/plain", "text": content})
}

#[test]
fn files_go_to_the_visitor_once_with_the_text_beside_them() {
    let (office, chat) = open();
    office.slack.control("PUT", "delivery", &json!({"duplicates": 3, "other_ids": true}));
    office.ann_posts(&chat, "Our offer", &json!([file("offer.txt", "10 EUR"), file("terms.txt", "30 days")]));
    office.until_file(&chat, "terms.txt");
    office.until_seen(&chat, "Our offer");
    office.ann_posts(&chat, "", &json!([file("alone.txt", "alone")]));
    office.until_file(&chat, "alone.txt");
    office.settle();
    assert_eq!(office.files_seen(&chat), ["offer.txt", "terms.txt", "alone.txt"]);
    let state = &chat.record(&office.knock, &office.key)["conversation"]["state"];
    assert_eq!(state["responding_rep"], "ann@acme.example");
    // They are in her thread already.
    let (_, thread) = office.thread(&chat);
    let messages = office.slack.messages();
    let shown = messages.iter().filter(|message| is_reply(message, &json!(thread)));
    assert!(shown.clone().all(|message| !text(message, "text").contains("[file]")), "{messages:#?}");
    once(&office);
}

#[test]
fn a_file_that_is_not_taken_is_refused_with_the_reason() {
    let (office, chat) = open();
    let program = json!({"name": "tool.exe", "mimetype": "text/plain", "hex": format!("4d5a90{}", "00".repeat(80))});
    office.ann_posts(&chat, "", &json!([program]));
    assert_eq!(office.until_ann_reads("tool.exe was not sent: is a program"), 1);
    office.ann_posts(&chat, "", &json!([file("page.txt", "<html><script>alert(1)</script></html>")]));
    office.until_ann_reads("page.txt was not sent");
    office.ann_posts(&chat, "", &json!([file("large.txt", &"x".repeat((10 << 20) + 1))]));
    office.until_ann_reads("large.txt was not sent: is larger than 10 MB");
    office.slack.control("POST", "token", &json!({"without": "files:read"}));
    office.ann_posts(&chat, "", &json!([file("denied.txt", "denied")]));
    office.until_ann_reads("denied.txt was not sent");
    assert_eq!(office.files_seen(&chat), Vec::<String>::new());
}

#[test]
fn a_file_with_a_note_stays_inside() {
    let (office, chat) = open();
    office.ann_posts(&chat, "// secret comment", &json!([file("secret.txt", "secret")]));
    office.until_noted(&chat, "secret comment\n[file in Slack] secret.txt");
    office.ann_posts(&chat, "", &json!([file("// secret name.txt", "secret")]));
    office.until_noted(&chat, "[file in Slack] // secret name.txt");
    let (channel, thread) = office.thread(&chat);
    let given = json!({"user": seed::ANN, "channel": channel, "thread": thread, "text": "// secret shared",
        "files": [file("secret shared.txt", "secret")], "subtype": "file_share"});
    office.slack.control("POST", "write", &given);
    office.until_noted(&chat, "secret shared.txt");
    // A comment on a file, a former feature of Slack, is no message.
    let given = json!({"user": seed::ANN, "channel": channel, "thread": thread, "text": "secret file comment",
        "subtype": "file_comment"});
    office.slack.control("POST", "write", &given);
    office.ann_writes(&chat, "The end");
    office.until_seen(&chat, "The end");
    office.settle();
    assert_eq!(office.files_seen(&chat), Vec::<String>::new());
    assert!(office.seen(&chat).iter().all(|(_, text)| !text.contains("secret")), "{:?}", office.seen(&chat));
}

#[test]
fn a_file_whose_message_becomes_a_note_or_is_deleted_before_it_was_fetched_is_not_sent() {
    let (office, chat) = open();
    office.settle();
    office.slack.control("PUT", "outage", &json!({"on": true, "status": 503}));
    let (channel, with_text) = office.ann_posts(&chat, "Look", &json!([file("secret one.txt", "secret")]));
    let (_, alone) = office.ann_posts(&chat, "", &json!([file("secret two.txt", "secret")]));
    office.until_seen(&chat, "Look");
    office.slack.control("POST", "quiet", &Value::Null);
    office.slack.control("POST", "edit", &json!({"channel": channel, "ts": with_text, "text": "// secret look"}));
    office.slack.control("POST", "delete", &json!({"channel": channel, "ts": alone}));
    office.until_noted(&chat, "secret look");
    office.until_noted(&chat, "was deleted in Slack before it was sent");
    office.slack.control("PUT", "outage", &json!({"on": false}));
    office.until_ann_reads("secret one.txt was not sent: its message was deleted or became a note");
    office.until_ann_reads("secret two.txt was not sent");
    assert_eq!(office.files_seen(&chat), Vec::<String>::new());
}

#[test]
fn a_file_that_is_edited_into_a_note_after_it_was_sent_is_noted() {
    let (office, chat) = open();
    let (channel, ts) = office.ann_posts(&chat, "", &json!([file("offer.txt", "10 EUR")]));
    office.until_file(&chat, "offer.txt");
    office.slack.control("POST", "edit", &json!({"channel": channel, "ts": ts, "text": "// secret caption"}));
    office.until_noted(&chat, "secret caption");
    office.slack.control("POST", "delete", &json!({"channel": channel, "ts": ts}));
    office.until_noted(&chat, "the lead still sees it: [file] offer.txt");
    assert_eq!(office.files_seen(&chat), ["offer.txt"]);
}

#[test]
fn a_file_posted_in_an_outage_arrives_once_after_a_restart() {
    let (office, chat) = open();
    office.settle();
    office.slack.control("PUT", "outage", &json!({"on": true, "status": 503}));
    office.ann_posts(&chat, "Here it is", &json!([file("offer.txt", "10 EUR")]));
    office.until_seen(&chat, "Here it is");
    let office = office.killed();
    office.slack.control("PUT", "outage", &json!({"on": false}));
    office.until_file(&chat, "offer.txt");
    office.settle();
    assert_eq!(office.files_seen(&chat), ["offer.txt"]);
    once(&office);
}

impl Office {
    /// The files in Ann's thread, by name, oldest first.
    fn files_in_thread(&self, chat: &Chat) -> Vec<String> {
        let (_, thread) = self.thread(chat);
        let messages = self.slack.messages();
        let replies = messages.iter().filter(|message| is_reply(message, &json!(thread)));
        let files = replies.flat_map(|message| message["files"].as_array().cloned().unwrap_or_default());
        files.map(|file| text(&file, "name")).collect()
    }

    /// Waits until the thread has this line below the files.
    fn until_line(&self, chat: &Chat, line: &str) {
        let (_, thread) = self.thread(chat);
        found("the line of the file", || {
            self.passes_between_attempts();
            let messages = self.slack.messages();
            let mut replies = messages.iter().filter(|message| is_reply(message, &json!(thread)));
            replies.any(|message| text(message, "text").ends_with(line)).then_some(())
        });
    }

    /// The ephemeral messages of all users.
    fn shown_alone(&self) -> Value {
        self.slack.control("GET", "state", &Value::Null)["ephemeral"].clone()
    }
}

#[test]
fn files_of_the_visitor_and_of_the_inbox_are_in_the_thread_once() {
    let (office, chat) = open();
    assert_eq!(chat.sends_file(&office.knock, 2, "plan.txt", b"three floors").code, 201);
    office.until_line(&chat, "[file] plan.txt");
    assert_eq!(chat.rep_sends_file(&office.knock, 3, "offer.txt", b"10 EUR").code, 201);
    office.until_line(&chat, "[file] offer.txt");
    office.settle();
    assert_eq!(office.files_in_thread(&chat), ["plan.txt", "offer.txt"]);
    let shared = office.slack.message(|message| message["files"][0]["name"] == "plan.txt");
    assert_eq!(shared["files"][0]["size"], 12);
    // Slack sends events about them like those of a user's files: they are not sent to the chat again, and no user is
    // asked about them.
    assert_eq!(office.files_seen(&chat), ["plan.txt", "offer.txt"]);
    assert_eq!(office.shown_alone(), json!([]));
    once(&office);
}

#[test]
fn a_file_whose_sharing_was_not_answered_is_not_shared_twice() {
    let (office, chat) = open();
    for (number, method) in [(2, "files.getUploadURLExternal"), (3, "files.completeUploadExternal")] {
        office.slack.control("POST", "faults", &json!({"method": method, "do": "lose_answer", "times": 1}));
        let name = format!("plan {number}.txt");
        assert_eq!(chat.sends_file(&office.knock, number, &name, b"three floors").code, 201);
        office.until_line(&chat, &format!("[file] {name}"));
    }
    assert_eq!(office.files_in_thread(&chat), ["plan 2.txt", "plan 3.txt"]);
    assert!(!office.slack.calls("files.info").is_empty(), "it was asked for");
    once(&office);
}

#[test]
fn a_file_is_shared_once_though_the_server_is_killed_while_it_is_shared() {
    let (office, chat) = open();
    office.settle();
    let fault = json!({"method": "files.completeUploadExternal", "do": "hang", "times": 1});
    office.slack.control("POST", "faults", &fault);
    assert_eq!(chat.sends_file(&office.knock, 2, "plan.txt", b"three floors").code, 201);
    found("it is shared", || (!office.slack.calls("files.completeUploadExternal").is_empty()).then_some(()));
    let office = office.killed();
    office.until_line(&chat, "[file] plan.txt");
    assert_eq!(office.files_in_thread(&chat), ["plan.txt"]);
    once(&office);
}

#[test]
fn without_the_scope_for_files_the_line_names_the_file_and_the_scope_is_shown() {
    let (office, chat) = open();
    office.slack.control("POST", "token", &json!({"without": "files:write"}));
    assert_eq!(chat.sends_file(&office.knock, 2, "plan.txt", b"three floors").code, 201);
    office.until_line(&chat, "[file] plan.txt");
    office.until("the scope is shown", |settings| settings["problems"][0]["kind"] == "missing_scope");
    assert_eq!(office.files_in_thread(&chat), Vec::<String>::new());
}
