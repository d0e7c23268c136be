//! A member writes to a visitor first: what is stored, and what is refused.

use super::Scene;
use crate::chat::open_as;
use crate::members::Browser;
use crate::support::id;
use knock_testing::visitor_id;
use serde_json::{Value, json};

const DAY: i64 = 24 * 3_600_000;

fn views(scene: &Scene, conversation: &str) -> Vec<&'static str> {
    let is_in = |view: &&str| {
        let page = scene.bo.get(&scene.knock, &format!("/api/v1/conversations?view={view}")).body;
        page["conversations"].as_array().expect("a list").iter().any(|row| row["id"] == conversation)
    };
    ["mine", "unassigned", "waiting", "follow_up", "open", "done"].into_iter().filter(is_in).collect()
}

#[test]
fn an_invitation_of_a_stranger_is_work_of_its_member_without_a_status_and_stored_once() {
    let scene = Scene::start();
    scene.views(1, 1, "/pricing");
    let draft = scene.draft(1, 2, "  Can I help you with the prices?  ");
    let send = || scene.bo.ask(&scene.knock, "POST", "/api/v1/visits/messages", &draft);
    let (first, again) = (send(), send());
    assert_eq!((first.code, again.code, &first.body), (201, 200, &again.body), "{}", first.body);
    let conversation = first.text("conversation");
    assert_eq!(first.body["seq"], 1);
    let record = scene.record(&conversation);
    let row = &record["conversation"];
    assert_eq!((&row["state"]["status"], &row["state"]["rep_owner"]), (&json!(""), &json!("bo@us.example")));
    assert_eq!((&row["folder"], row.get("waiting_since")), (&json!("open"), None));
    assert_eq!(row["state"].get("next_change_at").unwrap_or(&Value::Null), &Value::Null, "no clock runs");
    assert_eq!(views(&scene, &conversation), ["mine", "open"]);
    let messages = record["messages"].as_array().expect("a list");
    assert_eq!(messages.len(), 1, "no greeting");
    assert_eq!((&messages[0]["text"], &messages[0]["name"]), (&json!("Can I help you with the prices?"), &json!("Bo")));
    assert!(messages[0]["invitation"]["ends_at"].is_number(), "{}", messages[0]);
    scene.advance(20 * DAY);
    assert_eq!(views(&scene, &conversation), ["mine", "open"], "it never closes by itself");
}

#[test]
fn what_cannot_be_written_is_refused_with_its_reason() {
    let scene = Scene::start();
    scene.views(1, 1, "/pricing");
    let with = |name: &str, value: Value| {
        let mut draft = scene.draft(1, 2, "Hello");
        draft[name] = value;
        let reply = scene.bo.ask(&scene.knock, "POST", "/api/v1/visits/messages", &draft);
        (reply.code, reply.body["errors"][0]["pointer"].clone())
    };
    assert_eq!(with("id", json!("x")), (422, json!("/id")));
    assert_eq!(with("text", json!("  ")), (422, json!("/text")));
    assert_eq!(with("text", json!("x".repeat(1_001))), (422, json!("/text")));
    assert_eq!(with("visitor", json!("x")), (422, json!("/visitor")));
    assert_eq!(with("site", json!("x")).0, 404);
    assert_eq!(with("visitor", json!(visitor_id(77))).0, 404, "nothing of it is known");
    let by_key = scene.knock.ask("POST", "/api/v1/visits/messages", &scene.key, &scene.draft(1, 2, "Hello"));
    assert_eq!(by_key.code, 403);
    scene.advance(31 * DAY);
    let again = Browser::admin(&scene.knock);
    assert_eq!(scene.invites(&again, 1, 3, "Hello").code, 404, "it was not seen for a month");
}

#[test]
fn a_visitor_is_written_to_by_one_member_and_not_too_often() {
    let scene = Scene::start();
    scene.views(1, 1, "/pricing");
    let refused = |by: &Browser, n: u64| {
        let reply = scene.invites(by, 1, n, "Hello");
        assert_eq!(reply.code, 409, "{}", reply.body);
        reply.body["detail"].as_str().expect("a text").to_owned()
    };
    let first = scene.invited(1, 2, "Hello");
    assert_eq!(refused(&scene.admin, 3), "Bo has written to them, and awaits an answer.");
    scene.advance(1_000);
    assert_eq!(scene.invited(1, 4, "And the docs are here"), first, "the same conversation goes on");
    assert_eq!(refused(&scene.bo, 5), "They have not answered yet.");
    // Closed, they are no longer awaited by Bo; a third is the last of the day.
    let mut events = scene.listens(1);
    let shown = events.invitation();
    assert_eq!(scene.notes(1, &shown, true), 204);
    assert_eq!(refused(&scene.admin, 6), "Bo has written to them, and awaits an answer.", "the first one");
    let first = json!({"id": scene.record(&first)["messages"][0]["id"]});
    assert_eq!(scene.notes(1, &first, true), 204);
    assert_eq!(scene.invites(&scene.admin, 1, 7, "Hi").code, 201);
    assert_eq!(refused(&scene.admin, 8), "They got three messages within a day already.");
}

#[test]
fn nobody_writes_to_spam_and_to_the_rejected_and_an_open_chat_goes_on() {
    let scene = Scene::start();
    for (visitor, action, reason) in
        [(1, json!("mark_spam"), "They are marked as spam."), (2, json!({"reject": "no budget"}), "They are rejected.")]
    {
        scene.views(visitor, visitor, "/pricing");
        let chat = open_as(&scene.knock, &scene.site, visitor);
        assert_eq!(chat.write(&scene.knock, 10 + visitor, "We need a quote").code, 201);
        assert_eq!(chat.act(&scene.knock, &scene.key, &action), 204);
        let reply = scene.invites(&scene.bo, visitor, 20 + visitor, "Hello");
        assert_eq!((reply.code, &reply.body["detail"]), (409, &json!(reason)));
    }
    scene.views(3, 3, "/pricing");
    let chat = open_as(&scene.knock, &scene.site, 3);
    assert_eq!(chat.write(&scene.knock, 13, "We need a quote").code, 201);
    assert_eq!(scene.invited(3, 23, "I am here"), chat.id);
    assert_eq!(chat.status(&scene.knock, &scene.key), "Rep Discovery");
    let last = chat.messages(&scene.knock, 0).pop().expect("one");
    assert_eq!((&last["text"], last.get("invitation")), (&json!("I am here"), None), "only the team reads its state");
}

#[test]
fn what_a_page_did_is_shown_to_the_team_and_the_first_instants_stay() {
    let scene = Scene::start();
    scene.views(1, 1, "/pricing");
    let conversation = scene.invited(1, 2, "Hello");
    let shown = scene.listens(1).invitation();
    let state = || scene.record(&conversation)["messages"][0]["invitation"].clone();
    assert_eq!(scene.notes(2, &shown, false), 404, "another browser");
    assert_eq!(scene.notes(1, &json!({"id": id(scene.knock.now(), 99)}), false), 404);
    assert_eq!(state().get("shown_at"), None);
    assert_eq!(scene.notes(1, &shown, false), 204);
    let first = state();
    assert_eq!((first["shown_at"].is_number(), first.get("closed_at")), (true, None));
    assert_eq!(first["url"], "http://127.0.0.1:4000/pricing", "without its parameters");
    scene.advance(5_000);
    assert_eq!(scene.notes(1, &shown, false), 204);
    assert_eq!(state(), first);
    assert_eq!(scene.notes(1, &shown, true), 204);
    let closed = state();
    assert_eq!((&closed["shown_at"], closed["closed_at"].is_number()), (&first["shown_at"], true));
}
