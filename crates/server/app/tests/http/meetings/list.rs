//! Lists of meetings, from the first to the last and from the last to the first.

use super::{Office, TUESDAY_TEN};
use serde_json::{Value, json};

/// The starts of all meetings, two to a page.
fn starts(office: &Office, more: &str) -> Vec<i64> {
    let (mut starts, mut after) = (Vec::new(), String::new());
    loop {
        let page = office.knock.get(&format!("/api/v1/meetings?limit=2{more}{after}"), &office.key).body;
        let meetings = page["meetings"].as_array().expect("a list");
        starts.extend(meetings.iter().map(|meeting| meeting["start_at"].as_i64().expect("an instant")));
        let Some(next) = page["next"].as_str() else { return starts };
        after = format!("&after={next}");
    }
}

#[test]
fn a_meeting_has_the_name_that_the_team_gave_its_lead() {
    let office = Office::open();
    assert_eq!(office.books(1, "bo@globex.example", TUESDAY_TEN).code, 201);
    assert_eq!(office.meetings()[0]["name"], "Ann Lee");
    let path =
        format!("/api/v1/contacts/{}", office.contact("bo@globex.example")["contact"]["id"].as_str().expect("an id"));
    assert_eq!(office.knock.ask("PATCH", &path, &office.key, &json!({"name": "Bo Berg"})).code, 200);
    let meeting = office.meetings().remove(0);
    assert_eq!((&meeting["name"], &meeting["email"]), (&json!("Bo Berg"), &json!("bo@globex.example")));
    let leads = office.knock.get("/api/v1/meeting-leads?status=Meeting%20Booked", &office.key).body;
    assert_eq!(leads["leads"][0]["name"], "Bo Berg", "{leads}");
}

#[test]
fn meetings_are_read_from_either_end() {
    let office = Office::open();
    let hours = ["2026-06-02T10:00:00Z", TUESDAY_TEN, "2026-06-02T09:00:00Z"];
    for (visitor, start) in (1..).zip(hours) {
        assert_eq!(office.books(visitor, &format!("ann@{visitor}.example"), start).code, 201);
    }
    let [ten, eleven, twelve] = [0, 1, 2].map(|hours| 1_780_387_200_000_i64 + hours * super::HOUR);
    assert_eq!(starts(&office, ""), [ten, eleven, twelve]);
    assert_eq!(starts(&office, "&sort=start_at"), [ten, eleven, twelve]);
    assert_eq!(starts(&office, "&sort=-start_at"), [twelve, eleven, ten]);
    assert_eq!(starts(&office, &format!("&sort=-start_at&to={twelve}")), [eleven, ten]);
    let wrong: Value = office.knock.get("/api/v1/meetings?sort=owner", &office.key).body;
    assert_eq!(wrong["errors"][0]["pointer"], json!("query/sort"));
}
