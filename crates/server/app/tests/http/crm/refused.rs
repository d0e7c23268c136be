//! Addresses that are refused as spam for a meeting (MS-03): a contact with one is marked, and none is made.

use super::Office;
use crate::members::Browser;
use knock_testing::visitor_id;
use serde_json::{Value, json};

const KNOWN: &str = "joe@mailinator.com";
const UNKNOWN: &str = "eve@mailinator.com";
const ANN: &str = "ann@acme.example";

impl Office {
    /// Gives an address for a meeting in a browser; the verdict.
    fn gives(&self, visitor: u64, email: &str) -> Value {
        let given = json!({"link": "meeting", "visitor": visitor_id(visitor), "email": email});
        self.knock.post("/v1/meetings/email", &given).body["verdict"].clone()
    }

    fn is_in_hubspot(&self, email: &str) {
        self.hubspot.control("POST", "records", &json!({"object": "contacts", "properties": {"email": email}}));
    }

    /// Meeting Status, reason and rejecter of the contact with an address; empty ones are null.
    fn marks(&self, email: &str) -> [Value; 3] {
        self.settle();
        let contact = self.contact(email).unwrap_or_default();
        ["knock_meeting_status", "knock_reject_reason", "knock_rejected_by"].map(|name| match &contact[name] {
            Value::String(text) if text.is_empty() => Value::Null,
            value => value.clone(),
        })
    }

    /// Says that the lead whose address was refused is no spam.
    fn is_no_spam(&self, email: &str) {
        let leads = self.knock.get("/api/v1/meeting-leads?status=Spam", &self.key).body["leads"].clone();
        let lead = leads.as_array().expect("a list").iter().find(|lead| lead["refused_email"] == email);
        let lead = lead.expect("a refused lead")["lead"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/meeting-leads/{lead}/not-spam");
        assert_eq!(Browser::admin(&self.knock).ask(&self.knock, "POST", &path, &json!({})).code, 204);
    }
}

#[test]
fn a_refused_address_marks_the_contact_that_has_it_and_makes_none() {
    let office = Office::synced();
    office.turn_on(&json!({"other_sources": true, "create_contact": "form"}));
    office.is_in_hubspot(KNOWN);
    assert_eq!((office.gives(1, KNOWN), office.gives(2, UNKNOWN)), (json!("spam"), json!("spam")));
    assert_eq!(office.marks(KNOWN), [json!("Spam"), json!("Spam"), json!("AI")]);
    let contact = office.contact(KNOWN).expect("a contact");
    assert!(contact["knock_intent_score"].is_null() && contact["knock_intent_type"].is_null(), "{contact}");
    assert_eq!(office.contact(UNKNOWN), None);
    office.is_no_spam(KNOWN);
    office.is_no_spam(UNKNOWN);
    assert_eq!(office.marks(KNOWN), [json!("New"), Value::Null, Value::Null]);
    assert_eq!(office.contact(UNKNOWN), None, "no spam any more, and never a contact");
    assert_eq!(office.health()["failures"], json!([]));
}

#[test]
fn the_good_address_after_it_is_another_contact_with_everything() {
    let office = Office::synced();
    office.is_in_hubspot(KNOWN);
    office.is_in_hubspot(ANN);
    assert_eq!(office.gives(1, KNOWN), "spam");
    assert_eq!(office.marks(KNOWN), [json!("Spam"), json!("Spam"), json!("AI")]);
    assert_ne!(office.gives(1, ANN), "spam");
    assert_eq!(office.marks(ANN), [json!("New"), Value::Null, Value::Null]);
    let contact = office.contact(ANN).expect("a contact");
    assert!(contact["knock_intent_score"].is_string(), "{contact}");
    assert_eq!(office.marks(KNOWN)[0], "Spam", "the refused one stays as it was");
}
