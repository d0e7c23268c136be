//! A lead who only sends a form is routed by what HubSpot says, as one who chats is.

use super::Office;
use crate::support::{identify, signal};
use knock_testing::stopwatch;
use serde_json::{Value, json};
use std::time::Duration;

const ANN: &str = "ann@acme.example";
const BO: &str = "bo@us.example";
const CY: &str = "cy@acme.example";
const EVE: &str = "eve@acme.example";
/// 800 ms, and the time for the rest on a busy machine.
const SOON: Duration = Duration::from_secs(5);

impl Office {
    /// An office that looks up leads by form, whose contacts in HubSpot are Bo's.
    fn owned_by_bo(crm_aware: &str) -> Office {
        let office = Office::synced();
        office.turn_on(&json!({"other_sources": true}));
        office.owned(crm_aware);
        let contacts = office.hubspot.control("GET", "records/contacts", &Value::Null);
        let owner = &contacts[0]["properties"]["hubspot_owner_id"];
        for email in [CY, EVE] {
            let properties = json!({"email": email, "hubspot_owner_id": owner});
            office.hubspot.control("POST", "records", &json!({"object": "contacts", "properties": properties}));
        }
        office
    }

    /// The first decision about a lead by form.
    fn decision_about(&self, email: &str) -> Value {
        self.knock.get(&self.conversation(email), &self.key).body["decisions"][0].clone()
    }

    /// The look-ups of contacts.
    fn look_ups(&self) -> usize {
        let calls = self.hubspot.control("GET", "calls", &Value::Null);
        let is_one = |call: &&Value| call["path"].as_str().is_some_and(|path| path.contains("contacts/batch/read"));
        calls.as_array().into_iter().flatten().filter(is_one).count()
    }
}

#[test]
fn a_lead_by_form_goes_to_the_owner_of_the_contact_who_is_looked_up_once() {
    let office = Office::owned_by_bo("assign");
    office.sends_form(1, ANN);
    let decision = office.decision_about(ANN);
    assert_eq!((&decision["reason"], &decision["assignee"]), (&json!("crm_owner"), &json!(BO)), "{decision}");
    let first = office.look_ups();
    assert!(first > 0);
    office.sends_form(2, ANN);
    assert_eq!(office.look_ups(), first, "it is known for five minutes");
}

#[test]
fn a_rule_that_only_notifies_names_the_owner_of_a_lead_by_form() {
    let office = Office::owned_by_bo("notify");
    office.sends_form(1, ANN);
    let decision = office.decision_about(ANN);
    assert_ne!(decision["assignee"], json!(BO), "{decision}");
    let notified = decision["notify"].as_array().expect("a list");
    assert!(notified.contains(&json!(format!("dm:{BO}"))), "{decision}");
}

#[test]
fn a_form_and_its_address_may_come_in_two_batches_in_any_order() {
    let office = Office::owned_by_bo("assign");
    let now = office.knock.now();
    let form = |number: u64| {
        let mut form = signal(now, number, "form_submit", "/book-a-demo");
        form["form"] = json!("Book a demo");
        form
    };
    let sends = |visitor: u64, sent: Value| {
        assert_eq!(office.site.visitor(visitor).sends(&office.knock, &[sent]).code, 202);
    };
    sends(1, form(21));
    sends(1, identify(now, 22, CY));
    let before = office.look_ups();
    sends(2, identify(now, 41, EVE));
    assert_eq!(office.look_ups(), before, "an address without a form is not looked up");
    sends(2, form(42));
    for email in [CY, EVE] {
        let decision = office.decision_about(email);
        assert_eq!((&decision["reason"], &decision["assignee"]), (&json!("crm_owner"), &json!(BO)), "{decision}");
    }
}

#[test]
fn a_form_waits_a_moment_for_a_slow_hubspot_and_a_late_answer_counts_from_then_on() {
    let office = Office::owned_by_bo("assign");
    let fault = json!({"do": "slow", "millis": 3_000, "times": 99, "on": "batch/read"});
    office.hubspot.control("POST", "faults", &fault);
    let begun = stopwatch();
    office.sends_form(1, ANN);
    let took = begun.elapsed();
    assert!((Duration::from_millis(700)..SOON).contains(&took), "{took:?}");
    let decision = office.decision_about(ANN);
    assert_ne!(decision["assignee"], json!(BO), "{decision}");
    assert_eq!(decision["notes"], json!(["crm_owner_unknown"]), "{decision}");
    office.until_looked_up();
    let record = office.knock.get(&office.conversation(ANN), &office.key).body;
    assert_eq!(record["crm_owner"]["owner"], json!(BO), "{record}");
}
