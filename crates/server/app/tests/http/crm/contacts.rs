//! Leads whose contact was merged or deleted in HubSpot, or exists under another address.

use super::{Office, SETTINGS, place};
use serde_json::{Value, json};

const ANN: &str = "ann@acme.example";
const PRIVATE: &str = "ann@private.example";

impl Office {
    fn contacts(&self) -> Vec<Value> {
        self.hubspot.control("GET", "records/contacts", &Value::Null).as_array().cloned().unwrap_or_default()
    }

    fn adds_contact(&self, email: &str) -> String {
        let seed = json!({"object": "contacts", "properties": {"email": email}});
        self.hubspot.control("POST", "records", &seed)["id"].as_str().expect("an id").to_owned()
    }

    fn deletes_contacts(&self) {
        for contact in self.contacts() {
            let id = contact["id"].as_str().expect("an id").to_owned();
            self.hubspot.ask("DELETE", &format!("/crm/v3/objects/contacts/{id}"), &Value::Null);
        }
    }
}

#[test]
fn a_deleted_contact_stays_deleted_and_the_record_says_so() {
    let office = Office::synced();
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    office.deletes_contacts();
    office.hubspot.control("DELETE", "calls", &Value::Null);
    for act in [json!({"reject": "Too small"}), json!("undo_reject")] {
        assert_eq!(chat.act(&office.knock, &office.key, &act), 204, "{act}");
        office.settle();
        assert_eq!(office.contacts(), [] as [Value; 0], "{act}");
    }
    let upserts = office.written().iter().filter(|call| call["path"].to_string().contains("upsert")).count();
    assert_eq!((upserts, &office.health()["failures"]), (0, &json!([])));
    let path = format!("/api/v1/contacts/{}/crm", office.contact_id(ANN));
    let log = office.knock.get(&path, &office.key).body;
    assert!(log["deleted_at"][place().as_str()].is_i64() && log["contacts"] == json!({}), "{log}");
    // A resync is no reason either.
    assert_eq!(office.ask("POST", &format!("{SETTINGS}/resync"), &Value::Null).code, 202);
    office.settle();
    assert_eq!(office.contacts(), [] as [Value; 0]);
    // Once there is one with that address again, it is written.
    office.adds_contact(ANN);
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["knock_intent_type"], "Buying");
    let log = office.knock.get(&path, &office.key).body;
    assert_eq!(log["deleted_at"], json!({}), "{log}");
}

#[test]
fn a_deleted_contact_is_created_again_if_the_settings_say_so() {
    let office = Office::synced();
    office.turn_on(&json!({"recreate_deleted": true}));
    assert_eq!(office.settings()["recreate_deleted"], true);
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    office.deletes_contacts();
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    office.settle();
    assert_eq!(office.contacts().len(), 1);
    let contact = office.contact(ANN).expect("a contact");
    let expected = [("knock_chat_status", "Rejected"), ("knock_intent_type", "Buying"), ("knock_rejected_by", "rep")];
    expected.into_iter().for_each(|(name, value)| assert_eq!(contact[name], value, "{contact}"));
    assert_eq!(office.health()["failures"], json!([]));
    // Spam makes no contact, deleted or not.
    office.deletes_contacts();
    assert_eq!(chat.act(&office.knock, &office.key, &json!("mark_spam")), 204);
    office.settle();
    assert_eq!((office.contacts().len(), &office.health()["parked"]), (0, &json!(0)));
}

#[test]
fn a_deleted_contact_is_found_again_by_the_address_of_the_lead() {
    let office = Office::synced();
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    office.deletes_contacts();
    let other = office.adds_contact(ANN);
    assert_eq!(chat.act(&office.knock, &office.key, &json!("mark_spam")), 204);
    office.settle();
    let contacts = office.contacts();
    assert_eq!((contacts.len(), &contacts[0]["id"]), (1, &json!(other)));
    assert_eq!(contacts[0]["properties"]["knock_chat_status"], "Spam");
}

#[test]
fn of_merged_contacts_the_one_that_stays_is_written() {
    for is_followed in [true, false] {
        let office = Office::synced();
        office.hubspot.control("PUT", "settings", &json!({"merged_are_followed": is_followed}));
        let chat = office.writes(1, ANN, "We need a quote");
        office.settle();
        let (from, into) = (office.contacts()[0]["id"].clone(), office.adds_contact(PRIVATE));
        let merge = json!({"primaryObjectId": into, "objectIdToMerge": from});
        office.hubspot.ask("POST", "/crm/v3/objects/contacts/merge", &merge);
        assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
        office.settle();
        let contacts = office.contacts();
        assert_eq!((contacts.len(), &contacts[0]["id"]), (1, &json!(into)));
        let properties = &contacts[0]["properties"];
        assert_eq!((&properties["email"], &properties["knock_chat_status"]), (&json!(PRIVATE), &json!("Rejected")));
        assert_eq!(office.health()["failures"], json!([]));
    }
}

#[test]
fn a_lead_who_is_there_under_another_address_gets_no_second_contact() {
    let office = Office::synced();
    office.hubspot.control("PUT", "settings", &json!({"secondary_conflicts": true}));
    let id = office.adds_contact(PRIVATE);
    office.hubspot.control("POST", &format!("records/contacts/{id}"), &json!({"hs_additional_emails": ANN}));
    office.writes(1, ANN, "We need a quote");
    office.settle();
    let contacts = office.contacts();
    assert_eq!((contacts.len(), &contacts[0]["properties"]["email"]), (1, &json!(PRIVATE)));
    assert_eq!(contacts[0]["properties"]["knock_chat_status"], "AI Discovery");
    assert_eq!(office.health()["failures"], json!([]));
}
