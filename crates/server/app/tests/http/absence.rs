//! Members who are away: their chats stay in sight, and are handed over on request (7.3).

use crate::chat::{Chat, rep_writes};
use crate::mail::advance;
use crate::members::Browser;
use crate::office::{Office, hours};
use crate::support::Reply;
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;
/// A Tuesday, at ten in the morning in Berlin.
const MORNING: &str = "2030-01-08T09:00:00Z";
/// An id that no member has.
const NO_ONE: &str = "0e0e0e0e-0e0e-4e0e-8e0e-0e0e0e0e0e0e";
const QUESTION: &str = "We are 200 people and need a quote";

/// Two chats of Bo, of which the second was answered, before Bo is away; Cy is there.
fn with_chats() -> (Office, Chat, Chat) {
    let office = Office::open(MORNING);
    office.sets(&office.cy, &json!({"state": "away"}));
    let [waiting, answered] = [1, 2].map(|visitor| office.writes(visitor, QUESTION));
    assert_eq!(rep_writes(&office.knock, &answered, 9, "Hello, happy to help!"), 201);
    office.sets(&office.cy, &json!({}));
    (office, waiting, answered)
}

fn hands_over(office: &Office, by: &Browser, of: &str, body: &Value) -> Reply {
    by.ask(&office.knock, "POST", &format!("/api/v1/members/{of}/hand-over"), body)
}

fn absence(reply: Reply) -> Value {
    assert_eq!(reply.code, 200, "{}", reply.body);
    reply.body["absence"].clone()
}

/// The absence of Bo as the admin sees it.
fn seen(office: &Office) -> Value {
    let reps = office.admin.get(&office.knock, "/api/v1/reps").body["reps"].clone();
    let bo = reps.as_array().expect("a list").iter().find(|rep| rep["email"] == "bo@us.example").cloned();
    bo.expect("a rep")["absence"].clone()
}

#[test]
fn who_is_away_without_an_end_hands_over_their_chats_and_no_one_elses() {
    let (office, waiting, answered) = with_chats();
    let [bo, cy] = ["bo@us.example", "cy@us.example"].map(|email| office.id(email));
    let now = office.knock.now();
    let offered = absence(office.bo.ask(&office.knock, "PUT", "/api/v1/availability/state", &json!({"state": "away"})));
    let since = offered["since"].as_i64().expect("an instant");
    assert!((since - now).abs() < HOUR, "{since} {now}");
    let expected = json!({"since": since, "is_long": false, "will_be_long": true, "open_chats": 2, "waiting_chats": 1});
    assert_eq!(offered, expected);

    for (by, of, body, code, pointer) in [
        (&office.cy, &bo, json!({"to": cy}), 403, "path/id"),
        (&office.bo, &bo, json!({"to": bo}), 422, "/to"),
        (&office.bo, &bo, json!({"to": NO_ONE}), 422, "/to"),
        (&office.admin, &NO_ONE.to_owned(), json!({}), 404, ""),
    ] {
        let reply = hands_over(&office, by, of, &body);
        assert_eq!(reply.code, code, "{}", reply.body);
        assert_eq!(reply.body["errors"][0]["pointer"].as_str().unwrap_or_default(), pointer, "{}", reply.body);
    }
    let reply = hands_over(&office, &office.bo, &bo, &json!({"to": cy}));
    assert_eq!((reply.code, reply.body), (200, json!({"chats": 2, "kept": 0})));
    assert_eq!([&waiting, &answered].map(|chat| office.owner(chat)), ["cy@us.example"; 2].map(Value::from));
    let again = hands_over(&office, &office.bo, &bo, &json!({"to": cy}));
    assert_eq!(again.body, json!({"chats": 0, "kept": 0}));
    assert_eq!(office.pool(), json!([bo, cy]), "rules keep the member");
    let entries = office.knock.get("/api/v1/audit?action=member.handed_over", &office.key).body["entries"].clone();
    assert_eq!(entries.as_array().map(Vec::len), Some(1), "nothing was left to hand over: {entries}");
    assert_eq!(entries[0]["actor"]["name"], "bo@us.example");
    assert_eq!(entries[0]["after"], json!({"chats": 2, "kept": 0, "successor": cy}));
}

#[test]
fn chats_without_a_successor_go_by_the_rules_or_wait_for_the_team() {
    let (office, waiting, answered) = with_chats();
    let bo = office.id("bo@us.example");
    for who in [&office.bo, &office.cy] {
        office.sets(who, &json!({"state": "away"}));
    }
    assert_eq!(hands_over(&office, &office.admin, &bo, &json!({})).body, json!({"chats": 2, "kept": 0}));
    assert_eq!(office.record(&waiting).1["outcome"], "waiting");
    assert!(office.is_in(&waiting, "waiting") && office.is_in(&answered, "unassigned"));
    office.sets(&office.cy, &json!({}));
    advance(&office.knock, 1);
    assert_eq!([&waiting, &answered].map(|chat| office.owner(chat)), ["cy@us.example"; 2].map(Value::from));
}

#[test]
fn a_chat_whose_rule_names_the_absent_member_alone_stays_theirs() {
    let (office, waiting, _) = with_chats();
    let bo = office.id("bo@us.example");
    office.rule(&json!({"rep": bo}));
    office.sets(&office.bo, &json!({"state": "away"}));
    assert_eq!(hands_over(&office, &office.admin, &bo, &json!({})).body, json!({"chats": 0, "kept": 2}));
    assert_eq!(office.owner(&waiting), json!("bo@us.example"));
}

#[test]
fn an_absence_is_long_after_the_end_of_the_next_working_day_or_the_hours_of_the_team() {
    let (office, ..) = with_chats();
    let works = hours(&[("09:00", "17:00")])["hours"].clone();
    // From Tuesday at ten until Wednesday at five.
    let tomorrow = office.knock.now() + 30 * HOUR;
    let away = |until: i64| json!({"state": "away", "away_until": until, "hours": works});
    office.sets(&office.bo, &away(tomorrow));
    assert_eq!((&seen(&office)["will_be_long"], &seen(&office)["is_long"]), (&json!(false), &json!(false)));
    let since = seen(&office)["since"].clone();
    advance(&office.knock, 2 * HOUR);
    office.sets(&office.bo, &away(tomorrow + 2 * HOUR));
    assert_eq!((&seen(&office)["will_be_long"], &seen(&office)["since"]), (&json!(true), &since));
    advance(&office.knock, 28 * HOUR);
    assert_eq!(seen(&office)["is_long"], json!(false));
    advance(&office.knock, HOUR);
    assert_eq!((&seen(&office)["is_long"], &seen(&office)["open_chats"]), (&json!(true), &json!(2)));

    let set = |settings: Value| {
        assert_eq!(office.admin.ask(&office.knock, "PUT", "/api/v1/notifications/team", &settings).code, 200);
    };
    set(json!({"absence_hours": 0}));
    assert_eq!((&seen(&office)["will_be_long"], &seen(&office)["is_long"]), (&json!(false), &json!(false)));
    set(json!({"absence_hours": 31}));
    assert_eq!(seen(&office)["is_long"], json!(true));
    advance(&office.knock, 2 * HOUR);
    assert_eq!(seen(&office), Value::Null, "the member is back");
}

#[test]
fn chats_that_wait_for_an_absent_member_are_in_waiting_for_everybody() {
    let (office, waiting, _) = with_chats();
    let is_seen = || {
        let page = office.cy.get(&office.knock, "/api/v1/conversations?view=waiting").body;
        page["conversations"].as_array().expect("a list").iter().any(|row| row["id"] == json!(waiting.id))
    };
    office.sets(&office.bo, &json!({"state": "away"}));
    assert_eq!((office.owner(&waiting), is_seen()), (json!("bo@us.example"), true));
    office.sets(&office.bo, &hours(&[("20:00", "21:00")]));
    assert_eq!((office.owner(&waiting), is_seen()), (json!("bo@us.example"), true), "outside their working hours");
}
