//! Leads whom no one can take: they wait, those who can take them later are notified, and they are routed again (7.1 to 7.3).

use crate::chat::{Chat, rep_writes};
use crate::mail::advance;
use crate::members::Browser;
use crate::office::{Office, hours};
use knock_testing::Mail;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// A Monday, at nine in the evening in Berlin.
const EVENING: &str = "2030-01-07T20:00:00Z";

#[test]
fn a_lead_at_night_waits_the_pool_is_told_and_the_first_at_work_gets_them() {
    let office = Office::open(EVENING);
    office.sets(&office.bo, &hours(&[("09:00", "17:00")]));
    office.sets(&office.cy, &hours(&[("10:00", "17:00")]));
    let chat = office.writes(1, "Can I talk to a person?");
    let (row, decision) = office.record(&chat);
    assert_eq!((&decision["outcome"], &decision["reason"]), (&json!("waiting"), &json!("nobody_available")));
    assert_eq!(row["state"]["rep_owner"], "AI Agent");
    assert_eq!((&row["state"]["is_queued"], row["waiting_since"].is_number()), (&json!(true), true));
    assert!(office.is_in(&chat, "waiting") && office.is_in(&chat, "unassigned"));
    // Nine in Berlin is eight in Lisbon.
    let said = office.said(&chat);
    assert!(said.contains("Our team is back on Tuesday at 8:00 and will answer right here."), "{said}");
    assert!(!said.contains("usually takes") && said.contains("leave your e-mail address"), "{said}");
    let due = office.knock.now() + 12 * HOUR;
    let next = row["state"]["next_change_at"].as_i64().expect("an instant");
    assert!((next - due).abs() < MINUTE, "{next} {due}");

    advance(&office.knock, 2 * MINUTE);
    assert_eq!(office.mailed(), ["admin@localhost", "bo@us.example", "cy@us.example"]);
    // What the lead writes meanwhile tells no one again.
    assert_eq!(chat.write(&office.knock, 2, "It is about 200 seats").code, 201);
    advance(&office.knock, 11 * HOUR);
    assert_eq!((office.mailed().len(), office.owner(&chat)), (3, json!("AI Agent")));

    let knock = &office.knock;
    knock.set_clock(&json!({"now": "2030-01-08T08:00:00.001Z"}));
    let (row, decision) = office.record(&chat);
    assert_eq!((&decision["outcome"], &decision["reason"]), (&json!("assigned"), &json!("fallback_round_robin")));
    assert_eq!(decision["assignee"], "bo@us.example");
    assert_eq!((&row["state"]["rep_owner"], row["state"].get("is_queued")), (&json!("bo@us.example"), None));
    assert!(office.is_in(&chat, "waiting") && !office.is_in(&chat, "unassigned"));
    // Who has it is notified after two minutes at work, and once more: it is theirs now.
    advance(&office.knock, 2 * MINUTE);
    assert_eq!(office.mailed(), ["admin@localhost", "bo@us.example", "bo@us.example", "cy@us.example"]);
}

#[test]
fn a_lead_at_lunch_reads_when_the_break_ends_and_is_taken_then_after_a_restart_too() {
    let mut office = Office::open("2030-01-08T11:30:00Z");
    for who in [&office.bo, &office.cy] {
        office.sets(who, &hours(&[("09:00", "12:00"), ("13:00", "17:00")]));
    }
    let chat = office.writes(1, "We are 200 people and need a quote");
    let said = office.said(&chat);
    assert!(said.contains("Our team is back today at 12:00"), "{said}");
    office.knock = office.knock.kill_and_restart();
    advance(&office.knock, 31 * MINUTE);
    assert_ne!(office.owner(&chat), json!("AI Agent"));
}

#[test]
fn a_full_pool_takes_the_longest_wait_first_as_soon_as_a_chat_is_done_or_quiet() {
    let office = Office::open("2030-01-08T09:00:00Z");
    for who in [&office.bo, &office.cy] {
        office.sets(who, &json!({"capacity": 1}));
    }
    let [first, second, third, fourth] =
        [1, 2, 3, 4].map(|visitor| office.writes(visitor, "We are 200 people and need a quote"));
    let owners = [&first, &second, &third, &fourth].map(|chat| office.owner(chat));
    assert_eq!(owners, ["bo@us.example", "cy@us.example", "AI Agent", "AI Agent"]);
    assert!(office.said(&third).contains("Everybody is in other conversations right now."));
    let (row, decision) = office.record(&third);
    let at_capacity = |rep: &str| json!({"rep": rep, "reason": "at_capacity"});
    assert_eq!(decision["skipped"], json!([at_capacity("bo@us.example"), at_capacity("cy@us.example")]));
    assert_eq!(decision["reason"], "nobody_available");
    // Both wait for an answer: nothing but that frees a place.
    assert_ne!(row["state"]["next_status"], Value::Null);

    assert_eq!(first.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    advance(&office.knock, MINUTE);
    assert_eq!([&third, &fourth].map(|chat| office.owner(chat)), ["bo@us.example", "AI Agent"]);

    // An answered chat counts for a day after its last message.
    assert_eq!(rep_writes(&office.knock, &second, 9, "Hello, happy to help!"), 201);
    advance(&office.knock, 23 * HOUR);
    assert_eq!(office.owner(&fourth), json!("AI Agent"));
    assert!(office.record(&fourth).0["state"]["next_status"].is_null(), "the instant at which a chat is quiet");
    advance(&office.knock, HOUR);
    assert_eq!(office.owner(&fourth), json!("cy@us.example"));
}

#[test]
fn whoever_comes_back_or_takes_more_gets_the_waiting_leads() {
    let office = Office::open("2030-01-08T09:00:00Z");
    for who in [&office.bo, &office.cy] {
        office.sets(who, &json!({"state": "away"}));
    }
    let [one, two] = [1, 2].map(|visitor| office.writes(visitor, "We are 200 people and need a quote"));
    assert!(office.said(&one).contains("No one can answer right now."));
    office.sets(&office.bo, &json!({"capacity": 1}));
    advance(&office.knock, 1);
    assert_eq!([&one, &two].map(|chat| office.owner(chat)), ["bo@us.example", "AI Agent"]);
    office.rule(&json!({"rep": office.id("admin@localhost")}));
    advance(&office.knock, 1);
    assert_eq!(office.owner(&two), json!("admin@localhost"));
}

#[test]
fn a_member_takes_a_waiting_lead_or_leaves_it_to_the_agent() {
    let office = Office::open("2030-01-08T09:00:00Z");
    for who in [&office.bo, &office.cy] {
        office.sets(who, &json!({"state": "away"}));
    }
    let [taken, left] = [1, 2].map(|visitor| office.writes(visitor, "We are 200 people and need a quote"));
    let assigns = |who: &Browser, chat: &Chat, to: &str| {
        who.ask(&office.knock, "POST", &format!("/api/v1/conversations/{}/assign", chat.id), &json!({"to": to})).code
    };
    assert_eq!((assigns(&office.admin, &taken, "me"), assigns(&office.cy, &left, "ai_agent")), (204, 204));
    assert_eq!(office.owner(&taken), json!("admin@localhost"));
    let state = office.record(&left).0;
    assert_eq!((state["state"].get("is_queued"), state.get("waiting_since")), (None, None));
    office.sets(&office.bo, &json!({}));
    advance(&office.knock, 2 * MINUTE);
    assert_eq!([&taken, &left].map(|chat| office.owner(chat)), ["admin@localhost", "AI Agent"]);
}

#[test]
fn the_chats_of_a_removed_member_go_to_others_who_are_told() {
    let office = Office::open("2030-01-08T09:00:00Z");
    office.sets(&office.cy, &json!({"state": "away"}));
    let [waiting, answered] = [1, 2].map(|visitor| office.writes(visitor, "We are 200 people and need a quote"));
    assert_eq!(rep_writes(&office.knock, &answered, 9, "Hello, happy to help!"), 201);
    office.sets(&office.cy, &json!({}));
    let bo = office.id("bo@us.example");
    let path = format!("/api/v1/members/{bo}");
    for (wrong, reason) in
        [("?successor=unknown", "is not an id"), (&*format!("?successor={bo}"), "is no other member")]
    {
        let reply = office.admin.ask(&office.knock, "DELETE", &format!("{path}{wrong}"), &Value::Null);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!("query/successor")));
        assert!(reply.body["errors"][0]["reason"].as_str().is_some_and(|said| said.starts_with(reason)));
    }
    assert_eq!(office.admin.ask(&office.knock, "DELETE", &path, &Value::Null).code, 204);
    assert_eq!([&waiting, &answered].map(|chat| office.owner(chat)), ["cy@us.example"; 2].map(Value::from));
    advance(&office.knock, 2 * MINUTE);
    assert_eq!(office.mailed(), ["cy@us.example"]);
    assert_eq!(office.pool(), json!([office.id("cy@us.example")]));

    // No one is left in the pool but one who is removed too: what they had goes to the chosen member.
    let heir = office.id("admin@localhost");
    let path = format!("/api/v1/members/{}?successor={heir}", office.id("cy@us.example"));
    assert_eq!(office.admin.ask(&office.knock, "DELETE", &path, &Value::Null).code, 204);
    assert_eq!([&waiting, &answered].map(|chat| office.owner(chat)), ["admin@localhost"; 2].map(Value::from));
    assert_eq!(office.pool(), json!([heir]));
}

#[test]
fn a_removed_members_chat_waits_for_the_others_when_none_of_them_can_take_it() {
    let office = Office::open("2030-01-08T09:00:00Z");
    office.sets(&office.cy, &json!({"state": "away"}));
    let chat = office.writes(1, "We are 200 people and need a quote");
    assert_eq!(rep_writes(&office.knock, &chat, 9, "Hello, happy to help!"), 201);
    let path = format!("/api/v1/members/{}", office.id("bo@us.example"));
    assert_eq!(office.admin.ask(&office.knock, "DELETE", &path, &Value::Null).code, 204);
    let (row, decision) = office.record(&chat);
    assert_eq!((&decision["outcome"], row["waiting_since"].is_null()), (&json!("waiting"), true), "it is answered");
    assert_eq!(chat.write(&office.knock, 2, "We take it. How do we sign?").code, 201);
    assert!(office.is_in(&chat, "waiting") && office.is_in(&chat, "unassigned"));
    advance(&office.knock, 2 * MINUTE);
    assert_eq!(office.mailed(), ["admin@localhost", "cy@us.example"]);
    office.sets(&office.cy, &json!({}));
    advance(&office.knock, 1);
    assert_eq!(office.owner(&chat), json!("cy@us.example"));
}

#[test]
fn a_wait_that_goes_on_tells_the_pool_and_then_the_managers_in_the_hours_of_the_owner() {
    let office = Office::open("2030-01-08T15:55:00Z");
    office.sets(&office.bo, &hours(&[("09:00", "17:00")]));
    office.sets(&office.cy, &json!({"state": "away"}));
    let chat = office.writes(1, "We are 200 people and need a quote");
    assert_eq!(office.owner(&chat), json!("bo@us.example"));
    let knock = &office.knock;
    advance(knock, 2 * MINUTE);
    assert_eq!(office.mailed(), ["bo@us.example"]);
    let mail: &Mail = &office.server.all()[office.invitations];
    assert!(
        mail.header("Subject").ends_with("is waiting for an answer (Medium, Buying)"),
        "{}",
        mail.header("Subject")
    );
    // The hours of the owner end after five minutes, and go on the next day at nine: eight in UTC.
    advance(knock, 60 * MINUTE);
    assert_eq!(office.mailed().len(), 1);
    knock.set_clock(&json!({"now": "2030-01-09T08:04:00Z"}));
    assert_eq!(office.mailed().len(), 1);
    advance(knock, 2 * MINUTE);
    assert_eq!(office.mailed(), ["bo@us.example", "cy@us.example"]);
    let mail = office.server.all().pop().expect("a mail");
    let text = mail.part("text/plain").to_owned();
    assert!(text.contains("for 16 hours. The chat is assigned to Bo, who has not answered."), "{text}");
    advance(knock, 20 * MINUTE);
    assert_eq!(office.mailed(), ["admin@localhost", "bo@us.example", "cy@us.example"]);
    advance(knock, 5 * HOUR);
    assert_eq!(office.mailed().len(), 3, "once each");
}

#[test]
fn the_team_sets_when_the_pool_and_the_managers_are_told_of_a_wait() {
    let office = Office::open("2030-01-08T09:00:00Z");
    office.sets(&office.cy, &json!({"state": "away"}));
    let set = |settings: Value| {
        assert_eq!(office.admin.ask(&office.knock, "PUT", "/api/v1/notifications/team", &settings).code, 200);
    };
    set(json!({"pool_minutes": 0, "manager_minutes": 5}));
    office.writes(1, "We are 200 people and need a quote");
    advance(&office.knock, 4 * MINUTE);
    assert_eq!(office.mailed(), ["bo@us.example"]);
    advance(&office.knock, 2 * MINUTE);
    assert_eq!(office.mailed(), ["admin@localhost", "bo@us.example"], "5 minutes, and none for the pool");

    set(json!({"pool_minutes": 3, "manager_minutes": 0}));
    office.writes(2, "We are 200 people and need a quote");
    advance(&office.knock, 60 * MINUTE);
    let mailed = office.mailed();
    assert_eq!(mailed[2..], ["bo@us.example", "cy@us.example"], "{mailed:?}");
    assert_eq!(mailed[0..2], ["admin@localhost", "bo@us.example"], "0 is never");
}
