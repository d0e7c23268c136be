//! Held leads are in no request to HubSpot, whatever happens beside them.

use super::{Office, SETTINGS};
use serde_json::{Value, json};

const ANN: &str = "ann@acme.example";
/// The common domain of the addresses that must not be written.
const CANARY: &str = "canary.example";

impl Office {
    /// Calls all routes of the sync, with an outage in between.
    fn goes_through_everything(&self) {
        self.settle();
        self.hubspot.control("PUT", "outage", &json!({"on": true, "status": 503}));
        let post = |path: &str, body: &Value| self.ask("POST", &format!("{SETTINGS}/{path}"), body);
        assert_eq!(post("dry-run", &Value::Null).code, 200);
        assert_eq!(post("resync", &Value::Null).code, 202);
        self.knock.advance(3_600_000);
        self.hubspot.control("PUT", "outage", &json!({"on": false}));
        self.in_time();
        assert_eq!(post("retry", &json!({})).code, 200);
        assert_eq!(post("pause", &json!({"is_paused": true})).code, 200);
        assert_eq!(post("pause", &json!({"is_paused": false})).code, 200);
        assert_eq!(post("resync", &Value::Null).code, 202);
        // All changes of status by timers.
        self.knock.advance(13 * 24 * 3_600_000);
        self.in_time();
        self.settle();
    }

    /// The requests that name a canary.
    fn canaries(&self) -> Vec<Value> {
        let calls = self.hubspot.control("GET", "calls", &Value::Null);
        let calls = calls.as_array().cloned().unwrap_or_default().into_iter();
        calls.filter(|call| call.to_string().contains(CANARY)).collect()
    }
}

/// The settings with which all kinds of records are written.
fn everything() -> Value {
    json!({"timeline": true, "meetings": true})
}

#[test]
fn a_lead_who_did_not_connect_via_knock_is_in_no_request() {
    let office = Office::synced();
    office.turn_on(&everything());
    for visitor in 10..14 {
        office.is_known(visitor, &format!("seen{visitor}@{CANARY}"));
        office.knock.advance(1_000);
    }
    office.writes(1, ANN, "We need a quote");
    office.goes_through_everything();
    assert!(office.contact(ANN).is_some() && office.canaries().is_empty(), "{:?}", office.canaries());
}

#[test]
fn a_lead_without_consent_is_in_no_request_and_not_looked_up() {
    let office = Office::synced();
    office.turn_on(&everything());
    office.writes(1, ANN, "We need a quote");
    office.settle();
    assert_eq!(office.ask("PUT", "/api/v1/privacy", &json!({"waits_for_consent": true})).code, 200);
    for visitor in 10..14 {
        let chat = office.site.visitor(visitor).opens_chat(&office.knock);
        let text = format!("We need a quote, I am silent{visitor}@{CANARY}");
        assert_eq!(chat.write(&office.knock, visitor, &text).code, 201);
        office.knock.advance(1_000);
    }
    let given =
        json!({"link": "meeting", "visitor": knock_testing::visitor_id(20), "email": format!("books@{CANARY}")});
    let reply = office.knock.post("/v1/meetings/email", &given);
    assert_eq!(reply.code, 200, "{}", reply.body);
    office.goes_through_everything();
    assert!(office.contact(ANN).is_some() && office.canaries().is_empty(), "{:?}", office.canaries());
}

#[test]
fn a_lead_outside_the_accept_list_is_in_no_write() {
    let office = Office::synced();
    office.turn_on(&everything());
    office.turn_on(&json!({"accept": ["support"]}));
    for visitor in 10..14 {
        office.writes(visitor, &format!("buys{visitor}@{CANARY}"), "We need a quote for 200 people");
        office.knock.advance(1_000);
    }
    office.goes_through_everything();
    // Routing may look them up: that is no write.
    let is_look_up = |call: &Value| call["path"].as_str().is_some_and(|path| path.ends_with("/contacts/batch/read"));
    let others: Vec<Value> = office.canaries().into_iter().filter(|call| !is_look_up(call)).collect();
    assert!(others.is_empty() && office.written().is_empty(), "{others:?}");
}
