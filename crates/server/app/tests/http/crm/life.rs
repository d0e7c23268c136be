//! A lead from the first message to the deal, and its record.

use super::{Office, place};
use knock_testing::found;
use serde_json::{Value, json};

const ANN: &str = "ann@acme.example";
const HOUR: i64 = 3_600_000;

impl Office {
    fn status(&self) -> Value {
        self.settle();
        self.contact(ANN).map(|contact| contact["knock_chat_status"].clone()).unwrap_or_default()
    }

    fn given_to_the_admin(&self, chat: &knock_testing::Chat) {
        let members = self.knock.get("/api/v1/members", &self.key).body;
        let to = members["members"][0]["id"].clone();
        let reply = self.ask("POST", &format!("/api/v1/conversations/{}/assign", chat.id), &json!({"to": to}));
        assert!(reply.code < 300, "{}", reply.body);
    }
}

#[test]
fn a_life_is_written_status_by_status_until_a_deal_is_opened() {
    let office = Office::synced();
    let chat = office.writes(1, ANN, "We need a quote");
    assert_eq!(office.status(), "AI Discovery");
    office.given_to_the_admin(&chat);
    office.knock.advance(3 * 60_000);
    assert_eq!(office.status(), "Rep Reply Needed");
    assert_eq!(office.contact(ANN).expect("a contact")["knock_rep_owner"], "admin@localhost");
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    assert_eq!(office.status(), "Rejected");
    assert_eq!(chat.act(&office.knock, &office.key, &json!("undo_reject")), 204);
    office.settle();
    let contacts = office.hubspot.control("GET", "records/contacts", &Value::Null);
    let contact = contacts[0]["id"].clone();
    // Deals opened from now on are read, whichever user opened them.
    found("changes are read", || {
        office.knock.advance(0);
        let state = office
            .knock
            .select(&format!("SELECT value FROM settings WHERE name = 'crm_{}_state'", place().as_str()))
            .concat();
        state.contains("deals").then_some(())
    });
    office.hubspot.control("PUT", "clock", &json!({"advance": HOUR}));
    let properties = json!({"dealname": "Acme", "hs_is_closed": "false", "hs_is_closed_won": "false"});
    let deal = json!({"object": "deals", "properties": properties, "with": [["contacts", contact]]});
    office.hubspot.control("POST", "records", &deal);
    found("the lead is qualified", || {
        office.knock.advance(1_000);
        (office.contact(ANN).expect("a contact")["knock_chat_status"] == "Qualified").then_some(())
    });
    office.settle();
    let log = office.log(ANN);
    let statuses: Vec<_> =
        log.iter().rev().filter_map(|write| write["properties"]["knock_chat_status"].as_str()).collect();
    assert_eq!(statuses[..3], ["AI Discovery", "Rep Reply Needed", "Rejected"], "{log:?}");
    assert_eq!(statuses.last(), Some(&"Qualified"));
    assert_eq!(office.hubspot.control("GET", "records/contacts", &Value::Null).as_array().map(Vec::len), Some(1));
}
