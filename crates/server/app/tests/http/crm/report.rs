//! CRM Sync in reports: writes that the CRM has, and one that was given up.

use super::Office;
use crate::reports::asked::Asked;
use knock_testing::found;
use serde_json::{Value, json};

const ANN: &str = "ann@acme.example";
const BO: &str = "bo@acme.example";

/// Ann is written twice; Bo's write is refused for good.
fn lived() -> Office {
    let office = Office::synced();
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    office.settle();
    let refused = json!({"on": "/batch/up", "do": "partial", "ids": [BO], "category": "VALIDATION_ERROR",
        "message": "No such thing"});
    office.hubspot.control("POST", "faults", &refused);
    office.writes(2, BO, "We need a quote");
    office.knock.advance(super::SECOND);
    found("the write is given up", || Some(office.health()).filter(|health| health["parked"] == 1));
    office
}

fn asked(office: &Office) -> Asked<'_> {
    Asked { knock: &office.knock, key: &office.key, days: "" }
}

#[test]
fn writes_are_counted_with_their_delay_and_those_given_up_too() {
    let office = lived();
    let asked = asked(&office);
    let log: Vec<Value> = office.log(ANN);
    let is_of_contact = |write: &&Value| write["company"].is_null();
    let written = u32::try_from(log.iter().filter(is_of_contact).count()).expect("few");
    assert_eq!(written, 2, "{log:?}");
    assert_eq!(asked.totals("crm", ["crm_writes", "crm_given_up"]), [Some(2.0), Some(1.0)]);
    let [delay] = asked.totals("crm", ["crm_delay_median"]);
    assert!(delay > Some(0.0) && delay < Some(1.0), "a second for changes that come together: {delay:?}");
    let (of_chats, words) = asked.of_row("crm", "cause", "chat_status", "crm_writes");
    assert!(of_chats >= Some(1.0) && words == "Chat Status", "{of_chats:?} {words}");
    let place = super::place();
    let of_system = asked.of_row("crm", "crm", place.as_str(), "crm_writes");
    assert_eq!(of_system, (Some(2.0), place.label().to_owned()));
}

#[test]
fn a_write_that_is_sent_again_is_no_longer_given_up() {
    let office = lived();
    office.hubspot.control("DELETE", "faults", &Value::Null);
    let sent = office.ask("POST", &format!("{}/retry", super::SETTINGS), &json!({}));
    assert_eq!((sent.code, &sent.body["sent"]), (200, &json!(1)), "{}", sent.body);
    office.settle();
    assert_eq!(asked(&office).totals("crm", ["crm_writes", "crm_given_up"]), [Some(3.0), Some(0.0)]);
}

#[test]
fn groups_of_crm_writes_add_up_and_numbers_open_as_many() {
    asked(&lived()).check("crm");
}
