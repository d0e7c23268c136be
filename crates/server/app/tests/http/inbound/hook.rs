//! Mails that a provider posts: what is taken, once, and what is not.

use super::{MAILBOX, RAW, Scene, answer, mailed, reply_to, written};
use crate::mail::gone;
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use serde_json::{Value, json};

const QUOTE: &str = "On Mon, 1 Jun 2026 at 09:00, Bo <bo@acme.example> wrote:\r\n> It is $490 a month.";

#[test]
fn an_answer_is_a_message_of_its_conversation_without_its_quote_and_once() {
    let mut scene = Scene::start();
    assert!(scene.to.starts_with("replies+") && scene.to.ends_with("@acme.example"), "{}", scene.to);
    let text = scene.mails.all()[0].part("text/plain").to_owned();
    assert!(text.contains("Answer this e-mail: your answer reaches the conversation."), "{text}");
    let listed = scene.knock.get("/api/v1/mail", &scene.key).body.to_string();
    let tag = scene.to.trim_start_matches("replies+").trim_end_matches("@acme.example");
    assert!(!listed.contains(tag), "the team cannot answer in the name of the lead");

    let mail = answer(&scene.to, "1", &format!("Yes, for 20 seats.\r\n\r\n{QUOTE}"));
    assert_eq!(scene.outcome(&mail), "message");
    let record = scene.record();
    let message = record["messages"].as_array().and_then(|all| all.last()).expect("a message").clone();
    assert_eq!((&message["text"], &message["by_mail"]), (&json!("Yes, for 20 seats."), &json!(true)));
    assert_eq!((&message["author"], &record["mails"][0]["seq"]), (&json!("lead"), &message["seq"]));
    assert!(record["mails"][0]["quoted"].as_str().is_some_and(|quoted| quoted.contains("> It is $490")), "{record}");
    assert_eq!((&record["mails"][0]["is_other"], &record["mail_to"]), (&Value::Null, &json!("ann@first.example")));

    // The provider got no answer, and posts it again.
    assert_eq!(scene.outcome(&mail), "known");
    scene.knock = scene.knock.kill_and_restart();
    assert_eq!(scene.outcome(&mail), "known");
    assert_eq!(scene.said().len(), 2);
}

#[test]
fn two_servers_take_one_mail_once() {
    let scene = Scene::start();
    let Some(other) = scene.knock.start_beside() else { return };
    let mail = answer(&scene.to, "1", "Once");
    let post = |server: &Knock| server.send("POST", &scene.hook, &[RAW], Some(&mail)).text("outcome");
    let mut outcomes = std::thread::scope(|scope| {
        let beside = scope.spawn(|| post(&other));
        [post(&scene.knock), beside.join().expect("it answers")]
    });
    outcomes.sort();
    assert_eq!(outcomes, ["known", "message"]);
    assert_eq!(scene.said().len(), 2);
}

#[test]
fn each_provider_posts_in_its_own_way() {
    let scene = Scene::start();
    let mail = |n: u8| String::from_utf8(answer(&scene.to, &n.to_string(), &format!("Answer {n}"))).expect("text");
    let part = |name: &str, value: &str| {
        format!("--line\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let parts =
        |name: &str, mail: &str| [part("from", "ann@first.example"), part(name, mail), "--line--\r\n".into()].concat();
    let fields = |mail: &str| {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("recipient", MAILBOX).append_pair("body-mime", mail).finish()
    };
    for (n, media_type, body) in [
        (1, "message/rfc822", mail(1)),
        (2, "multipart/form-data; boundary=line", parts("body-mime", &mail(2))),
        (3, "multipart/form-data; boundary=line", parts("email", &mail(3))),
        (4, "application/x-www-form-urlencoded", fields(&mail(4))),
        (5, "application/json", json!({"From": "ann@first.example", "RawEmail": mail(5)}).to_string()),
    ] {
        let path = if n == 4 { format!("{}/mime", scene.hook) } else { scene.hook.clone() };
        let reply = scene.knock.send("POST", &path, &[("content-type", media_type)], Some(body.as_bytes()));
        assert_eq!(
            (reply.code, reply.body["outcome"].as_str()),
            (200, Some("message")),
            "{media_type}: {}",
            reply.body
        );
        assert_eq!(scene.said().last(), Some(&format!("Answer {n}")));
    }
    for (media_type, body, code, pointer) in [
        ("text/plain", "x".to_owned(), 415, "header/Content-Type"),
        ("application/json", json!({"TextBody": "x"}).to_string(), 422, "/RawEmail"),
        ("application/json", "nonsense".to_owned(), 400, ""),
        ("application/x-www-form-urlencoded", "body-plain=x".to_owned(), 422, "/body-mime"),
        ("multipart/form-data; boundary=line", parts("text", "x"), 422, "/body-mime"),
    ] {
        let reply = scene.knock.send("POST", &scene.hook, &[("content-type", media_type)], Some(body.as_bytes()));
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{media_type} {body}");
    }
}

#[test]
fn a_mail_without_a_genuine_tag_is_not_taken_and_leaves_nothing() {
    let scene = Scene::start();
    let before = scene.record();
    let (local, domain) = scene.to.split_once('@').expect("an address");
    let last = if local.ends_with('a') { 'e' } else { 'a' };
    let forged = format!("{}{last}@{domain}", &local[..local.len() - 1]);
    let foreign = Scene::start();
    for to in [MAILBOX, &forged, &foreign.to] {
        assert_eq!(scene.outcome(&answer(to, "1", "Let me in")), "not_ours", "{to}");
    }
    assert_eq!(scene.record()["messages"], before["messages"]);
    let settings = scene.knock.get("/api/v1/mail/inbound", &scene.key).body;
    assert_eq!(settings["taken"], 0, "{settings}");
}

#[test]
fn a_mailbox_without_tags_finds_the_conversation_by_what_is_answered() {
    let scene = Scene::start();
    let draft = json!({"way": "hook", "address": MAILBOX, "has_tags": false});
    assert_eq!(scene.knock.ask("PUT", "/api/v1/mail/inbound", &scene.key, &draft).code, 200);
    let mail = mailed(&scene.knock, &scene.mails, &scene.chat, 2);
    assert_eq!((reply_to(&mail), mail.0["from"].clone()), (MAILBOX.to_owned(), json!("hello@acme.example")));
    let replied = format!("In-Reply-To: {}", mail.header("Message-ID"));
    let headers = ["From: ann@first.example", "To: replies@acme.example", "Message-ID: <9@first.example>", &replied];
    assert_eq!(scene.outcome(&written(&headers, "Fine")), "message");
    assert_eq!(scene.said().last().map(String::as_str), Some("Fine"));
}

#[test]
fn who_has_the_mail_may_write_and_becomes_no_other_person() {
    let scene = Scene::start();
    let bob = gone(&scene.knock, &scene.knock.site(), 2, "bob@second.example");
    let to = format!("To: {}", scene.to);
    let spoofed = written(&["From: Bob <bob@second.example>", &to, "Message-ID: <1@second.example>"], "I am Bob");
    assert_eq!(scene.outcome(&spoofed), "message");
    let record = scene.record();
    assert_eq!(scene.said().last().map(String::as_str), Some("I am Bob"), "the tag decides, not the sender");
    let mail = &record["mails"][0];
    assert_eq!((&mail["is_other"], &mail["sender"]), (&json!(true), &json!("bob@second.example")));
    assert_eq!(record["mail_to"], "ann@first.example");
    assert_eq!(record["conversation"]["contact"]["email"], "ann@first.example");
    assert_eq!(bob.record(&scene.knock, &scene.key)["mails"], Value::Null);
}

#[test]
fn robots_colleagues_and_own_mails_are_no_messages() {
    let scene = Scene::start();
    let admin = Browser::admin(&scene.knock);
    drop(Browser::member(&scene.knock, &admin, "bo@us.example", Role::Rep));
    let (before, to) = (scene.record(), format!("To: {}", scene.to));
    let from = |sender: &str, id: &str, more: &str| {
        let (from, id) = (format!("From: {sender}"), format!("Message-ID: <{id}@x.example>"));
        let headers: Vec<&str> = [&*from, &*to, &*id, more].into_iter().filter(|line| !line.is_empty()).collect();
        written(&headers, "Back on Monday")
    };
    assert_eq!(scene.outcome(&from("ann@first.example", "1", "Auto-Submitted: auto-replied")), "noted");
    assert_eq!(scene.outcome(&from("bo@us.example", "2", "")), "noted");
    let own = scene.mails.all()[0].header("Message-ID").trim_matches(['<', '>']).to_owned();
    let looped = written(&["From: Acme <hello@acme.example>", &to, &format!("Message-ID: <{own}>")], "It is $490");
    assert_eq!(scene.outcome(&looped), "not_ours");
    let record = scene.record();
    let kinds: Vec<_> = record["mails"].as_array().expect("a list").iter().map(|mail| mail["kind"].clone()).collect();
    assert_eq!(kinds, ["auto_reply", "member"]);
    assert_eq!(record["mails"][0]["text"], "Back on Monday");
    assert_eq!((&record["messages"], &record["history"]), (&before["messages"], &before["history"]));
}

#[test]
fn attachments_are_files_of_the_message_and_programs_are_left_out() {
    let scene = Scene::start();
    let part = |kind: &str, name: &str, content: &str| {
        format!(
            "--line\r\nContent-Type: {kind}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{content}\r\n"
        )
    };
    let text = "--line\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee the list\r\n".to_owned();
    let (to, kind) = (format!("To: {}", scene.to), "Content-Type: multipart/mixed; boundary=line");
    let head =
        ["From: ann@first.example", &to, "Message-ID: <1@first.example>", "MIME-Version: 1.0", kind].join("\r\n");
    let body = [text, part("text/plain", "list.txt", "a, b"), part("application/x-msdownload", "setup.exe", "MZ\0")];
    let mail = format!("{head}\r\n\r\n{}--line--\r\n", body.concat());
    assert_eq!(scene.outcome(mail.as_bytes()), "message");
    let record = scene.record();
    let message = record["messages"].as_array().and_then(|all| all.last()).expect("a message").clone();
    assert_eq!((&message["text"], &message["files"][0]["name"]), (&json!("See the list"), &json!("list.txt")));
    let url = message["files"][0]["url"].as_str().expect("an address").to_owned();
    assert_eq!(scene.knock.send("GET", url.trim_start_matches(&scene.knock.url), &[], None).code, 200);
    assert_eq!(record["mails"][0]["left_out"][0]["name"], "setup.exe");
    let path = format!("/api/v1/conversations/{}/transcript", scene.chat.id);
    let transcript = scene.knock.get(&path, &scene.key).body;
    assert!(transcript.as_str().is_some_and(|text| text.contains("See the list\nlist.txt")), "{transcript}");
}

#[test]
fn a_mail_that_is_too_large_is_said_to_have_come() {
    let scene = Scene::start();
    let line = "x".repeat(76) + "\r\n";
    let mail = answer(&scene.to, "1", &line.repeat((26 << 20) / line.len()));
    assert_eq!(scene.outcome(&mail), "noted");
    assert_eq!((&scene.record()["mails"][0]["kind"], scene.said().len()), (&json!("too_large"), 1));
    let larger = answer(&scene.to, "2", &line.repeat((36 << 20) / line.len()));
    assert_eq!(scene.post(&larger).code, 413);
}

#[test]
fn nothing_comes_back_of_an_erased_lead() {
    let scene = Scene::start();
    let erased = scene.knock.ask("POST", "/api/v1/persons/erase", &scene.key, &json!({"email": "ann@first.example"}));
    assert_eq!(erased.code, 200, "{}", erased.body);
    assert_eq!(scene.outcome(&answer(&scene.to, "1", "I am ann@first.example")), "not_ours");
    assert_eq!(scene.knock.get("/api/v1/contacts?q=ann", &scene.key).body["contacts"], json!([]));
}

#[test]
fn an_address_that_was_not_given_out_is_none_and_guessing_has_to_wait() {
    let scene = Scene::start();
    let mail = answer(&scene.to, "1", "Hello");
    let guess = |n: u8| scene.knock.send("POST", &format!("/hooks/mail/knmail_{n}"), &[RAW], Some(&mail)).code;
    assert_eq!((0..20).map(guess).collect::<Vec<_>>(), [404; 20]);
    assert_eq!(guess(20), 429);
    assert_eq!(scene.said().len(), 1);
}

#[test]
fn whatever_mail_comes_the_server_answers() {
    let scene = Scene::start();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/mails");
    let files = std::fs::read_dir(folder).expect("the mails of the corpus").map(|file| file.expect("a file").path());
    let mails: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "eml")).collect();
    assert!(mails.len() >= 40, "{}", mails.len());
    for path in mails {
        let mail = std::fs::read(&path).expect("a mail");
        assert_eq!(scene.outcome(&mail), "not_ours", "{}", path.display());
        // The same with a genuine tag.
        let tagged = [format!("Delivered-To: {}\r\n", scene.to).as_bytes(), &mail].concat();
        assert_eq!(scene.post(&tagged).code, 200, "{}", path.display());
    }
}
