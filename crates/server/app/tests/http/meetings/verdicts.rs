//! The verdicts of the meeting rules for an address (RF-09..RF-11, MS-03, MS-04).

use super::{Office, TUESDAY_TEN};
use serde_json::json;

#[test]
fn a_fake_or_throw_away_address_is_spam_and_a_human_can_say_no() {
    let office = Office::open();
    for (visitor, email) in [(1, "test@test.com"), (2, "joe@mailinator.com")] {
        assert_eq!(office.opens(visitor).code, 201);
        let said = office.gives(visitor, email).body;
        assert_eq!((&said["verdict"], &said["reason"]), (&json!("spam"), &json!("Spam")), "{email}");
        let booked = office.books(visitor, email, TUESDAY_TEN);
        assert_eq!((booked.code, booked.text("type")), (403, "urn:knock:problem:booking-spam".into()));
    }
    let spam = office.knock.get("/api/v1/meeting-leads?status=Spam", &office.key).body;
    let leads = spam["leads"].as_array().expect("a list");
    let refused: Vec<_> = leads.iter().map(|lead| lead["refused_email"].clone()).collect();
    assert_eq!(refused, ["joe@mailinator.com", "test@test.com"]);
    let contacts = office.knock.get("/api/v1/contacts", &office.key).body;
    assert_eq!(contacts["contacts"], json!([]), "they are in no list (MS-08)");

    let id = leads[0]["lead"].as_str().expect("an id");
    let record = office.knock.get(&format!("/api/v1/contacts/{id}"), &office.key);
    assert_eq!((record.code, &record.body["meetings"]["status"]), (200, &json!("Spam")), "a list leads to it");
    let path = format!("/api/v1/meeting-leads/{id}/not-spam");
    assert_eq!(office.admin.ask(&office.knock, "POST", &path, &json!({})).code, 204);
    assert_eq!(office.admin.ask(&office.knock, "POST", &path, &json!({})).code, 404, "once");
    let new = office.knock.get("/api/v1/meeting-leads?status=New", &office.key).body;
    assert_eq!(new["leads"][0]["lead"], json!(id));
}

#[test]
fn a_private_address_is_unqualified_where_the_rule_says_so_and_one_of_a_company_after_it_is_not() {
    let office = Office::open();
    let admin = office.admin.id_of(&office.knock, "admin@localhost");
    let fallback = json!({"assign": {"calendar": "single", "reps": [admin]}});
    office.rule(&json!({"name": "Meetings", "funnel": "meeting", "reject_private_email": true, "segments": [],
        "fallback": fallback}));
    assert_eq!(office.opens(1).code, 201);
    let said = office.gives(1, "ann@gmail.com").body;
    assert_eq!((&said["verdict"], &said["reason"]), (&json!("unqualified"), &json!("private email")));
    let known = office.contact("ann@gmail.com")["meetings"].clone();
    assert_eq!((&known["status"], &known["reject_reason"]), (&json!("Unqualified"), &json!("private email")));
    assert_eq!(office.starts("ann@gmail.com", ""), Vec::<String>::new());

    assert_eq!(office.gives(1, "ann@first.example").body["verdict"], "ok");
    let known = office.contact("ann@first.example")["meetings"].clone();
    assert_eq!((&known["status"], &known["reject_reason"]), (&json!("New"), &json!(null)), "{known}");
}

#[test]
fn a_segment_disqualifies_and_without_a_calendar_a_lead_stays_qualified() {
    let office = Office::open();
    let away = office.rep("bo");
    let fallback = json!({"assign": {"calendar": "single", "reps": [away]}});
    let when = json!({"field": "email", "op": "ends_with", "value": "@rival.example"});
    let segments = json!([{"id": "rivals", "name": "Rivals", "enabled": true, "when": when, "disqualify": true}]);
    office.rule(&json!({"name": "Meetings", "funnel": "meeting", "segments": segments, "fallback": fallback}));
    let said = office.gives(1, "joe@rival.example").body;
    assert_eq!((&said["verdict"], &said["reason"]), (&json!("unqualified"), &json!("routing")), "{said}");

    let path = format!("/api/v1/members/{away}/availability");
    assert_eq!(office.admin.ask(&office.knock, "PUT", &path, &json!({"state": "away"})).code, 200);
    let said = office.gives(2, "cat@second.example").body;
    assert_eq!((&said["verdict"], &said["reason"]), (&json!("unbookable"), &json!("no_calendar")), "{said}");
    let known = office.contact("cat@second.example")["meetings"].clone();
    assert_eq!(known["status"], "New", "never Unqualified");
}

#[test]
fn what_is_wrong_is_named() {
    let office = Office::open();
    let base = super::request(1, "ann@first.example", TUESDAY_TEN);
    for (field, value, pointer) in [
        ("email", json!("no-address"), "/email"),
        ("start", json!("tomorrow"), "/start"),
        ("tz", json!("Mars/Olympus"), "/tz"),
        ("name", json!("x".repeat(201)), "/name"),
    ] {
        let mut body = base.clone();
        body[field] = value;
        let reply = office.post("/v1/meetings", &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{}", reply.body);
    }
    let mut nowhere = base;
    nowhere["link"] = json!("no-such-link");
    assert_eq!(office.post("/v1/meetings", &nowhere).code, 404);
    assert_eq!(office.meetings(), Vec::<serde_json::Value>::new());
}
