//! The owner of a chat: assigned, taken over, handed back.

use super::{REP, Team};
use crate::support::{Knock, id};
use knock_testing::{Answer, Receiver};
use serde_json::{Value, json};

impl Team {
    /// The id of the member with this address.
    pub(super) fn id_of(&self, email: &str) -> String {
        self.admin.id_of(&self.knock, email)
    }

    fn assign(&self, to: &str, seen: Option<&str>) -> (u16, Value) {
        let body = seen.map_or_else(|| json!({"to": to}), |seen| json!({"to": to, "seen_owner": seen}));
        let reply = self.post(&self.rep, "assign", &body);
        (reply.code, reply.body)
    }
}

#[test]
fn a_chat_that_another_rep_took_meanwhile_is_not_taken_unasked() {
    let team = Team::start();
    let (rep, admin) = (team.id_of(REP), team.id_of("admin@localhost"));
    assert_eq!(team.chat.write(&team.knock, 1, "We need a quote for 200 people").code, 201);
    assert_eq!(team.state()["rep_owner"], "admin@localhost");
    let (code, problem) = team.assign(&rep, Some(""));
    assert_eq!((code, &problem["type"]), (409, &json!("urn:knock:problem:taken")));
    assert_eq!(problem["errors"], json!([{"pointer": "/seen_owner", "reason": "admin@localhost"}]));
    assert_eq!(team.state()["rep_owner"], "admin@localhost");
    assert_eq!(team.assign("me", Some("admin@localhost")).0, 204);
    assert_eq!(team.state()["rep_owner"], REP);
    assert_eq!(team.assign(&rep, Some("admin@localhost")).0, 204, "it is there already");
    assert_eq!(team.assign(&admin, None).0, 204, "without an expected owner");
    let entries = team.knock.get("/api/v1/audit?action=chat.assigned", &team.key).body["entries"].clone();
    let changes: Vec<(&Value, &Value)> = entries
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| (&entry["before"]["rep_owner"], &entry["after"]["rep_owner"]))
        .collect();
    assert_eq!(changes, [(&json!(REP), &json!("admin@localhost")), (&json!("admin@localhost"), &json!(REP))]);
}

#[test]
fn a_chat_is_assigned_only_to_members_who_answer_chats() {
    let team = Team::start();
    let list = team.rep.get(&team.knock, "/api/v1/assignees").body;
    let shown = |member: &Value| (member["email"].clone(), member["name"].clone());
    let shown: Vec<_> = list["assignees"].as_array().expect("a list").iter().map(shown).collect();
    assert_eq!(shown, [(json!("admin@localhost"), json!("admin@localhost")), (json!(REP), json!("Bo"))]);
    for wrong in ["", "bo", "06060606-0606-4606-8606-060606060606"] {
        let (code, problem) = team.assign(wrong, None);
        assert_eq!((code, &problem["errors"][0]["pointer"]), (422, &json!("/to")), "{wrong}");
    }
    let path = format!("/api/v1/conversations/{}/assign", team.chat.id);
    let by_key = team.knock.ask("POST", &path, &team.key, &json!({"to": "me"}));
    assert_eq!((by_key.code, &by_key.body["errors"][0]["pointer"]), (422, &json!("/to")), "an API key is no member");
    assert_eq!(team.post(&team.rep, "assign", &json!({"to": "ai_agent", "by": "me"})).code, 400);
    let nowhere = "/api/v1/conversations/06060606-0606-4606-8606-060606060606/assign";
    assert_eq!(team.rep.ask(&team.knock, "POST", nowhere, &json!({"to": "ai_agent"})).code, 404);
}

#[test]
fn the_agent_is_silent_once_a_rep_wrote_and_speaks_again_once_the_chat_is_handed_back() {
    let team = Team::start();
    let knock = &team.knock;
    assert_eq!(team.chat.write(knock, 1, "We need a quote for 200 people").code, 201);
    let reply = json!({"id": id(knock.now(), 50), "text": "I am on it"});
    assert_eq!(team.post(&team.rep, "messages", &reply).code, 201);
    let count = || team.chat.messages(knock, 0).len();
    let before = count();
    assert_eq!(team.chat.write(knock, 2, "How long does it take to ship?").code, 201);
    assert_eq!(count(), before + 1, "a human answers");
    assert_eq!(team.assign("ai_agent", None).0, 204);
    let state = team.state();
    assert_eq!((&state["rep_owner"], &state["status"]), (&json!("AI Agent"), &json!("AI Discovery")));
    assert_eq!(team.chat.write(knock, 3, "And does it ship to Spain?").code, 201);
    let last = team.chat.messages(knock, 0).pop().expect("one");
    assert_eq!(last["author"], "ai_agent", "{last}");

    assert_eq!(team.chat.write(knock, 4, "Can I talk to a human?").code, 201);
    assert_eq!(team.state()["rep_owner"], "admin@localhost", "who asks for a person gets one");
}

#[test]
fn a_chat_that_a_rep_took_over_is_not_routed_again() {
    let team = Team::start();
    assert_eq!(team.chat.write(&team.knock, 1, "hi").code, 201);
    assert_eq!(team.assign(&team.id_of(REP), None).0, 204);
    assert_eq!(team.chat.write(&team.knock, 2, "We need a quote for 200 people").code, 201);
    let record = team.record();
    assert_eq!(record["conversation"]["intent"]["type"], "Buying", "it changed");
    assert_eq!(record["conversation"]["state"]["rep_owner"], REP);
}

#[test]
fn an_assignment_by_a_member_is_an_event() {
    let team = Team::by(Knock::start_with(&[("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8")]));
    let receiver = Receiver::start(|_, _| Answer::Code(204));
    let hook = json!({"url": receiver.url("/"), "events": ["chat.assigned"], "is_active": true});
    assert_eq!(team.knock.ask("POST", "/api/v1/webhooks", &team.key, &hook).code, 201);
    assert_eq!(team.assign(&team.id_of(REP), None).0, 204);
    let data = receiver.count(1)[0].body()["data"].clone();
    let expected = json!({"assignee": REP, "previous": null, "rule": "", "reason": "assigned_by_member"});
    for (name, value) in expected.as_object().expect("an object") {
        assert_eq!(&data[name], value, "{name} of {data}");
    }
    assert_eq!(data["conversation"], json!(team.chat.id));
}

#[test]
fn a_reason_is_kept_with_the_assignment_and_shown_on_the_record() {
    let team = Team::start();
    let rep = team.id_of(REP);
    assert_eq!(team.chat.write(&team.knock, 1, "We need a quote for 200 people").code, 201);
    let assign = |to: &str, reason: Value| team.post(&team.admin, "assign", &json!({"to": to, "reason": reason}));
    assert_eq!(assign(&rep, json!(" Speaks French ")).code, 204);
    assert_eq!(assign("ai_agent", Value::Null).code, 204);
    let record = team.chat.record(&team.knock, &team.key);
    let rows: Vec<_> = record["assignments"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| ["by", "from", "to", "reason"].map(|part| row[part].as_str().expect("a text").to_owned()))
        .collect();
    let admin = "admin@localhost";
    assert_eq!(rows, [[admin, admin, REP, "Speaks French"], [admin, REP, "AI Agent", ""]]);
    let entries = team.knock.get("/api/v1/audit?action=chat.assigned", &team.key).body["entries"].clone();
    assert_eq!(
        (&entries[1]["after"]["reason"], &entries[0]["after"]["reason"]),
        (&json!("Speaks French"), &Value::Null)
    );

    let long = assign(&rep, json!("x".repeat(501)));
    assert_eq!((long.code, &long.body["errors"][0]["pointer"]), (422, &json!("/reason")));
    assert_eq!(assign(&rep, json!("é".repeat(500))).code, 204);
}
