//! Export and erasure of a person over HTTP, like the commands.

use super::{actions, entries};
use crate::chat::open_as;
use crate::support::{Knock, batch, identify};
use knock_model::Role;
use serde_json::{Value, json};

pub(super) const EMAIL: &str = "zephyrine.quill@canary-mail.example";

/// A contact with a chat that was rejected by hand.
pub(super) fn known(knock: &Knock, key: &str) {
    let (site, now) = (knock.site(), knock.now());
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &[identify(now, 1, EMAIL)])).code, 202);
    let chat = open_as(knock, &site, 1);
    assert_eq!(chat.write(knock, 7, "We need a quote").code, 201);
    let path = format!("/api/v1/conversations/{}/actions", chat.id);
    assert_eq!(knock.ask("POST", &path, key, &json!({"reject": "Zephyrine is a rival"})).code, 204);
}

/// The document without values that depend on the instant, and without the log: the second export has the entry of the
/// first.
fn lasting(mut document: Value) -> Value {
    (document["exported_at"], document["audit"]) = (Value::Null, Value::Null);
    for intent in ["/person/contact/intent/at", "/conversations/0/conversation/intent/at"] {
        *document.pointer_mut(intent).expect("an instant") = Value::Null;
    }
    document
}

#[test]
fn an_export_over_http_is_what_the_command_prints() {
    let knock = Knock::start();
    let key = knock.admin_key();
    known(&knock, &key);
    let exported =
        knock.ask("POST", "/api/v1/persons/export", &key, &json!({"email": " Zephyrine.Quill@canary-mail.example"}));
    assert_eq!(exported.code, 200, "{}", exported.body);
    let audit: Vec<&Value> = exported.body["audit"].as_array().expect("a list").iter().collect();
    assert_eq!(audit.iter().map(|entry| &entry["action"]).collect::<Vec<_>>(), ["lead.rejected", "person.exported"]);
    let printed = knock.command(&["export", "--person", EMAIL]).stdout;
    let printed: Value = serde_json::from_slice(&printed).expect("JSON");
    assert_eq!(lasting(exported.body), lasting(printed));
    let found = entries(&knock, &key, "&action=person.exported");
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|entry| entry["subject"]["name"] == EMAIL));
    let kinds = [&found[0]["actor"]["kind"], &found[1]["actor"]["kind"]];
    assert_eq!(kinds, [&json!("command_line"), &json!("api_key")]);
}

#[test]
fn an_erasure_over_http_has_a_receipt_and_leaves_no_person_in_the_log() {
    let knock = Knock::start();
    let key = knock.admin_key();
    known(&knock, &key);
    assert!(Value::Array(entries(&knock, &key, "")).to_string().contains("is a rival"));
    let erased = knock.ask("POST", "/api/v1/persons/erase", &key, &json!({"email": EMAIL}));
    assert_eq!(erased.code, 200, "{}", erased.body);
    let receipt = &erased.body;
    assert_eq!((&receipt["signals"], &receipt["conversations"]), (&json!(3), &json!(1)), "{receipt}");
    assert!(receipt["by"].as_str().is_some_and(|by| by.starts_with("API key ")), "{receipt}");
    assert!(receipt.get("not_removed").is_none() && receipt.get("not_scrubbed").is_none(), "{receipt}");
    let contacts = knock.get("/api/v1/contacts", &key).body;
    assert_eq!(contacts["contacts"], json!([]));
    let found = entries(&knock, &key, &format!("&q={}", receipt["id"].as_str().expect("an id")));
    assert_eq!(actions(&found), ["person.erased", "lead.rejected"]);
    assert_eq!(found[0]["after"]["signals"], receipt["signals"]);
    assert_eq!((&found[0]["at"], &found[1]["before"], &found[1]["after"]), (&receipt["at"], &json!({}), &json!({})));
    let log = Value::Array(entries(&knock, &key, "")).to_string();
    assert!(!log.to_lowercase().contains("zephyrine"), "{log}");
    let again = knock.ask("POST", "/api/v1/persons/erase", &key, &json!({"email": EMAIL}));
    assert_eq!(again.code, 404, "{}", again.body);
}

#[test]
fn a_wrong_address_is_named_and_an_unknown_one_leaves_no_entry() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let before = entries(&knock, &key, "");
    for path in ["/api/v1/persons/export", "/api/v1/persons/erase"] {
        let refused = knock.ask("POST", path, &key, &json!({"email": "no-address"}));
        assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (422, &json!("/email")), "{path}");
        assert_eq!(knock.ask("POST", path, &key, &json!({"email": "unknown@example.com"})).code, 404);
        assert_eq!(knock.ask("POST", path, &key, &json!({})).code, 422);
        for role in Role::ALL.iter().filter(|role| **role != Role::Admin) {
            let code = knock.ask("POST", path, &knock.key(role.as_str()), &json!({"email": EMAIL})).code;
            assert_eq!(code, 403, "{path} as {}", role.as_str());
        }
    }
    let after = entries(&knock, &key, "");
    assert!(
        after.iter().filter(|entry| entry["action"] != "api_key.created").count()
            == before.iter().filter(|entry| entry["action"] != "api_key.created").count()
    );
}

#[test]
fn the_retention_in_force_is_shown() {
    let knock = Knock::start_with(&[("KNOCK_RETENTION_SIGNALS_DAYS", "45")]);
    let key = knock.admin_key();
    assert_eq!(
        knock.get("/api/v1/privacy", &key).body,
        json!({"signals_days": 45, "deliveries_days": 30, "waits_for_consent": false})
    );
}
