//! Done, snoozed, reopened: what a member says about work on a chat, apart from its status (7.5).

use crate::chat::{Chat, rep_writes};
use crate::mail::advance;
use crate::office::Office;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const MORNING: &str = "2030-01-08T09:00:00Z";

fn acts(office: &Office, chat: &Chat, action: &Value) -> u16 {
    let path = format!("/api/v1/conversations/{}/actions", chat.id);
    office.bo.ask(&office.knock, "POST", &path, action).code
}

fn folder(office: &Office, chat: &Chat) -> (Value, Value, Value) {
    let row = office.record(chat).0;
    let part = |name: &str| row.get(name).cloned().unwrap_or_default();
    (part("folder"), part("waiting_since"), row["state"]["status"].clone())
}

#[test]
fn a_done_chat_leaves_the_open_ones_until_the_lead_writes_and_its_status_stays() {
    let office = Office::open(MORNING);
    let chat = office.writes(1, "We are 200 people and need a quote");
    let (open, since, status) = folder(&office, &chat);
    assert_eq!((open, status.clone()), (json!("open"), json!("AI Discovery")));
    assert!(since.is_number());
    assert_eq!(acts(&office, &chat, &json!("done")), 204);
    assert_eq!(folder(&office, &chat), (json!("done"), Value::Null, status));
    for (view, is_there) in [("waiting", false), ("open", false), ("done", true)] {
        assert_eq!(office.is_in(&chat, view), is_there, "{view}");
    }
    let work = chat.record(&office.knock, &office.key)["work"].clone();
    assert_eq!((&work[0]["what"], &work[0]["by"], work[0].get("until")), (&json!("done"), &json!("Bo"), None));
    // Undone, the lead waits since the first message; then it is done again.
    assert_eq!(acts(&office, &chat, &json!("reopen")), 204);
    assert_eq!(folder(&office, &chat).1, since);
    assert_eq!(acts(&office, &chat, &json!("done")), 204);
    // No one is notified of a wait that is over, by the clock either.
    advance(&office.knock, 40 * MINUTE);
    assert_eq!(office.mailed(), [""; 0]);
    assert_eq!(folder(&office, &chat).2, "Rep Reply Needed", "the clocks of the status go on");
    assert_eq!(chat.write(&office.knock, 2, "One more thing").code, 201);
    let (open, again, _) = folder(&office, &chat);
    assert_eq!((open, again.as_i64() > since.as_i64()), (json!("open"), true));
    advance(&office.knock, 2 * MINUTE);
    assert_eq!(office.mailed().len(), 1);
}

#[test]
fn a_snoozed_chat_comes_back_at_its_instant_after_a_restart_too() {
    let mut office = Office::open(MORNING);
    let chat = office.writes(1, "We are 200 people and need a quote");
    assert_eq!(rep_writes(&office.knock, &chat, 9, "I will come back to you tomorrow."), 201);
    let until = office.knock.now() + 20 * HOUR;
    for wrong in [office.knock.now(), office.knock.now() + 400 * 24 * HOUR] {
        let path = format!("/api/v1/conversations/{}/actions", chat.id);
        let reply = office.bo.ask(&office.knock, "POST", &path, &json!({"snooze": {"until": wrong}}));
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!("/snooze/until")));
    }
    assert_eq!(acts(&office, &chat, &json!({"snooze": {"until": until}})), 204);
    let row = office.record(&chat).0;
    assert_eq!((&row["folder"], &row["snoozed_until"]), (&json!("snoozed"), &json!(until)));
    assert!(office.is_in(&chat, "snoozed") && !office.is_in(&chat, "mine"));
    office.knock = office.knock.kill_and_restart();
    let later = office.writes(2, "Is there a trial?");
    assert_eq!(rep_writes(&office.knock, &later, 19, "Yes, 30 days."), 201);
    advance(&office.knock, 19 * HOUR);
    assert!(office.is_in(&chat, "snoozed"));
    advance(&office.knock, HOUR);
    let row = office.record(&chat).0;
    assert_eq!((&row["folder"], row.get("snoozed_until"), &row["active_at"]), (&json!("open"), None, &json!(until)));
    // It stands before what was active later than its last message.
    let page = office.admin.get(&office.knock, "/api/v1/conversations?view=open").body;
    assert_eq!(page["conversations"][0]["id"], json!(chat.id));
}

#[test]
fn a_done_chat_frees_a_place_and_a_reassignment_opens_it() {
    let office = Office::open(MORNING);
    for who in [&office.bo, &office.cy] {
        office.sets(who, &json!({"capacity": 1}));
    }
    let [first, second, third] = [1, 2, 3].map(|visitor| office.writes(visitor, "We are 200 people and need a quote"));
    assert_eq!(rep_writes(&office.knock, &first, 9, "Hello, happy to help!"), 201);
    assert_eq!(office.owner(&third), "AI Agent");
    assert_eq!(acts(&office, &first, &json!("done")), 204);
    advance(&office.knock, 1);
    assert_eq!(office.owner(&third), "bo@us.example");
    let cy = office.id("cy@us.example");
    assert_eq!(acts(&office, &first, &json!({"assign": {"to": cy}})), 204);
    assert_eq!((folder(&office, &first).0, office.owner(&first)), (json!("open"), json!("cy@us.example")));
    let path = format!("/api/v1/conversations/{}/actions", second.id);
    let reply = office.bo.ask(&office.knock, "POST", &path, &json!({"assign": {"to": "the moon"}}));
    assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!("/assign/to")));
}

#[test]
fn many_chats_are_done_assigned_and_reopened_at_once() {
    let office = Office::open(MORNING);
    let chats = [1, 2, 3].map(|visitor| office.writes(visitor, "We are 200 people and need a quote"));
    let leads: Vec<Value> = chats.iter().map(|chat| office.record(chat).0["lead"].clone()).collect();
    let all = |action: Value| {
        let ask = json!({"contacts": leads, "action": action});
        let reply = office.bo.ask(&office.knock, "POST", "/api/v1/contacts/actions", &ask);
        assert_eq!((reply.code, &reply.body["done"]), (200, &json!(3)), "{}", reply.body);
        chats.iter().map(|chat| (folder(&office, chat).0, office.owner(chat))).collect::<Vec<_>>()
    };
    let counts = || office.admin.get(&office.knock, "/api/v1/conversations?view=open").body["counts"].clone();
    assert!(all(json!("done")).iter().all(|(folder, _)| folder == "done"));
    assert_eq!((&counts()["done"], &counts()["open"], &counts()["waiting"]), (&json!(3), &json!(0), &json!(0)));
    assert!(all(json!("reopen")).iter().all(|(folder, _)| folder == "open"));
    let cy = office.id("cy@us.example");
    assert!(all(json!({"assign": {"to": cy}})).iter().all(|(_, owner)| owner == "cy@us.example"));
}

#[test]
fn a_deal_closed_and_then_a_question_waits_and_is_notified() {
    let office = Office::open(MORNING);
    let chat = office.writes(1, "We are 200 people and need a quote");
    assert_eq!(rep_writes(&office.knock, &chat, 9, "Here it is."), 201);
    advance(&office.knock, MINUTE);
    assert_eq!(acts(&office, &chat, &json!("open_deal")), 204);
    assert_eq!(folder(&office, &chat), (json!("done"), Value::Null, json!("Qualified")));
    advance(&office.knock, 5 * 24 * HOUR);
    assert_eq!(chat.write(&office.knock, 2, "How do we add ten seats?").code, 201);
    let (open, since, status) = folder(&office, &chat);
    assert_eq!((open, since.is_number(), status), (json!("open"), true, json!("Qualified")));
    assert!(office.is_in(&chat, "waiting"));
    advance(&office.knock, 2 * MINUTE);
    assert_eq!(office.mailed(), ["bo@us.example"]);
    // The wait of a qualified lead has no end but an answer.
    advance(&office.knock, 5 * 24 * HOUR);
    assert!(office.is_in(&chat, "waiting"));
    assert_eq!(rep_writes(&office.knock, &chat, 19, "I have added them."), 201);
    assert_eq!(folder(&office, &chat).0, "done");
}
