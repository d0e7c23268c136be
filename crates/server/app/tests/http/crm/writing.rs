//! The writes for a lead, their times, and the write log of the record.

use super::{Office, SECOND, SETTINGS};
use serde_json::{Value, json};

const ANN: &str = "ann@acme.example";

#[test]
fn nothing_is_written_before_the_switch_is_on() {
    let office = Office::open();
    office.connect();
    office.writes(1, ANN, "We need a quote");
    let tried = office.ask("POST", &format!("{SETTINGS}/dry-run"), &Value::Null).body;
    assert_eq!(tried["writes"][0]["email"], ANN, "{tried}");
    assert_eq!(tried["writes"][0]["properties"]["knock_chat_status"], "AI Discovery", "{tried}");
    office.settle();
    assert_eq!((office.written().len(), office.contact(ANN)), (0, None));
}

#[test]
fn changes_of_one_second_are_one_write_and_the_next_says_only_what_changed() {
    let office = Office::synced();
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    assert_eq!(office.written().len(), 1, "{:?}", office.written());
    let contact = office.contact(ANN).expect("a contact");
    assert_eq!(
        (&contact["knock_chat_status"], &contact["knock_chat_owner"]),
        (&json!("AI Discovery"), &json!("AI Agent"))
    );
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    office.settle();
    let writes = office.written();
    assert_eq!(writes.len(), 2, "{writes:?}");
    let properties = &writes[1]["body"]["inputs"][0]["properties"];
    let expected =
        json!({"knock_chat_status": "Rejected", "knock_reject_reason": "Too small", "knock_rejected_by": "rep"});
    assert_eq!(properties, &expected, "{writes:?}");
    let log = office.log(ANN);
    assert_eq!((log.len(), &log[0]["properties"]), (2, &expected), "{log:?}");
    assert_eq!(log[0]["cause"], "chat_status");
    assert!(office.health()["last_success_at"].is_i64());
}

#[test]
fn what_is_empty_again_is_cleared() {
    let office = Office::synced();
    let chat = office.writes(1, ANN, "We need a quote");
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["knock_reject_reason"], "Too small");
    assert_eq!(chat.act(&office.knock, &office.key, &json!("undo_reject")), 204);
    office.settle();
    let contact = office.contact(ANN).expect("a contact");
    assert!(contact["knock_reject_reason"].as_str().unwrap_or_default().is_empty(), "{contact}");
    assert_eq!(contact["knock_chat_status"], "AI Discovery");
}

#[test]
fn a_status_that_time_brings_is_written_too() {
    let office = Office::synced();
    office.writes(1, ANN, "We need a quote");
    office.settle();
    office.knock.advance(13 * 24 * 3_600_000);
    office.knock.advance(SECOND);
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["knock_chat_status"], "Closed");
}

#[test]
fn a_contact_keeps_its_record_when_its_mapping_changes() {
    let office = Office::synced();
    office.writes(1, ANN, "We need a quote");
    office.settle();
    office.add_property("own_status");
    let other = json!({"mapping": {"contact": {"Chat Status": "own_status"}}});
    office.turn_on(&other);
    let chat = office.site.visitor(1).opens_chat(&office.knock);
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["own_status"], "Rejected");
}
