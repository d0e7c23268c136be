//! Chats that the agent answers alone, and the moments at which the team gets them.

use crate::chat::open_as;
use crate::support::{Knock, batch, signal};
use knock_testing::{Chat, MailServer};
use serde_json::{Value, json};
use std::path::Path;

const NORWAY: (&str, &str) = ("Do you ship to Norway?", "Yes, within three days.");
const PARROTS: (&str, &str) = ("Do you train parrots?", "Only the grey ones.");
const INSULT: &str = "You are a stupid fucking idiot";

struct Scene {
    knock: Knock,
    key: String,
    site: String,
}

impl Scene {
    /// A site whose agent knows two answers.
    fn begin() -> Scene {
        let knock = Knock::start();
        let (key, site) = (knock.admin_key(), knock.site());
        let scene = Scene { knock, key, site };
        for (question, answer) in [NORWAY, PARROTS] {
            let body = json!({"site": scene.site, "question": question, "answer": answer});
            assert_eq!(scene.knock.ask("POST", "/api/v1/knowledge/answers", &scene.key, &body).code, 201);
        }
        scene
    }

    fn opens(&self, visitor: u64) -> Chat {
        open_as(&self.knock, &self.site, visitor)
    }

    /// Sends a message; the replies of the agent.
    fn answers(&self, chat: &Chat, n: u64, text: &str) -> Vec<Value> {
        let before = chat.messages(&self.knock, 0).len() as u64;
        assert_eq!(chat.write(&self.knock, n, text).code, 201, "{text}");
        chat.messages(&self.knock, before + 1)
    }

    /// Sends a message; the buttons below the last reply.
    fn choices(&self, chat: &Chat, n: u64, text: &str) -> Vec<String> {
        let said = self.answers(chat, n, text);
        let choices = said.last().and_then(|last| last["choices"].as_array().cloned()).unwrap_or_default();
        choices.iter().filter_map(|choice| choice.as_str().map(str::to_owned)).collect()
    }

    fn state(&self, chat: &Chat) -> Value {
        chat.record(&self.knock, &self.key)["conversation"]["state"].clone()
    }

    /// The reasons of the decisions about a chat.
    fn reasons(&self, chat: &Chat) -> Vec<String> {
        let record = chat.record(&self.knock, &self.key);
        let decisions = record["decisions"].as_array().expect("a list");
        decisions.iter().map(|decision| decision["reason"].as_str().expect("a reason").to_owned()).collect()
    }

    /// Whether a view of the inbox has chats.
    fn has_any(&self, view: &str) -> bool {
        let page = self.knock.get(&format!("/api/v1/conversations?view={view}"), &self.key).body;
        page["conversations"].as_array().is_some_and(|chats| !chats.is_empty())
    }
}

#[test]
fn an_answered_chat_is_nobodys_task_until_the_answer_did_not_help() {
    let scene = Scene::begin();
    let chat = scene.opens(1);
    let choices = scene.choices(&chat, 1, NORWAY.0);
    assert_eq!(choices.len(), 2, "whether it helped is asked: {choices:?}");
    let state = scene.state(&chat);
    assert_eq!((&state["status"], &state["rep_owner"]), (&json!("AI Discovery"), &json!("AI Agent")));
    assert_eq!(scene.reasons(&chat), ["answered_by_agent"]);
    let record = chat.record(&scene.knock, &scene.key);
    assert_eq!(record["decisions"][0]["notify"], json!([]), "{record}");
    assert_eq!([scene.has_any("mine"), scene.has_any("waiting"), scene.has_any("open")], [false, false, true]);
    scene.knock.advance(300_000);
    assert_eq!(scene.state(&chat)["status"], "AI Discovery", "no reply of a rep is awaited");

    scene.answers(&chat, 2, &choices[1]);
    assert_eq!(scene.reasons(&chat), ["answered_by_agent", "fallback"]);
    assert_eq!(scene.state(&chat)["rep_owner"], "admin@localhost");
    assert!(scene.has_any("waiting"));
}

#[test]
fn an_answer_that_helped_leaves_the_chat_to_the_agent() {
    let scene = Scene::begin();
    let chat = scene.opens(1);
    let choices = scene.choices(&chat, 1, PARROTS.0);
    let said = scene.answers(&chat, 2, &choices[0]);
    assert!(!said.is_empty(), "it is never silent");
    assert_eq!(scene.reasons(&chat), ["answered_by_agent"]);
    // A person asked for later is called all the same.
    scene.answers(&chat, 3, "Can I talk to a human?");
    assert_eq!(scene.reasons(&chat), ["answered_by_agent", "fallback"]);
}

#[test]
fn a_question_without_an_answer_is_given_to_the_team_at_once() {
    let scene = Scene::begin();
    let chat = scene.opens(1);
    scene.answers(&chat, 1, "Can your wetsuits be dyed in a dark green?");
    assert_eq!(scene.reasons(&chat), ["fallback"]);
}

#[test]
fn a_buyer_with_a_high_score_is_given_to_the_team_although_there_is_an_answer() {
    let scene = Scene::begin();
    let chat = scene.opens(1);
    scene.answers(&chat, 1, NORWAY.0);
    assert_eq!(scene.reasons(&chat), ["answered_by_agent"]);
    let now = scene.knock.now();
    // A form without an address is no work, but makes the score High.
    let mut signals = vec![signal(now - 500, 99, "form_submit", "/contact")];
    signals.extend((0..3).map(|n: i64| signal(now - 400 + n, 100 + n.unsigned_abs(), "page_view", "/pricing")));
    let sent = batch(&scene.site, 1, now, &signals);
    assert_eq!(scene.knock.post_signals(&sent).code, 202);
    assert_eq!(chat.act(&scene.knock, &scene.key, &json!({"set_type": {"kind": "Buying"}})), 204);
    let intent = chat.record(&scene.knock, &scene.key)["conversation"]["intent"].clone();
    assert_eq!((&intent["type"], &intent["bucket"]), (&json!("Buying"), &json!("High")));
    let said = scene.answers(&chat, 2, PARROTS.0);
    let is_answer = |message: &Value| message["text"].as_str().is_some_and(|text| text.contains(PARROTS.1));
    assert!(said.iter().any(is_answer), "it is answered all the same: {said:?}");
    assert_eq!(scene.reasons(&chat), ["answered_by_agent", "fallback"]);
}

#[test]
fn several_questions_get_an_answer_each() {
    let scene = Scene::begin();
    let chat = scene.opens(1);
    let said = scene.answers(&chat, 1, &format!("{} {}", NORWAY.0, PARROTS.0));
    let texts: Vec<&str> = said.iter().filter_map(|message| message["text"].as_str()).collect();
    for (_, answer) in [NORWAY, PARROTS] {
        assert!(texts.iter().any(|text| text.contains(answer)), "{texts:?}");
    }
    let record = chat.record(&scene.knock, &scene.key);
    assert_eq!(record["sources"].as_array().map(Vec::len), Some(2), "each has its source: {record}");
}

#[test]
fn abuse_that_goes_on_after_a_warning_is_rejected_by_the_agent() {
    let scene = Scene::begin();
    let chat = scene.opens(1);
    assert!(!scene.answers(&chat, 1, INSULT).is_empty(), "a warning");
    assert_eq!(scene.state(&chat)["status"], "AI Discovery");
    assert!(!scene.answers(&chat, 2, INSULT).is_empty(), "the last words");
    let state = scene.state(&chat);
    let expected = (&json!("Rejected"), &json!("AI"), &json!("abuse"));
    assert_eq!((&state["status"], &state["rejected_by"], &state["reject_reason"]), expected);
    assert!(!scene.has_any("waiting") && !scene.has_any("open"));
    assert_eq!(scene.answers(&chat, 3, "Can I talk to a human?"), Vec::<Value>::new(), "the chat is over");
    assert!(scene.reasons(&chat).iter().all(|reason| reason == "answered_by_agent"));

    let setting = json!({"asks_to_clarify": true, "rejects_abuse": false});
    assert_eq!(scene.knock.ask("PUT", "/api/v1/agent", &scene.key, &setting).code, 200);
    let chat = scene.opens(2);
    for n in 10..13 {
        assert!(!scene.answers(&chat, n, INSULT).is_empty());
    }
    assert_eq!(scene.state(&chat)["rejected_by"], Value::Null, "it is switched off");
}

#[test]
fn the_digits_of_a_payment_card_are_stored_nowhere() {
    let scene = Scene::begin();
    let chat = scene.opens(1);
    scene.answers(&chat, 1, "Please charge my card 4242 4242 4242 4242, it is a VISA");
    let record = chat.record(&scene.knock, &scene.key).to_string();
    assert!(record.contains("4242, it is a VISA") && !record.contains("4242 4242"), "{record}");
    let search = scene.knock.get("/api/v1/conversations?view=open&q=VISA", &scene.key).body;
    assert_eq!(search["conversations"].as_array().map(Vec::len), Some(1), "the rest is found");
    scene.knock.has_caught_up();
    holds_nowhere(&scene.knock.data(), &["4242 4242", "42424242"]);
}

/// Searches the bytes of all files below a directory.
fn holds_nowhere(dir: &Path, texts: &[&str]) {
    for entry in std::fs::read_dir(dir).expect("a directory").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            holds_nowhere(&entry, texts);
            continue;
        }
        // A lock or a socket cannot be read, and holds no text.
        let Ok(content) = std::fs::read(&entry) else { continue };
        for text in texts {
            assert!(
                !content.windows(text.len()).any(|bytes| bytes == text.as_bytes()),
                "{text} in {}",
                entry.display()
            );
        }
    }
}

#[test]
fn a_mistyped_address_is_asked_back_and_stored_once_it_is_confirmed() {
    let scene = Scene::begin();
    let chat = scene.opens(1);
    let choices = scene.choices(&chat, 1, "bob.miller@gmial.com");
    assert_eq!(choices.len(), 2, "the right address is asked for: {choices:?}");
    let emails = || {
        let record = chat.record(&scene.knock, &scene.key);
        record["conversation"]["contact"]["email"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(emails(), "");
    scene.answers(&chat, 2, &choices[0]);
    assert_eq!(emails(), "bob.miller@gmail.com");
}

#[test]
fn an_address_that_looks_mistyped_is_right_once_it_is_typed_again() {
    let scene = Scene::begin();
    let chat = scene.opens(1);
    let choices = scene.choices(&chat, 1, "bob@gmial.com");
    scene.answers(&chat, 2, &choices[1]);
    let email = || {
        let record = chat.record(&scene.knock, &scene.key);
        record["conversation"]["contact"]["email"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(email(), "");
    scene.answers(&chat, 3, "It is bob@gmial.com, really");
    assert_eq!(email(), "bob@gmial.com");
}

#[test]
fn mail_goes_to_the_address_that_was_confirmed_and_to_no_mistyped_one() {
    let server = MailServer::start();
    let knock = crate::mail::start(&server);
    let (key, site) = (knock.admin_key(), knock.site());
    let scene = Scene { knock, key, site };
    for (visitor, typed, meant) in [
        (1, "bob.miller@gmial.com", "bob.miller@gmail.com"),
        (2, "bob dot miller at acme dot com", "bob.miller@acme.com"),
    ] {
        let chat = scene.opens(visitor);
        let mail_to = || chat.record(&scene.knock, &scene.key)["mail_to"].clone();
        let choices = scene.choices(&chat, visitor * 10, typed);
        assert_eq!((mail_to(), choices.len()), (Value::Null, 2), "{typed}");
        scene.answers(&chat, visitor * 10 + 1, &choices[0]);
        assert_eq!(mail_to(), json!(meant), "{typed}");
    }
}

#[test]
fn a_name_in_a_message_names_the_contact_once() {
    let scene = Scene::begin();
    let chat = scene.opens(1);
    scene.answers(&chat, 1, "Hello, my name is Sarah Meyer");
    let name = || chat.record(&scene.knock, &scene.key)["conversation"]["contact"]["display_name"].clone();
    assert_eq!(name(), "Sarah Meyer");
    scene.answers(&chat, 2, "my name is Tom Fisher");
    assert_eq!(name(), "Sarah Meyer", "a known name stays");
}
