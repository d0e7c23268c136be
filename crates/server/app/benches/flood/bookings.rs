//! Addresses with long answers, bookings for strangers, and moves of each meeting to and fro.

use crate::attack::FROM;
use crate::texts::noise;
use knock_testing::{JSON, Reply, TestServer, visitor_id};
use serde_json::{Value, json};

/// The link, whose ten questions take as much text as they may.
const LINK: &str = "flood";
const QUESTIONS: usize = 10;
/// Moves of each meeting.
const MOVES: usize = 6;

/// Makes the link.
pub(crate) fn prepare(server: &TestServer) {
    let question = |place: usize| json!({"id": format!("q{place}"), "label": "Why?", "kind": "text"});
    let questions: Vec<Value> = (0..QUESTIONS).map(question).collect();
    let link = json!({"slug": LINK, "name": "Flood", "funnel": "meeting", "questions": questions});
    let made = server.ask("POST", "/api/v1/links", &server.admin_key(), &link);
    assert_eq!(made.code, 201, "{}", made.body);
}

/// Gives an address, books, and moves the meeting; whether the address was taken.
pub(crate) fn send(server: &TestServer, _: &str, number: u64) -> bool {
    let (visitor, email) = (visitor_id(number), format!("{}@{}.example", noise(20), noise(20)));
    let answers: Value = (0..QUESTIONS).map(|place| (format!("q{place}"), json!(noise(500)))).collect();
    let given = json!({"link": LINK, "visitor": visitor, "session": visitor, "email": email, "answers": answers});
    if post(server, "/v1/meetings/email", &given).code != 200 {
        return false;
    }
    let path = format!("/v1/meetings/slots?link={LINK}&email={email}&tz=UTC");
    let found = server.send("GET", &path, &[("origin", &server.url), FROM], None).body;
    let starts: Vec<&Value> = found["slots"].as_array().into_iter().flatten().map(|slot| &slot["start"]).collect();
    let Some(first) = starts.first() else { return true };
    let mut booking = given;
    (booking["start"], booking["tz"], booking["name"]) = ((*first).clone(), json!("UTC"), json!(noise(100)));
    let booked = post(server, "/v1/meetings", &booking);
    if booked.code == 201 {
        let path = format!("/v1/bookings/{}/reschedule", booked.text("token"));
        starts.iter().cycle().skip(1).take(MOVES).for_each(|start| drop(post(server, &path, &json!({"start": start}))));
    }
    true
}

fn post(server: &TestServer, path: &str, body: &Value) -> Reply {
    server.send("POST", path, &[JSON, ("origin", &server.url), FROM], Some(body.to_string().as_bytes()))
}
