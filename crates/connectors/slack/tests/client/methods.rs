//! Every method, and what the workspace is then.

use crate::{client, post, token};
use contract_slack::{Slack, seed};
use knock_model::Millis;
use knock_slack::blocks::{self, Modal};
use knock_slack::text::to_slack;
use knock_slack::{Broken, Metadata, Place, Post, Refusal, RefusalKind, Ts, UserState};
use serde_json::json;

fn kind<T: std::fmt::Debug>(refused: Result<T, Refusal>) -> RefusalKind {
    refused.expect_err("a refusal").kind
}

fn metadata(id: &str) -> Option<Metadata> {
    Some(Metadata { kind: "knock_post".into(), id: id.into() })
}

#[tokio::test]
async fn the_token_says_whose_it_is() {
    let slack = Slack::start();
    let test = client(&slack).auth_test(&token()).await.expect("an answer");
    assert_eq!((&*test.team_id, &*test.user_id, test.bot_id.as_deref()), (seed::TEAM, seed::BOT_USER, Some(seed::BOT)));
    assert!(test.missing_scopes().is_empty(), "{test:?}");
    slack.control("POST", "token", &json!({ "without": "files:read" }));
    let test = client(&slack).auth_test(&token()).await.expect("an answer");
    assert_eq!(test.missing_scopes(), ["files:read"]);
}

#[tokio::test]
async fn all_users_come_page_by_page_with_what_they_are() {
    let slack = Slack::start();
    slack.control("POST", "users", &json!({ "count": 1_200 }));
    let (client, mut cursor, mut users, mut pages) = (client(&slack), None, Vec::new(), 0);
    loop {
        let page = client.users(&token(), cursor.as_deref()).await.expect("a page");
        users.extend(page.items);
        pages += 1;
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((users.len(), pages), (1_210, 3));
    let state = |name: &str| users.iter().find(|user| user.name.starts_with(name)).map(|user| user.state);
    assert_eq!(state("Ann"), Some(UserState::Member));
    assert_eq!(state("Nora"), Some(UserState::NoEmail));
    assert_eq!((state("Gus"), state("Uli")), (Some(UserState::Guest), Some(UserState::Guest)));
    assert_eq!((state("Slackbot"), state("Knock")), (Some(UserState::Bot), Some(UserState::Bot)));
    // Slack shows little of who has left.
    assert_eq!(client.user(&token(), "U07DAN001").await.expect("a user").state, UserState::Deactivated);
    slack.control("POST", "token", &json!({ "without": "users:read.email" }));
    assert_eq!(client.user(&token(), seed::ANN).await.expect("a user").state, UserState::NoEmail);
}

#[tokio::test]
async fn channels_are_listed_made_and_joined() {
    let (slack, token) = (Slack::start(), token());
    let client = client(&slack);
    let page = client.conversations(&token, None).await.expect("a page");
    let shown: Vec<_> = page.items.iter().map(|channel| &*channel.name).collect();
    assert_eq!(shown, ["general", "leads", "old", "sales-private"]);
    assert_eq!(page.next, None);
    let is = |name: &str| page.items.iter().find(|channel| channel.name == name).expect("it is listed");
    assert!(is("old").is_archived && is("sales-private").is_private && is("general").is_member);
    assert!(!is("leads").is_member);
    assert!(client.join(&token, seed::LEADS).await.expect("it is joined").is_member);
    assert!(client.join(&token, seed::LEADS).await.is_ok());
    assert!(client.channel(&token, seed::LEADS).await.expect("it is shown").is_member);
    let made = client.create_channel(&token, "knock-leads").await.expect("it is made");
    assert!(made.is_member && client.post(&token, &post(&made.id, "hi")).await.is_ok());
    let taken = client.create_channel(&token, "knock-leads").await.expect_err("there is one");
    assert_eq!((taken.code.as_str(), taken.kind), ("name_taken", RefusalKind::Rejected));
    assert_eq!(kind(client.join(&token, seed::ARCHIVED).await), RefusalKind::Broken(Broken::ChannelGone));
    assert_eq!(kind(client.channel(&token, seed::SECRET).await), RefusalKind::Broken(Broken::ChannelUnknown));
}

#[tokio::test]
async fn messages_are_posted_changed_and_deleted() {
    let (slack, token) = (Slack::start(), token());
    let client = client(&slack);
    let visitors = "<!channel> <@U01ANN001> *hi* & <https://evil.example|https://bank.example>";
    let sections = blocks::quoted(visitors).sections;
    let root = Post { blocks: sections, metadata: metadata("1"), ..post(seed::GENERAL, &to_slack(visitors)) };
    let root = client.post(&token, &root).await.expect("it is posted");
    let reply = Post { thread: Some(root.ts), broadcast: true, ..post(seed::GENERAL, &to_slack(visitors)) };
    client.post(&token, &reply).await.expect("it is posted");
    let messages = slack.messages();
    for message in &messages {
        assert_eq!(message["seen"], visitors);
        assert_eq!((&message["notified"], &message["links"]), (&json!([]), &json!([])));
    }
    assert_eq!((&messages[0]["reply_count"], &messages[1]["thread_ts"]), (&json!(1), &json!(root.ts)));
    assert_eq!(messages[1]["subtype"], "thread_broadcast");
    client.update(&token, root.ts, &post(seed::GENERAL, "other")).await.expect("it is changed");
    let changed = &slack.messages()[0];
    assert_eq!((&changed["seen"], &changed["metadata"]["event_payload"]["id"]), (&json!("other"), &json!("1")));
    let second = slack.messages()[1]["ts"].as_str().and_then(Ts::parse).expect("a time stamp");
    client.delete(&token, seed::GENERAL, second).await.expect("it is deleted");
    client.delete(&token, seed::GENERAL, second).await.expect("it is gone");
    let gone = client.update(&token, second, &post(seed::GENERAL, "x")).await.expect_err("it is gone");
    assert_eq!(gone.code, "message_not_found");
}

#[tokio::test]
async fn what_answers_a_deleted_message_does_not_stand_in_the_channel() {
    let (slack, token) = (Slack::start(), token());
    slack.control("PUT", "limits", &json!({ "on": false }));
    let client = client(&slack);
    let root = client.post(&token, &post(seed::GENERAL, "root")).await.expect("it is posted").ts;
    let reply = Post { thread: Some(root), metadata: metadata("1"), ..post(seed::GENERAL, "reply") };
    client.delete(&token, seed::GENERAL, root).await.expect("it is deleted");
    let gone = client.post(&token, &reply).await.expect_err("nothing to answer");
    assert_eq!((gone.code.as_str(), gone.kind), ("thread_not_found", RefusalKind::Rejected));
    assert!(slack.messages().iter().all(|message| message["is_deleted"] == true));
    let thread = Place { channel: seed::GENERAL, thread: Some(root), oldest: root };
    assert_eq!(client.find(&token, thread, &metadata("1").expect("one")).await, Ok(None));
    // While there are replies the thread stays.
    let root = client.post(&token, &post(seed::GENERAL, "root")).await.expect("it is posted").ts;
    let reply = Post { thread: Some(root), ..reply };
    client.post(&token, &reply).await.expect("it is posted");
    client.delete(&token, seed::GENERAL, root).await.expect("it is deleted");
    client.post(&token, &reply).await.expect("it is posted");
}

#[tokio::test]
async fn a_text_takes_the_place_of_blocks() {
    let (slack, token) = (Slack::start(), token());
    let blocks = blocks::quoted("before").sections;
    let posted = client(&slack).post(&token, &Post { blocks, ..post(seed::GENERAL, "before") }).await;
    let ts = posted.expect("it is posted").ts;
    client(&slack).update(&token, ts, &post(seed::GENERAL, "after")).await.expect("it is changed");
    assert_eq!(slack.messages()[0]["seen"], "after");
}

#[tokio::test]
async fn a_direct_message_is_always_the_same_channel() {
    let (slack, token) = (Slack::start(), token());
    let client = client(&slack);
    let channel = client.open_dm(&token, seed::ANN).await.expect("a channel");
    assert_eq!(client.open_dm(&token, seed::ANN).await, Ok(channel.clone()));
    client.post(&token, &post(&channel, "hi")).await.expect("it is posted");
    let refused = client.open_dm(&token, "U07DAN001").await.expect_err("they have left");
    assert_eq!((refused.code.as_str(), refused.kind), ("user_disabled", RefusalKind::Rejected));
}

#[tokio::test]
async fn one_of_ours_is_found_by_its_metadata() {
    let (slack, token) = (Slack::start(), token());
    slack.control("PUT", "limits", &json!({ "on": false }));
    let client = client(&slack);
    let begun = Ts::at(Millis(slack.state()["now"].as_i64().expect("an instant")));
    let wanted = metadata("lost").expect("one");
    let channel = Place { channel: seed::GENERAL, thread: None, oldest: begun };
    assert_eq!(client.find(&token, channel, &wanted).await, Ok(None));
    // The answer is lost, not the message.
    slack.control("POST", "faults", &json!({ "method": "chat.postMessage", "do": "lose_answer" }));
    let lost = Post { metadata: metadata("lost"), ..post(seed::GENERAL, "hi") };
    assert!(matches!(kind(client.post(&token, &lost).await), RefusalKind::Retry(_)));
    for number in 0..250 {
        let other = Post { metadata: metadata(&number.to_string()), ..post(seed::GENERAL, "other") };
        client.post(&token, &other).await.expect("it is posted");
    }
    let found = client.find(&token, channel, &wanted).await.expect("it is looked for").expect("it is there");
    assert_eq!(json!(found), slack.messages()[0]["ts"]);
    let reply = Post { thread: Some(found), metadata: metadata("reply"), ..post(seed::GENERAL, "hi") };
    let reply = client.post(&token, &reply).await.expect("it is posted");
    let thread = Place { thread: Some(found), ..channel };
    assert_eq!(client.find(&token, thread, &metadata("reply").expect("one")).await, Ok(Some(reply.ts)));
    assert_eq!(client.find(&token, thread, &metadata("none").expect("one")).await, Ok(None));
}

#[tokio::test]
async fn what_one_person_sees_and_modals_are_shown() {
    let (slack, token) = (Slack::start(), token());
    let client = client(&slack);
    let button = blocks::button("more", "More", "lead1", blocks::Style::Primary);
    let buttons = Post { blocks: vec![blocks::actions("b1", vec![button])], ..post(seed::GENERAL, "hi") };
    let ts = client.post(&token, &buttons).await.expect("it is posted").ts;
    client.ephemeral(&token, seed::ANN, &post(seed::GENERAL, "for you")).await.expect("it is shown");
    assert_eq!(slack.state()["ephemeral"][0]["seen"], "for you");
    // The app receives no event: the receiver reads what would have been posted.
    let receiver = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/", receiver.local_addr().expect("an address"));
    slack.control("PUT", "addresses", &json!({ "actions": address }));
    let heard = std::thread::spawn(move || heard(&receiver));
    slack.press(seed::ANN, seed::GENERAL, &ts.to_string(), "more");
    let body = heard.join().expect("a request");
    let pressed = knock_slack::incoming::Interaction::parse(body.as_bytes()).expect("a pressed button");
    let knock_slack::incoming::Interaction::Actions(pressed) = pressed else { panic!("{pressed:?}") };
    assert_eq!((pressed.message, &*pressed.actions[0].value), (Some(ts), "lead1"));
    let reason = blocks::text_input("reason", blocks::Lines::Many, 500);
    let input = blocks::input("b1", "Reason", reason, blocks::Need::Required);
    let view =
        Modal { callback_id: "reject", title: "Reject", submit: "Reject", private_metadata: "1", blocks: vec![input] };
    let view = blocks::modal(view);
    client.open_view(&token, &pressed.trigger_id, &view).await.expect("it is opened");
    let again = client.open_view(&token, &pressed.trigger_id, &view).await.expect_err("once only");
    assert_eq!(again.code, "exchanged_trigger_id");
    assert_eq!(slack.state()["views"][0]["view"]["title"]["text"], "Reject");
    let url = pressed.response_url.expect("an address");
    client.respond(&url, "done", &[]).await.expect("it is taken");
    assert_eq!(slack.state()["ephemeral"][1]["seen"], "done");
    let elsewhere = client.respond("https://hooks.slack.example/1", "done", &[]).await;
    assert!(elsewhere.expect_err("not Slack").words.contains("none of Slack's"));
}

/// The body of one request, which is answered.
fn heard(listener: &std::net::TcpListener) -> String {
    use std::io::{BufRead, BufReader, Read, Write};
    let (mut stream, _) = listener.accept().expect("a request");
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).expect("a line") > 2 {
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").expect("it is sent");
    String::from_utf8(body).expect("text")
}
