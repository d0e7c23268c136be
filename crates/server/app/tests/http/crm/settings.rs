//! Connecting HubSpot, mapping fields, and refusals with a helpful text.

use super::{Office, SETTINGS, TOKEN, place};
use crate::members::Browser;
use knock_model::{CrmSystem, Role};
use serde_json::{Value, json};

#[test]
fn a_token_is_checked_and_shown_nowhere() {
    let office = Office::open();
    let settings = office.settings();
    assert_eq!((&settings["is_connected"], &settings["enabled"]), (&json!(false), &json!(false)));
    assert_eq!(settings["create_contact"], "first_message");
    let connect = |token: &str| office.ask("POST", &format!("{SETTINGS}/connect"), &json!({"token": token}));
    for wrong in ["", "a\nb", "pat-eu1-other"] {
        let reply = connect(wrong);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!("/token")), "{wrong}");
    }
    let connected = connect(TOKEN);
    assert_eq!((connected.code, &connected.body["is_connected"]), (200, &json!(true)), "{}", connected.body);
    assert!(connected.body["account"]["name"].as_str().is_some_and(|name| !name.is_empty()), "{}", connected.body);
    assert_eq!(connected.body["account"]["missing_scopes"], json!([]));
    let log = office.knock.get("/api/v1/audit?limit=200", &office.key).body;
    assert!(!log.to_string().contains(TOKEN) && !office.knock.said().contains(TOKEN));
    assert!(!office.knock.select("SELECT value FROM settings").concat().contains(TOKEN));
    assert_eq!(office.ask("DELETE", &SETTINGS, &Value::Null).code, 204);
    assert_eq!(office.ask("DELETE", &SETTINGS, &Value::Null).code, 404);
    assert_eq!(office.settings()["is_connected"], false);
}

#[test]
fn standard_properties_are_created_once_and_mapped() {
    let office = Office::open();
    office.connect();
    let settings = office.settings();
    let mapping = settings["mapping"]["contact"].as_object().expect("a mapping").clone();
    assert_eq!(mapping.len(), 13);
    assert_eq!(mapping["Knock: Intent Score"], "knock_intent_score");
    assert_eq!(settings["warnings"], json!([]));
    let again = office.ask("POST", &format!("{SETTINGS}/fields"), &Value::Null);
    assert_eq!(again.code, 200, "{}", again.body);
    office.add_property("own_text");
    let properties = office.knock.get(&format!("{SETTINGS}/properties"), &office.key).body;
    let named = |name: &str| {
        let all = properties["contact"].as_array().expect("a list").iter();
        all.clone().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name}")).clone()
    };
    assert_eq!(named("knock_chat_status")["value_type"], "choice");
    assert_eq!(named("knock_chat_status")["fits"], json!(["Chat Status"]));
    assert!(named("own_text")["fits"].as_array().is_some_and(|fits| fits.contains(&json!("Reject Reason"))));
}

#[test]
fn a_mapping_that_cannot_be_is_refused_with_a_sentence_at_its_field() {
    let office = Office::open();
    let refused = |change: &Value, pointer: &str, reason: &str| {
        let reply = office.ask("PUT", &SETTINGS, &office.draft(change));
        let error = &reply.body["errors"][0];
        assert_eq!((reply.code, &error["pointer"]), (422, &json!(pointer)), "{change}: {}", reply.body);
        assert!(error["reason"].as_str().is_some_and(|said| said.contains(reason)), "{change}: {error}");
    };
    let contact = |label: &str, property: &str| json!({"mapping": {"contact": {label: property}}});
    refused(&json!({"enabled": true}), "/enabled", &format!("connect {} first", place().label()));
    office.connect();
    refused(&json!({"enabled": true, "mapping": {"contact": {}}}), "/mapping/contact", "map one field");
    refused(&contact("Chat Mood", "jobtitle"), "/mapping/contact/Chat Mood", "no field of Knock");
    refused(&contact("Chat Status", "gone"), "/mapping/contact/Chat Status", "no property `gone`");
    refused(&contact("Chat Status", "lifecyclestage"), "/mapping/contact/Chat Status", "lacks the options");
    refused(&contact("Meeting Time", "knock_intent_score"), "/mapping/contact/Meeting Time", "of dates");
    let twice = json!({"mapping": {"contact": {"Reject Reason": "jobtitle", "Chat Owner": "jobtitle"}}});
    refused(&twice, "/mapping/contact/Reject Reason", "already");
    refused(&json!({"accept": ["nobody"]}), "/accept/0", "segment template");
    refused(&json!({"prefix": "2nd"}), "/prefix", "begin with a letter");
    refused(&json!({"read_fields": ["job title"]}), "/read_fields/0", "name of a property");
    let half = office.ask("PUT", &SETTINGS, &office.draft(&contact("Meeting Time", "knock_meeting_time")));
    assert_eq!(half.code, 200, "{}", half.body);
    assert!(half.body["warnings"][0].as_str().is_some_and(|said| said.contains("both are mapped")), "{}", half.body);
}

#[test]
fn a_property_that_identifies_a_contact_or_is_an_owner_takes_no_status() {
    let office = Office::open();
    office.connect();
    let unique = json!({"name": "customer_number", "label": "Customer number", "type": "string", "fieldType": "text",
        "groupName": "contacts_information", "hasUniqueValue": true});
    office.hubspot.ask("POST", "/crm/v3/properties/contacts", &unique);
    let put = |label: &str, property: &str| {
        office.ask("PUT", &SETTINGS, &office.draft(&json!({"mapping": {"contact": {label: property}}})))
    };
    for (label, property, reason) in [
        ("Chat Status", "email", "identifies a record"),
        ("Knock: Rep Owner", "email", "identifies a record"),
        ("Reject Reason", "hs_object_id", "by the CRM alone"),
        ("Chat Owner", "customer_number", "identifies a record"),
        ("Chat Status", "hubspot_owner_id", "has the type owner"),
        ("Chat Owner", "hubspot_owner_id", "has the type owner"),
        ("Knock: Intent Score", "hs_merged_object_ids", "by the CRM alone"),
        ("Knock: Intent Score", "hs_marketable", "has the type yes or no"),
    ] {
        let reply = put(label, property);
        let error = &reply.body["errors"][0];
        let pointer = json!(format!("/mapping/contact/{label}"));
        assert_eq!((reply.code, &error["pointer"]), (422, &pointer), "{label} {property}: {}", reply.body);
        assert!(error["reason"].as_str().is_some_and(|said| said.contains(reason)), "{label} {property}: {error}");
    }
    let properties = office.knock.get(&format!("{SETTINGS}/properties"), &office.key).body;
    let fits = |name: &str| {
        let mut all = properties["contact"].as_array().expect("a list").iter();
        all.find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name}"))["fits"].clone()
    };
    for name in ["email", "hs_object_id", "customer_number", "hs_merged_object_ids"] {
        assert_eq!(fits(name), json!([]), "{name}");
    }
    let persons = json!(["Knock: Rep Owner", "Knock: Responding Rep", "Knock: Meeting Owner"]);
    assert_eq!(fits("hubspot_owner_id"), persons);
    assert_eq!(put("Knock: Rep Owner", "hubspot_owner_id").code, 200);
}

#[test]
fn while_hubspot_is_down_the_sync_can_be_switched_off_but_not_mapped_anew() {
    let office = Office::synced();
    office.hubspot.control("PUT", "outage", &json!({"on": true, "status": 503}));
    let off = office.ask("PUT", &SETTINGS, &office.draft(&json!({"enabled": false})));
    assert_eq!((off.code, &off.body["enabled"]), (200, &json!(false)), "{}", off.body);
    let other = json!({"mapping": {"contact": {"Chat Status": "own_text"}}});
    assert_eq!(office.ask("PUT", &SETTINGS, &office.draft(&other)).code, 503);
    assert_eq!(office.knock.get(&format!("{SETTINGS}/properties"), &office.key).code, 503);
}

#[test]
fn a_token_of_the_configuration_is_used_and_cannot_be_changed_in_settings() {
    let office = Office::with(&[("KNOCK_HUBSPOT_TOKEN", TOKEN)]);
    let settings = office.settings();
    assert_eq!((&settings["is_connected"], &settings["is_configured"]), (&json!(true), &json!(true)));
    let connect = office.ask("POST", &format!("{SETTINGS}/connect"), &json!({"token": TOKEN}));
    assert_eq!((connect.code, office.ask("DELETE", &SETTINGS, &Value::Null).code), (422, 422));
    assert_eq!(office.ask("POST", &format!("{SETTINGS}/fields"), &Value::Null).code, 200);
    office.turn_on(&json!({}));
    assert!(office.settings()["account"]["id"].is_string());
    office.writes(1, "ann@acme.example", "We need a quote");
    office.settle();
    assert_eq!(office.contact("ann@acme.example").expect("a contact")["knock_chat_status"], "AI Discovery");
}

#[test]
fn only_who_manages_connections_sees_the_sync() {
    let office = Office::open();
    let admin = Browser::admin(&office.knock);
    let rep = Browser::member(&office.knock, &admin, "bo@us.example", Role::Rep);
    assert_eq!(rep.get(&office.knock, &SETTINGS).code, 403);
    assert_eq!(admin.get(&office.knock, &SETTINGS).code, 200);
}

#[test]
fn a_crm_without_a_connector_says_so_and_takes_nothing() {
    let office = Office::open();
    let list = office.knock.get("/api/v1/crm", &office.key).body;
    let shown = |system: &Value| {
        let is = |name: &str| system[name].as_bool().expect("a yes or no");
        (system["system"].as_str().expect("a word").to_owned(), is("is_available"), is("is_connected"))
    };
    let shown: Vec<_> = list["systems"].as_array().expect("a list").iter().map(shown).collect();
    let expected = CrmSystem::ALL.iter().map(|system| (system.as_str().to_owned(), *system == place(), false));
    assert_eq!(shown, expected.collect::<Vec<_>>(), "{list}");
    for system in CrmSystem::ALL.iter().filter(|system| **system != place()) {
        let path = format!("/api/v1/crm/{}", system.as_str());
        let reply = office.knock.get(&path, &office.key);
        assert_eq!(reply.code, 200, "{}", reply.body);
        assert_eq!((&reply.body["name"], &reply.body["is_available"]), (&json!(system.label()), &json!(false)));
        assert_eq!((&reply.body["credentials"], &reply.body["app"]), (&Value::Null, &Value::Null));
        let reply = office.ask("POST", &format!("{path}/connect"), &json!({"token": TOKEN}));
        assert_eq!(reply.code, 422, "{}", reply.body);
        assert!(reply.body["errors"][0]["reason"].as_str().is_some_and(|words| words.contains(system.label())));
    }
    for path in ["/api/v1/crm/pipedrive", "/api/v1/crm/pipedrive/health"] {
        assert_eq!(office.knock.get(path, &office.key).code, 404, "{path}");
    }
}

#[test]
fn the_settings_list_the_fields_of_the_credentials_and_take_no_others() {
    let office = Office::open();
    let settings = office.settings();
    let names = |form: &str| -> Vec<Value> {
        settings[form]["fields"].as_array().expect("a list").iter().map(|field| field["name"].clone()).collect()
    };
    assert_eq!(names("credentials"), [json!("token")]);
    assert_eq!(names("app"), [json!("client_id"), json!("client_secret")]);
    for (body, pointer) in [
        (json!({}), "/token"),
        (json!({"token": ""}), "/token"),
        (json!({"token": "pat eu1 \n"}), "/token"),
        (json!({"token": TOKEN, "password": "x"}), "/password"),
    ] {
        let reply = office.ask("POST", &format!("{SETTINGS}/connect"), &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{body}: {}", reply.body);
    }
}
