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
fn a_deleted_contact_is_created_again_with_all_that_is_so() {
    let office = Office::synced();
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
fn a_deleted_contact_of_a_lead_who_gets_none_is_kept_for_a_person() {
    let office = Office::synced();
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    office.deletes_contacts();
    assert_eq!(chat.act(&office.knock, &office.key, &json!("mark_spam")), 204);
    office.settle();
    let failure = office.health()["failures"][0].clone();
    assert_eq!((office.contacts().len(), &failure["is_parked"]), (0, &json!(true)), "{failure}");
    assert!(
        failure["words"].as_str().is_some_and(|words| words.contains(&format!("was deleted in {}", place().label()))),
        "{failure}"
    );
    // As the problem's text advises.
    office.adds_contact(ANN);
    assert_eq!(office.ask("POST", &format!("{SETTINGS}/retry"), &json!({})).code, 200);
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["knock_chat_status"], "Spam");
    assert_eq!(office.health()["parked"], 0);
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
