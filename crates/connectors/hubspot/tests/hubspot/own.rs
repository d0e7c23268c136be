//! Behaviour that only HubSpot has: refusals of batches, and names.

use crate::account::Account;
use contract_crm::{Vendor, email, fields, record, set};
use knock_crm::{PropertyType, Value};
use knock_model::Millis;
use knock_ports::{Crm, CrmKey, CrmObject, CrmQuestion, CrmRecord, CrmWritten, Refusal};
use serde_json::{Value as Json, json};
use std::time::Duration;

const OWNER: &str = "knock_chat_owner";
/// The timeout of a look-up for a lead.
const LOOK_UP: Duration = Duration::from_millis(800);
const UPSERT: &str = "POST /crm/objects/contacts/batch/upsert";

fn leads(count: usize) -> Vec<CrmRecord> {
    (0..count).map(|number| record(&format!("lead{number}"), OWNER, "Bo")).collect()
}

fn refused(written: &[CrmWritten]) -> Vec<usize> {
    let is_refused = |(_, one): &(usize, &CrmWritten)| matches!(one, CrmWritten::Refused(_));
    written.iter().enumerate().filter(is_refused).map(|(place, _)| place).collect()
}

/// Without its trace id a result is matched by what is in it; where nothing is, the records are read.
#[tokio::test]
async fn results_are_matched_without_trace_ids_and_in_any_order() {
    for (settings, read) in [(json!({"traces": false}), 0), (json!({"traces": false, "keys": false}), 1)] {
        let account = Account::by_private_app();
        account.set(&settings);
        fields(&account.hubspot).await;
        let written = account.hubspot.write(&leads(5)).await;
        let contacts = account.contacts();
        for (number, one) in written.iter().enumerate() {
            let address = email(&format!("lead{number}")).to_text();
            let id = contacts.iter().find(|(_, known)| *known == address).map(|(id, _)| id.clone()).expect("a contact");
            assert_eq!(*one, CrmWritten::Done { id });
        }
        assert_eq!(account.count("batch/read"), read);
    }
}

/// HubSpot refuses a batch for one address that it does not take: halves of it find the one.
#[tokio::test]
async fn a_batch_that_is_refused_is_halved_until_the_wrong_record_is_alone() {
    let account = Account::by_private_app();
    fields(&account.hubspot).await;
    account.post("refuse_address", &json!({"address": email("lead37").as_str()}));
    let written = account.hubspot.write(&leads(100)).await;
    assert_eq!(refused(&written), [37]);
    assert!(matches!(&written[37], CrmWritten::Refused(Refusal::Rejected { words }) if words.contains("is invalid")));
    assert_eq!(account.contacts().len(), 99);
    let requests = account.count(UPSERT);
    assert!(requests <= 15, "{requests}");
}

/// An error that names no record: those without a result are sent alone.
#[tokio::test]
async fn an_error_without_a_name_is_found_by_sending_records_alone() {
    let account = Account::by_private_app();
    fields(&account.hubspot).await;
    let ids = [email("lead1").to_text()];
    let partial =
        json!({"do": "partial", "ids": ids, "category": "VALIDATION_ERROR", "message": "No.", "nameless": true});
    account.fail_on(UPSERT, &partial);
    account.fail_on(UPSERT, &partial);
    let written = account.hubspot.write(&leads(4)).await;
    assert_eq!(refused(&written), [1]);
    assert_eq!(account.count(UPSERT), 2);
}

/// Success without results is no success.
#[tokio::test]
async fn an_answer_without_results_is_tried_again() {
    let account = Account::by_private_app();
    fields(&account.hubspot).await;
    account.fail_on(UPSERT, &json!({"do": "empty"}));
    let written = account.hubspot.write(&leads(2)).await;
    assert!(written.iter().all(|one| matches!(one, CrmWritten::Refused(Refusal::Retry { .. }))), "{written:?}");
}

/// An account that moves to another data centre says for how long.
#[tokio::test]
async fn a_migration_is_waited_for() {
    let account = Account::by_private_app();
    fields(&account.hubspot).await;
    account.fail_on(UPSERT, &json!({"do": "status", "status": 477, "retry_after": 60}));
    let written = account.hubspot.write(&leads(1)).await;
    let after = Some(Millis(60_000));
    assert!(matches!(&written[..], [CrmWritten::Refused(Refusal::Retry { after: found, .. })] if *found == after));
}

/// A further address may be refused as a conflict that names the contact.
#[tokio::test]
async fn a_conflict_leads_to_the_contact_that_it_names() {
    let account = Account::by_private_app();
    account.set(&json!({"secondary_conflicts": true}));
    fields(&account.hubspot).await;
    let id = account.add_contact(&email("ann"), &[]);
    account.add_address(&id, &email("ann.private"));
    let written = account.hubspot.write(&[record("ann.private", OWNER, "Bo"), record("bea", OWNER, "Bo")]).await;
    assert_eq!(written[0], CrmWritten::Done { id: id.clone() });
    assert!(matches!(written[1], CrmWritten::Done { .. }));
    assert_eq!(account.value(&id, OWNER).as_deref(), Some("Bo"));
    assert_eq!(account.value(&id, "email"), Some(email("ann").to_text()));
}

/// Updates do not follow merged ids; reads do.
#[tokio::test]
async fn a_merged_record_is_found_where_an_update_does_not_find_it() {
    let account = Account::by_private_app();
    account.set(&json!({"merged_are_followed": false}));
    contract_crm::records::a_merged_record_is_followed(&account).await;
    let account = Account::by_private_app();
    account.set(&json!({"traces": false, "keys": false}));
    contract_crm::records::a_merged_record_is_followed(&account).await;
}

/// The address identifies a contact; it is in no property that is written.
#[tokio::test]
async fn an_address_is_never_written() {
    let account = Account::by_private_app();
    fields(&account.hubspot).await;
    let values = [("email", Some(Value::text("other@acme.example")))];
    let written = account.hubspot.write(&[set(CrmKey::Email(email("ann")), true, &values)]).await;
    assert_eq!(refused(&written), [0]);
    account.hubspot.write(&leads(3)).await;
    let requests = account.server.control("GET", "calls", &Json::Null);
    let writes = requests.as_array().into_iter().flatten().filter(|one| one["label"] == UPSERT);
    let inputs: Vec<&Json> = writes.filter_map(|one| one["body"]["inputs"].as_array()).flatten().collect();
    assert_eq!(inputs.len(), 3);
    assert!(inputs.iter().all(|input| input["properties"].get("email").is_none()));
}

/// A scope that was taken away is said with its name.
#[tokio::test]
async fn a_missing_scope_is_named() {
    let account = Account::by_private_app();
    fields(&account.hubspot).await;
    account.post("token", &json!({"scopes": ["crm.objects.contacts.read"]}));
    let known = account.hubspot.account().await.expect("an account");
    assert!(known.missing_scopes.contains(&"crm.objects.contacts.write".to_owned()), "{known:?}");
    let written = account.hubspot.write(&leads(1)).await;
    let [CrmWritten::Refused(Refusal::Unauthorized { words })] = &written[..] else { panic!("{written:?}") };
    assert!(words.contains("crm.objects.contacts.write"), "{words}");
}

/// Properties of owners, identifiers, and those whose options are elsewhere.
#[tokio::test]
async fn properties_say_who_may_write_them_and_what_they_are() {
    let account = Account::by_private_app();
    let custom = json!({"name": "second_owner", "label": "Second owner", "type": "enumeration", "fieldType": "select",
        "groupName": "contacts_information", "externalOptions": true, "referencedObjectType": "OWNER"});
    account.server.ask("POST", "/crm/v3/properties/contacts", &custom);
    let listed = account.hubspot.properties(CrmObject::Contact).await.expect("a list");
    let named = |name: &str| listed.iter().find(|one| one.name == name).unwrap_or_else(|| panic!("no {name}"));
    for name in ["hubspot_owner_id", "second_owner"] {
        assert_eq!(named(name).value_type, PropertyType::Owner, "{name}");
    }
    for (name, is_identifier) in [("email", true), ("hs_object_id", true), ("firstname", false)] {
        assert_eq!(named(name).is_identifier, is_identifier, "{name}");
    }
    assert_eq!(account.hubspot.kept_properties(CrmObject::Contact).await.expect("a list"), listed);
    assert_eq!(account.count("GET /crm/properties/contacts"), 1, "they are kept");
}

/// A look-up of scopes that fails leaves an account without them.
#[tokio::test]
async fn scopes_that_cannot_be_checked_are_said() {
    let account = Account::by_oauth();
    account.fail_on("token/introspect", &json!({"do": "status", "status": 401}));
    let known = account.hubspot.account().await.expect("an account");
    let (scopes, words) = known.unchecked_scopes.expect("unchecked scopes");
    assert!(scopes.contains(&"crm.objects.contacts.write".to_owned()) && !words.is_empty(), "{scopes:?}");
    assert_eq!((known.missing_scopes, known.id.as_str()), (Vec::new(), "1234"));
    assert_eq!(account.hubspot.account().await.expect("an account").unchecked_scopes, None);
}

/// With the account's own midnight the pause of a day ends there.
#[tokio::test]
async fn the_day_ends_at_the_midnight_of_the_account() {
    let account = Account::by_private_app();
    fields(&account.hubspot).await;
    account.hubspot.account().await.expect("an account");
    account.fail_on(UPSERT, &json!({"do": "rate_limit", "policy": "DAILY"}));
    let written = account.hubspot.write(&leads(1)).await;
    let [CrmWritten::Refused(Refusal::Paused { until, .. })] = &written[..] else { panic!("{written:?}") };
    // The account is an hour ahead.
    assert_eq!((until.0 + 3_600_000).rem_euclid(Millis::DAY.0), 0);
}

/// Two servers ask for one account: each sees in HubSpot's answers what the other one used.
#[tokio::test]
async fn two_servers_keep_the_limit_of_one_account() {
    let account = Account::by_private_app();
    account.set(&json!({"limit": 60, "window_ms": 4_000}));
    fields(&account.hubspot).await;
    let other = account.another();
    let resync = |hubspot, first: usize| async move {
        for round in first..first + 40 {
            let leads: Vec<CrmRecord> =
                (0..10).map(|number| record(&format!("lead{round}.{number}"), OWNER, "Bo")).collect();
            let written = Crm::write(hubspot, &leads).await;
            assert!(refused(&written).is_empty(), "{written:?}");
        }
    };
    tokio::join!(resync(&account.hubspot, 0), resync(&other, 40));
    assert_eq!((account.contacts().len(), account.refused_by_limits()), (800, 0));
}

/// While a resync uses what writes may use, a look-up with deals and owners is answered in the time that a lead waits.
#[tokio::test]
async fn a_look_up_does_not_wait_for_a_resync() {
    let account = Account::by_private_app();
    fields(&account.hubspot).await;
    account.hubspot.write(&leads(1)).await;
    let lead = account.contacts().remove(0).0;
    account.add_deal(&lead);
    account.add_company(&[&lead], "1");
    let hubspot = account.another();
    let resync = async {
        for _ in 0..20 {
            hubspot.write(&leads(10)).await;
        }
    };
    let question = CrmQuestion { emails: vec![email("lead0")], fields: Vec::new(), with_deals: true };
    let look_ups = async {
        for _ in 0..3 {
            let found = tokio::time::timeout(LOOK_UP, hubspot.find(&question)).await;
            let found = found.expect("in time").expect("an answer").remove(0).expect("the contact");
            assert!(found.owner.is_some() && found.deals.len() == 1);
        }
    };
    tokio::join!(resync, look_ups);
}
