//! The leads who are written: an excluded lead is in no request, whatever happens.

use super::{Office, SETTINGS};
use serde_json::{Value, json};

const ANN: &str = "ann@acme.example";
const EVE: &str = "eve@canary.example";

impl Office {
    /// All requests to HubSpot, as text.
    fn traffic(&self) -> String {
        self.hubspot.control("GET", "calls", &Value::Null).to_string()
    }

    fn held(&self) -> Vec<String> {
        let tried = self.ask("POST", &format!("{SETTINGS}/dry-run"), &Value::Null).body;
        let held = tried["held"].as_array().expect("a list").iter();
        held.map(|one| one["reason"].as_str().expect("a sentence").to_owned()).collect()
    }
}

#[test]
fn a_lead_who_did_not_connect_via_knock_leaves_by_the_second_switch_alone() {
    let office = Office::synced();
    office.is_known(1, EVE);
    office.writes(2, ANN, "We need a quote");
    office.settle();
    assert!(office.traffic().contains(ANN) && !office.traffic().contains(EVE));
    assert!(office.held()[0].contains("did not connect via Knock"), "{:?}", office.held());
    office.hubspot.control("POST", "records", &json!({"object": "contacts", "properties": {"email": EVE}}));
    office.turn_on(&json!({"other_sources": true}));
    office.site.visitor(1).sends(&office.knock, &[crate::support::identify(office.knock.now(), 3, EVE)]);
    let pages = (0..8).map(|n| crate::support::signal(office.knock.now(), 10 + n, "page_view", "/pricing"));
    let pages: Vec<Value> = pages.collect();
    office.site.visitor(1).sends(&office.knock, &pages);
    office.settle();
    assert!(office.traffic().contains(EVE));
}

#[test]
fn a_lead_without_consent_is_in_no_write() {
    let office = Office::synced();
    assert_eq!(office.ask("PUT", "/api/v1/privacy", &json!({"waits_for_consent": true})).code, 200);
    let chat = office.site.visitor(1).opens_chat(&office.knock);
    assert_eq!(chat.write(&office.knock, 1, &format!("We need a quote, I am {EVE}")).code, 201);
    office.settle();
    assert!(!office.traffic().contains(EVE), "{}", office.traffic());
    assert!(office.held()[0].contains("consent"), "{:?}", office.held());
}

#[test]
fn a_lead_outside_the_accept_list_is_in_no_write() {
    let office = Office::synced();
    office.turn_on(&json!({"accept": ["support"]}));
    office.writes(1, EVE, "We need a quote for 200 people");
    office.settle();
    assert_eq!((office.written(), office.contact(EVE)), (Vec::new(), None));
    assert!(office.held()[0].contains("none of the segments"), "{:?}", office.held());
}

#[test]
fn spam_changes_a_contact_that_is_there_and_makes_none() {
    let office = Office::synced();
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    assert_eq!(chat.act(&office.knock, &office.key, &json!("mark_spam")), 204);
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["knock_chat_status"], "Spam");
    let other = office.site.visitor(2).opens_chat(&office.knock);
    office.is_known(2, EVE);
    assert_eq!(other.act(&office.knock, &office.key, &json!("mark_spam")), 204);
    office.settle();
    assert_eq!(office.contact(EVE), None);
}

#[test]
fn an_unqualified_lead_changes_a_contact_that_is_there_and_makes_none() {
    let office = Office::synced();
    let admin = office.knock.get("/api/v1/members", &office.key).body["members"][0]["id"].clone();
    let path = "/api/v1/rules/default_meeting";
    let rule = json!({"name": "Meetings", "funnel": "meeting", "reject_private_email": true, "segments": [],
        "fallback": {"assign": {"calendar": "single", "reps": [admin]}}});
    let reply = office.ask("PUT", path, &rule);
    assert_eq!(reply.code, 200, "{}", reply.body);
    let gives = |visitor: u64, email: &str| {
        let given = json!({"link": "meeting", "visitor": knock_testing::visitor_id(visitor), "email": email});
        assert_eq!(office.knock.post("/v1/meetings/email", &given).body["verdict"], "unqualified");
    };
    let known = "known.lead@gmail.com";
    office.hubspot.control("POST", "records", &json!({"object": "contacts", "properties": {"email": known}}));
    gives(1, known);
    gives(2, "other.lead@gmail.com");
    office.settle();
    assert_eq!(office.contact(known).expect("a contact")["knock_meeting_status"], "Unqualified");
    assert_eq!(office.contact("other.lead@gmail.com"), None);
}

#[test]
fn what_happens_while_the_switch_is_off_or_after_an_erasure_is_in_no_request() {
    let office = Office::synced();
    let chat = office.writes(1, EVE, "We need a quote");
    let mut draft = office.draft(&json!({}));
    draft["enabled"] = json!(false);
    assert_eq!(office.ask("PUT", &SETTINGS, &draft).code, 200);
    office.hubspot.control("DELETE", "calls", &Value::Null);
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    office.knock.advance(super::SECOND);
    let erased = office.ask("POST", "/api/v1/persons/erase", &json!({"email": EVE}));
    assert_eq!(erased.code, 200, "{}", erased.body);
    office.turn_on(&json!({}));
    assert_eq!(office.ask("POST", &format!("{SETTINGS}/resync"), &Value::Null).code, 202);
    office.writes(2, ANN, "We need a quote");
    office.settle();
    assert!(office.traffic().contains(ANN) && !office.traffic().contains(EVE), "{}", office.traffic());
}

#[test]
fn a_contact_is_made_from_the_status_that_the_settings_say() {
    let office = Office::synced();
    office.turn_on(&json!({"create_contact": "qualified_not_booked"}));
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    assert_eq!(office.contact(ANN), None);
    assert_eq!(chat.act(&office.knock, &office.key, &json!("open_deal")), 204);
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["knock_chat_status"], "Qualified");
}
