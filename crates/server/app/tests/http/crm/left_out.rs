//! Values that are left out of writes: of a property that takes none, and of persons who are no owners in HubSpot.

use super::Office;
use super::golden::Life;
use crate::members::Browser;
use knock_model::Role;
use knock_testing::Chat;
use serde_json::{Value, json};

const ANN: &str = "ann@acme.example";
const BO: &str = "bo@us.example";
const ADMIN: &str = "admin@localhost";
/// Longer than properties and owners are kept, in ms.
const AGAIN: i64 = 11 * 60_000;

impl Office {
    /// Maps fields beside the standard ones.
    fn maps(&self, fields: &[(&str, &str)]) {
        let mut mapping = self.settings()["mapping"].clone();
        fields.iter().for_each(|(field, property)| mapping["contact"][*field] = json!(property));
        self.turn_on(&json!({"mapping": mapping}));
    }

    fn is_owner(&self, email: &str, is_archived: bool) -> String {
        let owner = self.hubspot.control("POST", "owners", &json!({"email": email, "archived": is_archived}));
        owner["id"].as_str().expect("an id").to_owned()
    }

    fn leaves_chats_to_the_agent(&self) {
        let rule = json!({"name": "Agent", "funnel": "chat", "segments": [],
            "fallback": {"assign": {"ai_agent": "general"}}});
        assert_eq!(self.ask("PUT", "/api/v1/rules/default_chat", &rule).code, 200);
    }

    fn hands(&self, chat: &Chat, email: &str) {
        let to = Browser::admin(&self.knock).id_of(&self.knock, email);
        let reply = self.ask("POST", &format!("/api/v1/conversations/{}/assign", chat.id), &json!({"to": to}));
        assert!(reply.code < 300, "{}", reply.body);
        self.settle();
    }

    fn is_warned_of(&self, words: &str) -> bool {
        self.settings()["warnings"].to_string().contains(words)
    }
}

#[test]
fn a_trap_of_a_mapping_from_before_is_a_warning_and_all_else_is_written() {
    let office = Office::synced();
    office.add_property("own_status");
    office.maps(&[("Chat Status", "own_status")]);
    // In HubSpot somebody makes it a number.
    office.hubspot.ask("DELETE", "/crm/v3/properties/contacts/own_status", &Value::Null);
    let number = json!({"name": "own_status", "label": "Own status", "type": "number", "fieldType": "number",
        "groupName": "contacts_information"});
    office.hubspot.ask("POST", "/crm/v3/properties/contacts", &number);
    office.knock.advance(AGAIN);
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    let contact = office.contact(ANN).expect("a contact");
    assert_eq!((&contact["own_status"], &contact["knock_intent_type"]), (&Value::Null, &json!("Buying")), "{contact}");
    let health = office.health();
    assert_eq!((&health["parked"], &health["failures"]), (&json!(0), &json!([])), "{health}");
    assert!(office.is_warned_of("Chat Status is not written to own_status"), "{}", office.settings()["warnings"]);
    let logged = office.log(ANN)[0]["properties"].clone();
    assert!(logged.get("own_status").is_none(), "{logged}");
    // A change of nothing but that field is no write, and harms nothing.
    assert_eq!(chat.act(&office.knock, &office.key, &json!("mark_spam")), 204);
    office.settle();
    assert_eq!(office.health()["parked"], 0);
    office.maps(&[("Chat Status", "knock_chat_status")]);
    assert_eq!(office.settings()["warnings"], json!([]));
    assert_eq!(chat.act(&office.knock, &office.key, &json!("unmark_spam")), 204);
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["knock_chat_status"], "AI Discovery");
}

#[test]
fn an_owner_is_set_by_id_and_stays_where_none_can_be_named() {
    let office = Office::synced();
    let admin = Browser::admin(&office.knock);
    Browser::member(&office.knock, &admin, BO, Role::Rep);
    let (owner, _) = (office.is_owner(ADMIN, false), office.is_owner(BO, true));
    office.maps(&[("Knock: Rep Owner", "hubspot_owner_id")]);
    office.leaves_chats_to_the_agent();
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["hubspot_owner_id"], Value::Null, "the AI agent owns nothing");
    office.hands(&chat, ADMIN);
    assert_eq!(office.contact(ANN).expect("a contact")["hubspot_owner_id"], json!(owner));
    assert!(!office.is_warned_of("no active owner"), "{}", office.settings()["warnings"]);
    // Bo is an owner no more: the contact keeps its owner, and the rest is written.
    office.hands(&chat, BO);
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    office.settle();
    let contact = office.contact(ANN).expect("a contact");
    assert_eq!((&contact["hubspot_owner_id"], &contact["knock_chat_status"]), (&json!(owner), &json!("Rejected")));
    assert!(office.is_warned_of(&format!("{BO} is no active owner")), "{}", office.settings()["warnings"]);
    assert_eq!(office.health()["failures"], json!([]));
    // Once Bo is one, the next change sets them.
    let bo = office.is_owner(BO, false);
    office.knock.advance(AGAIN);
    assert_eq!(chat.act(&office.knock, &office.key, &json!("undo_reject")), 204);
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["hubspot_owner_id"], json!(bo));
    assert!(!office.is_warned_of(BO), "{}", office.settings()["warnings"]);
}

#[test]
fn a_resync_leaves_out_the_same_and_writes_all_others() {
    let office = Office::synced();
    let owner = office.is_owner(ADMIN, false);
    office.maps(&[("Knock: Rep Owner", "hubspot_owner_id")]);
    office.leaves_chats_to_the_agent();
    let chat = office.writes(1, ANN, "We need a quote");
    office.hands(&chat, ADMIN);
    office.writes(2, "eve@acme.example", "We need a quote");
    office.settle();
    let contacts = office.hubspot.control("GET", "records/contacts", &Value::Null);
    for contact in contacts.as_array().into_iter().flatten() {
        let path = format!("records/contacts/{}", contact["id"].as_str().expect("an id"));
        office.hubspot.control("POST", &path, &json!({"hubspot_owner_id": "", "knock_intent_type": ""}));
    }
    let path = format!("{}/resync", super::SETTINGS);
    assert_eq!(office.ask("POST", &path, &Value::Null).code, 202);
    knock_testing::found("it is written again", || {
        office.knock.advance(0);
        (office.health()["resync"]["ended_at"].is_i64()).then_some(())
    });
    assert_eq!(office.contact(ANN).expect("a contact")["hubspot_owner_id"], json!(owner));
    let eve = office.contact("eve@acme.example").expect("a contact");
    assert_eq!((&eve["hubspot_owner_id"], &eve["knock_intent_type"]), (&Value::Null, &json!("Buying")), "{eve}");
}

#[test]
fn a_date_is_the_day_of_the_member_who_meets() {
    let mut life = Life::begin();
    life.clicks();
    let office = &life.office;
    let day = json!([["00:00", "24:00"]]);
    let hours = json!({"zone": "Asia/Tokyo", "mon": day, "tue": day, "wed": day, "thu": day, "fri": day});
    let admin = Browser::admin(&office.knock);
    assert_eq!(admin.ask(&office.knock, "PUT", "/api/v1/availability", &json!({"hours": hours})).code, 200);
    let date = json!({"name": "meet_day", "label": "Day", "type": "date", "fieldType": "date",
        "groupName": "contacts_information"});
    office.hubspot.ask("POST", "/crm/v3/properties/contacts", &date);
    office.maps(&[("Meeting Time", "meet_day")]);
    let browser = knock_testing::visitor_id(1);
    // Wednesday in UTC and for the lead, Thursday at one in the morning for the member.
    let booked = office.knock.post(
        "/v1/meetings",
        &json!({"link": "meeting", "visitor": browser, "session": browser, "email": ANN, "name": "Ann Lee",
            "start": "2026-06-03T16:00:00Z", "tz": "America/New_York"}),
    );
    assert_eq!(booked.code, 201, "{}", booked.body);
    office.settle();
    // 2026-06-04T00:00:00Z
    assert_eq!(office.contact(ANN).expect("a contact")["meet_day"], "1780531200000");
}
