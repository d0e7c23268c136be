//! The lives: what leads and reps do, step by step.

use super::scene::Scene;
use crate::support::{id, identify, signal};
use contract_slack::seed;
use knock_testing::{Chat, eventually, visitor_id};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const WEDNESDAY: &str = "2030-01-09T09:00:00Z";
const THURSDAY: &str = "2030-01-10T09:00:00Z";

/// A chat that is answered from Slack, goes quiet, and is won.
pub(super) fn chat(scene: &mut Scene) -> Vec<Value> {
    let now = scene.knock.now();
    scene.sends(1, &[signal(now, 1, "page_view", "/pricing"), identify(now, 2, "lee@first.example")]);
    let chat = scene.site.visitor(1).opens_chat(&scene.knock);
    let mut steps = vec![scene.step("opens the chat")];
    scene.done(&chat.write(&scene.knock, 3, "We are 200 people and need a quote"));
    steps.push(scene.step("writes"));
    scene.passes(3 * MINUTE);
    steps.push(scene.step("waits for three minutes"));
    let thread = scene.slack.message(|message| key_of(message).starts_with(&format!("dm:{}:", chat.id)));
    let of = |name: &str| thread[name].as_str().expect("a text").to_owned();
    scene.slack.write(seed::ANN, &of("channel"), Some(&of("ts")), "It is $490 a month.");
    // Slack posts what is written there at its own time.
    eventually("the answer has come", || {
        let messages = chat.record(&scene.knock, &scene.key)["messages"].clone();
        messages.as_array().is_some_and(|all| all.iter().any(|message| message["text"] == "It is $490 a month."))
    });
    steps.push(scene.step("is answered in Slack"));
    scene.passes(12 * HOUR);
    steps.push(scene.step("is silent for twelve hours"));
    assert_eq!(chat.act(&scene.knock, &scene.key, &json!("open_deal")), 204);
    steps.push(scene.step("gets a deal"));
    steps
}

/// A meeting that is booked, moved and cancelled.
pub(super) fn meeting(scene: &mut Scene) -> Vec<Value> {
    let email = "kim@second.example";
    let opening = json!({"link": "meeting", "visitor": visitor_id(2), "session": visitor_id(2)});
    scene.done(&scene.knock.post("/v1/meetings/open", &opening));
    scene.done(&scene.knock.post("/v1/meetings/email", &scene.booking(2, email, &json!({}))));
    let mut steps = vec![scene.step("gives an address")];
    let wish = json!({"name": "Kim Ray", "start": WEDNESDAY, "tz": "Europe/Berlin"});
    let booked = scene.knock.post("/v1/meetings", &scene.booking(2, email, &wish));
    scene.done(&booked);
    steps.push(scene.step("books"));
    let path = |what: &str| format!("/v1/bookings/{}/{what}", booked.text("token"));
    scene.done(&scene.knock.post(&path("reschedule"), &json!({"start": THURSDAY})));
    scene.passes(10 * MINUTE);
    steps.push(scene.step("moves the meeting"));
    scene.done(&scene.knock.post(&path("cancel"), &json!({"reason": "no time"})));
    steps.push(scene.step("cancels the meeting"));
    steps
}

/// A form that is answered by mail.
pub(super) fn form(scene: &mut Scene) -> Vec<Value> {
    let now = scene.knock.now();
    let mut sent = signal(now, 40, "form_submit", "/book-a-demo");
    sent["form"] = json!("Book a demo");
    sent["fields"] = json!(["email", "company"]);
    scene.sends(3, &[signal(now, 41, "page_view", "/pricing"), sent, identify(now, 42, "cem@third.example")]);
    let mut steps = vec![scene.step("sends a form")];
    let page = scene.admin.get(&scene.knock, "/api/v1/conversations?view=open").body;
    let rows = page["conversations"].as_array().expect("a list").iter();
    let row = rows.into_iter().find(|row| row["contact"]["email"] == "cem@third.example").expect("a line");
    let path = format!("/api/v1/conversations/{}/messages", row["id"].as_str().expect("an id"));
    let message = json!({"id": id(scene.knock.now(), 43), "text": "Would Thursday suit you?"});
    scene.done(&scene.admin.ask(&scene.knock, "POST", &path, &message));
    scene.passes(MINUTE);
    steps.push(scene.step("is answered"));
    steps
}

/// The chat of a Knock Link, by a visitor who gives their address in it.
pub(super) fn link(scene: &mut Scene) -> Vec<Value> {
    let draft = json!({"name": "G2 profile", "funnel": "chat", "channel": "G2", "site": scene.knock.site()});
    scene.done(&scene.ask("POST", "/api/v1/links", &draft));
    let browser = visitor_id(4);
    let start = json!({"link": "g2-profile", "visitor": browser, "session": browser, "secret": "4".repeat(64)});
    let opened = scene.knock.post("/v1/chat", &start);
    scene.done(&opened);
    let chat = Chat::new(&opened);
    let mut steps = vec![scene.step("opens the link")];
    scene.done(&chat.write(&scene.knock, 50, "Do you have a partner programme? ida@fourth.example"));
    steps.push(scene.step("writes, with an address"));
    steps
}

/// An answer to a mail, by the lead of the link.
pub(super) fn mail(scene: &mut Scene) -> Vec<Value> {
    let page = scene.admin.get(&scene.knock, "/api/v1/conversations?view=open").body;
    let rows = page["conversations"].as_array().expect("a list").iter();
    let row = rows.into_iter().find(|row| row["contact"]["email"] == "ida@fourth.example").expect("a line");
    let path = format!("/api/v1/conversations/{}/messages", row["id"].as_str().expect("an id"));
    let message = json!({"id": id(scene.knock.now(), 60), "text": "Is all well?"});
    scene.done(&scene.admin.ask(&scene.knock, "POST", &path, &message));
    scene.passes(MINUTE);
    let mut steps = vec![scene.step("is written to")];
    let mails = scene.mails.all();
    let mailed = mails.iter().rev().find(|mail| mail.0["rcpt"][0] == "ida@fourth.example").expect("a mail");
    let to = mailed.header("Reply-To").to_owned();
    let answer = format!(
        "From: Ida <ida@fourth.example>\r\nTo: {to}\r\nSubject: Re: yours\r\nMessage-ID: <one@fourth.example>\r\n\
         Date: Wed, 9 Jan 2030 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         Yes, and we need 40 more seats.\r\n"
    );
    let raw = ("content-type", "message/rfc822");
    scene.done(&scene.knock.send("POST", &scene.hook, &[raw], Some(answer.as_bytes())));
    steps.push(scene.step("answers by mail"));
    steps
}

/// Advertising in the chat: it reaches no place but the view of spam.
pub(super) fn spam(scene: &mut Scene) -> Vec<Value> {
    let now = scene.knock.now();
    scene.sends(5, &[identify(now, 70, "win@fifth.example")]);
    let chat = scene.site.visitor(5).opens_chat(&scene.knock);
    let text =
        "CONGRATULATIONS! You won a free iPhone. Claim your prize now: http://win.example/claim http://a.example";
    scene.done(&chat.write(&scene.knock, 71, text));
    vec![scene.step("writes advertising")]
}

/// A throw-away address for a meeting.
pub(super) fn fake_address(scene: &mut Scene) -> Vec<Value> {
    let opening = json!({"link": "meeting", "visitor": visitor_id(6), "session": visitor_id(6)});
    scene.done(&scene.knock.post("/v1/meetings/open", &opening));
    scene.done(&scene.knock.post("/v1/meetings/email", &scene.booking(6, "nope@mailinator.com", &json!({}))));
    vec![scene.step("gives a throw-away address")]
}

/// The key of a message of Knock in Slack; empty for others.
fn key_of(message: &Value) -> &str {
    message["metadata"]["event_payload"]["id"].as_str().unwrap_or_default()
}
