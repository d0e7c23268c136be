//! Properties of the CRM that rules can use: known by label, type and options, offered to the editor, and checked.

use super::{Office, SETTINGS, place};
use crate::members::Browser;
use knock_model::Role;
use serde_json::{Value, json};

fn field(name: &str) -> String {
    format!("crm.{}.fields.{name}", place().as_str())
}

fn text(json: &Value, name: &str) -> String {
    json[name].as_str().unwrap_or_else(|| panic!("no {name}: {json}")).to_owned()
}

impl Office {
    /// Saves the properties that rules can use.
    fn reads(&self, names: &[&str]) -> super::Reply {
        self.ask("PUT", &SETTINGS, &self.draft(&json!({"read_fields": names})))
    }

    /// What the editor is offered of a property; null if nothing.
    fn offered(&self, name: &str) -> Value {
        let inputs = self.knock.get("/api/v1/rules/inputs", &self.key).body;
        let all = inputs["fields"].as_array().expect("fields").clone();
        all.into_iter().find(|input| input["field"] == json!(field(name))).unwrap_or_default()
    }

    fn saves_rule(&self, name: &str) -> super::Reply {
        let when = json!({"field": field(name), "op": "is_set"});
        let segment =
            json!({"id": "s1", "name": "Tier", "enabled": true, "when": when, "assign": {"ai_agent": "auto"}});
        let rule = json!({"name": "Tiers", "funnel": "chat", "segments": [segment],
            "fallback": {"assign": {"ai_agent": "auto"}}});
        self.ask("PUT", "/api/v1/rules/default_chat", &rule)
    }
}

#[test]
fn the_editor_is_offered_the_properties_with_labels_types_and_options() {
    let office = Office::open();
    office.connect();
    let tier = json!({"name": "tier", "label": "Customer tier", "type": "enumeration", "fieldType": "select",
        "groupName": "contacts_information", "options": [{"label": "Gold", "value": "g1"}, {"label": "Silver", "value": "s1"}]});
    let seats = json!({"name": "seats", "label": "Seats", "type": "number", "fieldType": "number",
        "groupName": "contacts_information"});
    for property in [&tier, &seats] {
        office.hubspot.ask("POST", "/crm/v3/properties/contacts", property);
    }
    assert_eq!(office.offered("tier"), Value::Null);
    let saved = office.reads(&["tier", "seats"]);
    assert_eq!((saved.code, &saved.body["read_fields"]), (200, &json!(["tier", "seats"])), "{}", saved.body);
    let offered = office.offered("tier");
    assert_eq!(offered["label"], json!(format!("{}: Customer tier", place().label())));
    assert_eq!(offered["options"], json!([{"value": "g1", "label": "Gold"}, {"value": "s1", "label": "Silver"}]));
    assert_eq!(
        (&offered["value_type"], office.offered("seats")["value_type"].as_str()),
        (&json!("text"), Some("number"))
    );
    let operators = office.offered("seats")["operators"].clone();
    assert!(operators.as_array().is_some_and(|all| all.contains(&json!("gte"))), "{operators}");
}

#[test]
fn everybody_who_sees_contacts_is_offered_the_properties_for_their_list() {
    let office = Office::open();
    let rep = Browser::member(&office.knock, &Browser::admin(&office.knock), "bo@us.example", Role::Rep);
    let offered = || rep.get(&office.knock, "/api/v1/contacts/fields").body["fields"].clone();
    assert_eq!(offered(), json!([]), "without a CRM");
    office.connect();
    let tier = json!({"name": "tier", "label": "Customer tier", "type": "enumeration", "fieldType": "select",
        "groupName": "contacts_information", "options": [{"label": "Gold", "value": "g1"}]});
    office.hubspot.ask("POST", "/crm/v3/properties/contacts", &tier);
    assert_eq!(office.reads(&["tier"]).code, 200);
    assert_eq!(offered(), json!([]), "while the sync is off nothing is known");
    office.turn_on(&json!({"read_fields": ["tier"]}));
    let all = offered();
    let names: Vec<_> = all.as_array().into_iter().flatten().map(|input| text(input, "field")).collect();
    let of_crm = ["exists", "owner", "lifecycle"].map(|name| format!("crm.{}.{name}", place().as_str()));
    assert_eq!(names, [&of_crm[..], &[field("tier")]].concat());
    let shown = &all[3];
    assert_eq!(shown["label"], json!(format!("{}: Customer tier", place().label())));
    assert_eq!(shown["options"], json!([{"value": "g1", "label": "Gold"}]));
    assert_eq!((&all[0]["value_type"], &shown["value_type"]), (&json!("boolean"), &json!("text")));
}

#[test]
fn an_unknown_property_is_refused_where_it_is_named() {
    let office = Office::open();
    office.connect();
    office.add_property("tier");
    let wrong = office.reads(&["tier", "teir"]);
    let error = &wrong.body["errors"][0];
    assert_eq!((wrong.code, &error["pointer"]), (422, &json!("/read_fields/1")), "{}", wrong.body);
    assert!(error["reason"].as_str().is_some_and(|reason| reason.contains("`teir`")), "{error}");
    assert_eq!(office.reads(&["tier"]).code, 200);
    let refused = office.saves_rule("teir");
    let error = &refused.body["errors"][0];
    assert_eq!((refused.code, &error["pointer"]), (422, &json!("/segments/0/when")), "{}", refused.body);
    assert!(error["reason"].as_str().is_some_and(|reason| reason.contains("Settings > CRM Sync")), "{error}");
    let template = json!({"name": "Tiers", "when": {"field": field("teir"), "op": "is_set"}});
    let refused = office.ask("POST", "/api/v1/segment-templates", &template);
    assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (422, &json!("/when")), "{}", refused.body);
    assert_eq!(office.saves_rule("tier").code, 200);
    // What was saved is kept when the property is taken off the list.
    assert_eq!(office.reads(&[]).code, 200);
    assert_eq!(office.saves_rule("tier").code, 200);
}
