//! The answer of a visitor to a member who wrote first: whose chat it is, and who reads it.

use super::{BO, Scene};
use crate::mail::{PATIENCE, advance};
use crate::office::Office;
use crate::support::{batch, id, identify, signal};
use knock_testing::{Chat, visitor_id};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const QUESTION: &str = "We are 200 people and need a quote";

fn texts(scene: &Scene, chat: &Chat) -> Vec<Value> {
    chat.messages(&scene.knock, 0).iter().map(|message| message["text"].clone()).collect()
}

fn of_agent(scene: &Scene, chat: &Chat) -> usize {
    chat.messages(&scene.knock, 0).iter().filter(|message| message["author"] == "ai_agent").count()
}

/// The reason and the owner of the last decision about a chat.
fn decided(scene: &Scene, chat: &Chat) -> (Value, Value) {
    let record = scene.record(&chat.id);
    let last = record["decisions"].as_array().and_then(|all| all.last()).cloned().unwrap_or_default();
    (last["reason"].clone(), record["conversation"]["state"]["rep_owner"].clone())
}

#[test]
fn the_answer_makes_the_chat_the_members_whatever_the_rule_says_also_after_a_crash() {
    let mut scene = Scene::start();
    scene.views(1, 1, "/pricing");
    let conversation = scene.invited(1, 2, "Can I help you?");
    scene.knock = scene.knock.kill_and_restart();
    let shown = scene.listens(1).invitation();
    let chat = scene.opens(1, &shown, Some('a'));
    assert_eq!((&chat.id, texts(&scene, &chat)), (&conversation, vec![json!("Can I help you?")]));
    assert_eq!(chat.status(&scene.knock, &scene.key), "New", "it is the click");
    assert_eq!(chat.write(&scene.knock, 3, QUESTION).code, 201);
    assert_eq!(decided(&scene, &chat), (json!("wrote_first"), json!(BO)), "the rule gives chats to the admin");
    assert_eq!(of_agent(&scene, &chat), 0, "a human has written");
    let state = scene.record(&chat.id)["conversation"].clone();
    assert_eq!((&state["state"]["status"], state["waiting_since"].is_number()), (&json!("AI Discovery"), true));
    scene.advance(2 * MINUTE + 1);
    assert_eq!(chat.status(&scene.knock, &scene.key), "Rep Reply Needed");
    // A later message decides nothing again.
    assert_eq!(chat.write(&scene.knock, 4, "Are you there?").code, 201);
    assert_eq!(scene.record(&chat.id)["decisions"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_chat_of_the_agent_goes_to_who_wrote_into_it_and_one_that_another_answered_stays() {
    let scene = Scene::start();
    let rule =
        json!({"name": "Agent", "funnel": "chat", "segments": [], "fallback": {"assign": {"ai_agent": "general"}}});
    assert_eq!(scene.admin.ask(&scene.knock, "PUT", "/api/v1/rules/default_chat", &rule).code, 200);
    for (visitor, is_answered_by_admin) in [(1, false), (2, true)] {
        scene.views(visitor, visitor, "/pricing");
        let chat = crate::chat::open_as(&scene.knock, &scene.site, visitor);
        assert_eq!(chat.write(&scene.knock, 10 + visitor, QUESTION).code, 201);
        assert_eq!(decided(&scene, &chat).1, "AI Agent");
        let said = of_agent(&scene, &chat);
        assert_eq!(scene.invited(visitor, 20 + visitor, "I am here"), chat.id);
        if is_answered_by_admin {
            let path = format!("/api/v1/conversations/{}/messages", chat.id);
            let message = json!({"id": id(scene.knock.now(), 30), "text": "Bo is away, I take it"});
            assert_eq!(scene.admin.ask(&scene.knock, "POST", &path, &message).code, 201);
        }
        assert_eq!(chat.write(&scene.knock, 40 + visitor, "What does it cost?").code, 201);
        let (reason, owner) = decided(&scene, &chat);
        assert_eq!((reason == "wrote_first", owner), (!is_answered_by_admin, json!(BO)));
        assert_eq!(of_agent(&scene, &chat), said, "the agent is silent");
    }
}

#[test]
fn the_chat_of_a_member_who_left_is_routed() {
    let scene = Scene::start();
    scene.views(1, 1, "/pricing");
    scene.invited(1, 2, "Can I help you?");
    let shown = scene.listens(1).invitation();
    let path = format!("/api/v1/members/{}", scene.admin.id_of(&scene.knock, BO));
    assert_eq!(scene.admin.ask(&scene.knock, "DELETE", &path, &Value::Null).code, 204);
    let chat = scene.opens(1, &shown, Some('a'));
    assert_eq!(chat.write(&scene.knock, 3, QUESTION).code, 201);
    let record = chat.record(&scene.knock, &scene.key);
    assert_eq!(record["conversation"]["state"]["rep_owner"], "admin@localhost");
    assert!(record["decisions"].as_array().expect("a list").iter().all(|decision| decision["reason"] != "wrote_first"));
}

#[test]
fn another_browser_with_the_same_visitor_id_reads_the_first_words_alone() {
    let scene = Scene::start();
    scene.views(1, 1, "/pricing");
    scene.invited(1, 2, "Can I help you?");
    let shown = scene.listens(1).invitation();
    let own = scene.opens(1, &shown, Some('a'));
    let again = scene.opens(1, &shown, Some('a'));
    assert_eq!(own.id, again.id, "the browser opens it again");
    // Nothing has been answered yet: the words are said again in a conversation of the other browser.
    let other = scene.opens(1, &shown, Some('b'));
    assert_ne!(own.id, other.id);
    assert_eq!(texts(&scene, &other), [json!("Can I help you?")]);
    assert_eq!(again.write(&scene.knock, 3, "My number is 12345").code, 201);
    assert_eq!(texts(&scene, &other), [json!("Can I help you?")]);
    assert_eq!(other.write(&scene.knock, 4, QUESTION).code, 201);
    assert_eq!(decided(&scene, &other), (json!("wrote_first"), json!(BO)), "the invitation has moved along");
    let third = scene.opens(1, &shown, Some('c'));
    assert!(!texts(&scene, &third).iter().any(|text| text.as_str().is_some_and(|text| text.contains("12345"))));
}

#[test]
fn what_a_member_writes_before_the_first_opening_is_there() {
    let scene = Scene::start();
    scene.views(1, 1, "/pricing");
    let conversation = scene.invited(1, 2, "Can I help you?");
    let shown = scene.listens(1).invitation();
    let path = format!("/api/v1/conversations/{conversation}/messages");
    let message = json!({"id": id(scene.knock.now(), 3), "text": "The docs are here"});
    assert_eq!(scene.bo.ask(&scene.knock, "POST", &path, &message).code, 201);
    let own = scene.opens(1, &shown, Some('a'));
    assert_eq!((&own.id, texts(&scene, &own).len()), (&conversation, 2));
}

#[test]
fn a_mailed_link_opens_no_chat_that_another_browser_opened_by_the_id_of_the_visitor() {
    let office = Office::open("2030-01-08T09:00:00Z");
    let (site, now) = (office.knock.site(), office.knock.now());
    let signals = [signal(now, 1, "page_view", "/pricing"), identify(now, 2, "ann@first.example")];
    assert_eq!(office.knock.post_signals(&batch(&site, 1, now, &signals)).code, 202);
    let draft = json!({"id": id(now, 3), "site": site, "visitor": visitor_id(1), "text": "Can I help you?"});
    assert_eq!(office.bo.ask(&office.knock, "POST", "/api/v1/visits/messages", &draft).code, 201);
    let opens = |visitor: u64, letter: &str, more: (&str, &Value)| {
        let browser = visitor_id(visitor);
        let mut start = json!({"site": site, "visitor": browser, "session": browser, "secret": letter.repeat(64)});
        start[more.0] = more.1.clone();
        let opened = office.knock.post("/v1/chat", &start);
        assert_eq!(opened.code, 201, "{}", opened.body);
        Chat::new(&opened)
    };
    let other = opens(1, "b", ("invitation", &draft["id"]));
    advance(&office.knock, PATIENCE + 1);
    let mails = office.server.until(office.invitations + 1);
    let text = mails.last().expect("a mail").part("text/plain");
    let (_, token) = text.split_whitespace().find_map(|word| word.split_once("#c=")).expect("a link");
    let own = opens(50, "a", ("resume", &json!(token)));
    assert_ne!(own.id, other.id);
    assert_eq!(own.messages(&office.knock, 0)[0]["text"], "Can I help you?");
    assert_eq!(own.write(&office.knock, 9, "My number is 12345").code, 201);
    assert_eq!(office.record(&own).1["reason"], "wrote_first");
    assert_eq!(other.messages(&office.knock, 0).len(), 1);
}

#[test]
fn without_a_secret_or_from_another_visitor_an_invitation_opens_nothing() {
    let scene = Scene::start();
    scene.views(1, 1, "/pricing");
    let conversation = scene.invited(1, 2, "Can I help you?");
    let shown = scene.listens(1).invitation();
    for (visitor, secret) in [(1, None), (2, Some('a'))] {
        let chat = scene.opens(visitor, &shown, secret);
        assert_ne!(chat.id, conversation);
        assert_eq!(of_agent(&scene, &chat), 1, "an ordinary chat begins");
    }
    assert_eq!(scene.opens(1, &shown, Some('a')).id, conversation, "it was not bound");
}

#[test]
fn words_in_a_chat_that_others_may_have_written_in_open_a_conversation_of_their_own() {
    let scene = Scene::start();
    scene.views(1, 1, "/pricing");
    // A conversation without a secret, in which the lead has written.
    let chat = crate::chat::open_as(&scene.knock, &scene.site, 1);
    assert_eq!(chat.write(&scene.knock, 3, "My number is 12345").code, 201);
    assert_eq!(scene.invited(1, 4, "Can I help you?"), chat.id);
    let shown = scene.listens(1).invitation();
    let opened = scene.opens(1, &shown, Some('a'));
    assert_ne!(opened.id, chat.id);
    assert_eq!(texts(&scene, &opened), [json!("Can I help you?")]);
}
