//! The limits of future meetings of one lead and of one browser.

use super::{Office, browser, request};
use crate::support::Reply;
use serde_json::{Value, json};

const ANN: &str = "ann@first.example";
const MOST: usize = 5;

/// Books one start after another by the visitor and address of `who`; the status codes.
fn book(office: &Office, starts: &[String], who: impl Fn(usize) -> (u64, String)) -> Vec<u16> {
    let booked = starts.iter().enumerate().map(|(place, start)| {
        let (visitor, email) = who(place);
        office.books(visitor, &email, start).code
    });
    booked.collect()
}

fn is_too_many(reply: &Reply) -> bool {
    (reply.code, &reply.body["type"]) == (422, &json!("urn:knock:problem:too-many-meetings"))
}

/// The starts of Tuesday.
fn starts(office: &Office) -> Vec<String> {
    office.starts("zoe@other.example", "&from=2026-06-02&to=2026-06-03")
}

#[test]
fn a_lead_has_five_meetings_to_come_at_most() {
    let office = Office::open();
    let starts = starts(&office);
    let codes = book(&office, &starts[..MOST], |place| (1 + place as u64, ANN.to_owned()));
    assert_eq!(codes, [201; MOST], "by five browsers");
    let next = &starts[MOST];
    for refused in [office.books(9, ANN, next), office.holds(9, ANN, next)] {
        assert!(is_too_many(&refused), "{} {}", refused.code, refused.body);
        assert!(refused.text("detail").contains("There are 5 meetings to come already"), "{}", refused.body);
    }
    let mut german = request(9, ANN, next);
    german["language"] = json!("de-AT");
    let refused = office.post("/v1/meetings", &german);
    assert!(refused.text("detail").contains("bereits 5 Termine"), "{}", refused.body);
    assert_eq!(office.meetings().len(), MOST, "nothing of it was kept");
    assert_eq!(office.books(10, "cat@second.example", next).code, 201, "others are not concerned");

    // A cancelled meeting makes room for another, and any of them can be rescheduled.
    let own: Vec<Value> = office.meetings().into_iter().filter(|meeting| meeting["email"] == ANN).collect();
    let change = |place: usize, change: &Value| {
        let path = format!("/api/v1/meetings/{}", own[place]["id"].as_str().expect("an id"));
        office.admin.ask(&office.knock, "PATCH", &path, change).code
    };
    assert_eq!(change(1, &json!({"start_at": 1_780_488_000_000_i64})), 200);
    assert_eq!(change(0, &json!({"cancel": ""})), 200);
    assert_eq!(office.books(9, ANN, &starts[MOST + 1]).code, 201);
    assert!(is_too_many(&office.books(9, ANN, &starts[MOST + 2])));
}

#[test]
fn a_browser_has_five_meetings_to_come_at_most_whatever_addresses_it_gives() {
    let office = Office::open();
    let starts = starts(&office);
    let of = |place: usize| (1, format!("lead{place}@firm{place}.example"));
    assert_eq!(book(&office, &starts[..MOST], of), [201; MOST]);
    let refused = office.books(1, "next@second.example", &starts[MOST]);
    assert!(is_too_many(&refused), "{} {}", refused.code, refused.body);
    assert_eq!(office.books(2, "next@second.example", &starts[MOST]).code, 201);
    // Past meetings do not count.
    office.knock.set_clock(&json!({"now": "2026-06-02T16:00:00Z"}));
    let friday = office.starts("zoe@other.example", "&from=2026-06-05&to=2026-06-06");
    assert_eq!(office.books(1, "late@third.example", &friday[0]).code, 201);
}

#[test]
fn the_request_that_booked_the_last_one_has_the_same_answer_again() {
    let office = Office::open();
    let starts = starts(&office);
    assert_eq!(book(&office, &starts[..MOST - 1], |_| (1, ANN.to_owned())), [201; MOST - 1]);
    let body = request(1, ANN, &starts[MOST]).to_string();
    let headers = [("content-type", "application/json"), ("idempotency-key", "a"), ("origin", &*office.knock.url)];
    let send = || office.knock.send("POST", "/v1/meetings", &headers, Some(body.as_bytes()));
    let (first, again) = (send(), send());
    assert_eq!((first.code, again.code), (201, 201), "{}", again.body);
    assert_eq!(first.body, again.body);
}

#[test]
fn what_was_answered_with_another_address_says_nothing_of_this_one() {
    let office = Office::open();
    let questions = json!([{"id": "size", "label": "Team size", "kind": "text", "field": "team_size"}]);
    let link = json!({"slug": "demo", "name": "Demo", "funnel": "meeting", "questions": questions});
    assert_eq!(office.knock.ask("POST", "/api/v1/links", &office.key, &link).code, 201);
    let admin = office.admin.id_of(&office.knock, "admin@localhost");
    let when = json!({"field": "custom.team_size", "op": "eq", "value": "1"});
    let segments = json!([{"id": "small", "name": "Small", "enabled": true, "when": when, "disqualify": true}]);
    let fallback = json!({"assign": {"calendar": "single", "reps": [admin]}});
    office.rule(&json!({"name": "Meetings", "funnel": "meeting", "segments": segments, "fallback": fallback}));
    let gives = |email: &str, answers: Value| {
        let (visitor, session) = (browser(1), browser(1));
        let given = json!({"link": "demo", "visitor": visitor, "session": session, "email": email, "answers": answers});
        office.post("/v1/meetings/email", &given).body["verdict"].clone()
    };
    // An invented address makes no contact: the lead stays the same.
    assert_eq!(gives("test@test.com", json!({"size": "1"})), "spam");
    assert_eq!(gives(ANN, json!({})), "ok", "who writes under this address did not answer");
    assert_eq!(gives(ANN, json!({"size": "1"})), "unqualified");
    assert_eq!(gives(ANN, json!({})), "unqualified", "answered with this address");
    assert_eq!(gives("ann@second.example", json!({})), "ok");
}
