//! The limits of future meetings of one lead and of one browser.

use super::{Office, browser, request};
use crate::support::{Knock, Reply};
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
    // The last one of the lead, and of the address.
    let office = Office::of(Knock::start_with(&[("KNOCK_MEETINGS_BOOKINGS_PER_IP", &MOST.to_string())]));
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

/// The starts of the week of that Tuesday.
fn week(office: &Office) -> Vec<String> {
    office.starts("zoe@other.example", "&from=2026-06-02&to=2026-06-12")
}

fn from_address(office: &Office, address: &str, visitor: u64, start: &str) -> Reply {
    let body = request(visitor, &format!("lead{visitor}@firm{visitor}.example"), start).to_string();
    let headers =
        [("content-type", "application/json"), ("x-forwarded-for", address), ("origin", office.knock.url.as_str())];
    office.knock.send("POST", "/v1/meetings", &headers, Some(body.as_bytes()))
}

#[test]
fn one_address_books_thirty_meetings_an_hour_at_most() {
    let settings = [("KNOCK_HTTP_TRUSTED_PROXIES", "127.0.0.0/8")];
    let office = Office::of(Knock::start_with(&settings));
    let starts = week(&office);
    let taken = from_address(&office, "2001:db8::1", 1, &starts[0]);
    assert_eq!(taken.code, 201, "{}", taken.body);
    // A slot that is gone books nothing, and does not count.
    assert_eq!(from_address(&office, "2001:db8::1", 2, &starts[0]).code, 409);
    for (visitor, start) in (3..32).zip(&starts[1..]) {
        let reply = from_address(&office, "2001:db8::2", visitor, start);
        assert_eq!(reply.code, 201, "{visitor} {}", reply.body);
    }
    let refused = from_address(&office, "2001:db8::3", 50, &starts[40]);
    assert_eq!((refused.code, refused.header("retry-after").is_some()), (429, true), "{}", refused.body);
    assert_eq!(office.meetings().len(), 30);
    assert_eq!(from_address(&office, "2001:db8:0:1::3", 50, &starts[40]).code, 201, "another network");
}

#[test]
fn a_meeting_is_moved_twenty_times_a_day_at_most() {
    let office = Office::open();
    let starts = week(&office);
    let booked = office.books(1, ANN, &starts[0]);
    let path = format!("/v1/bookings/{}/reschedule", booked.text("token"));
    let shift = |start: &str| office.post(&path, &json!({"start": start}));
    for round in 0..20 {
        let moved = shift(&starts[1 + round % 2]);
        assert_eq!(moved.code, 200, "{round} {}", moved.body);
    }
    let refused = shift(&starts[5]);
    assert_eq!((refused.code, &refused.body["type"]), (422, &json!("urn:knock:problem:too-many-changes")));
    assert!(refused.text("detail").contains("20 times"), "{}", refused.body);
    let own = json!({"start_at": 1_780_488_000_000_i64});
    let patch = format!("/api/v1/meetings/{}", booked.text("meeting"));
    assert_eq!(office.admin.ask(&office.knock, "PATCH", &patch, &own).code, 200, "the team is not limited");
    office.knock.advance(86_400_000);
    assert_eq!(shift(&starts[30]).code, 200, "the next day");
    let cancelled = office.post(&path.replace("reschedule", "cancel"), &json!({}));
    assert_eq!(cancelled.code, 200, "it can always be cancelled");
}

#[test]
fn what_bookings_store_is_counted_with_the_other_bytes_of_an_address() {
    let settings = [("KNOCK_INGEST_BYTES_PER_IP", "1")];
    let office = Office::of(Knock::start_with(&settings));
    let starts = starts(&office);
    let question = |id: usize| json!({"id": format!("q{id}"), "label": "Why?", "kind": "text"});
    let questions: Vec<Value> = (0..10).map(question).collect();
    let link = json!({"slug": "demo", "name": "Demo", "funnel": "meeting", "questions": questions});
    assert_eq!(office.knock.ask("POST", "/api/v1/links", &office.key, &link).code, 201);
    let answers: Value = (0..10).map(|id| (format!("q{id}"), json!("x".repeat(500)))).collect();
    let give = |visitor: u64| {
        let (visitor, email) = (browser(visitor), format!("lead{visitor}@firm{visitor}.example"));
        let given = json!({"link": "demo", "visitor": visitor, "session": visitor, "email": email, "answers": answers});
        office.post("/v1/meetings/email", &given)
    };
    // Two megabytes at once.
    let refused = (1..150).map(give).find(|reply| reply.code != 200).expect("in the end");
    assert_eq!((refused.code, refused.text("detail").as_str()), (429, "more bytes than this address may send"));
    let opens = (1..50).map(|visitor| office.opens(visitor)).find(|reply| reply.code != 201).expect("in the end");
    assert_eq!(opens.code, 429);
    assert_eq!(office.books(1, ANN, &starts[0]).code, 429);
    let chat = json!({"site": office.knock.site(), "visitor": browser(5_000), "session": browser(5_000)});
    let headers = [("content-type", "application/json"), ("origin", crate::support::ORIGIN)];
    let opened = office.knock.send("POST", "/v1/chat", &headers, Some(chat.to_string().as_bytes()));
    assert_eq!(opened.code, 429, "one bucket for all: {}", opened.body);
}
