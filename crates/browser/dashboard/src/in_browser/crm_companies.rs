//! Settings > CRM Sync: companies, beside contacts.

use knock_crm::PropertyType;
use knock_wire::{CrmDryRun, CrmFailure, CrmFieldShown, CrmHealth, CrmLog, CrmMapping, CrmSettings};
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use wasm_bindgen_test::wasm_bindgen_test;

use super::crm::{DRY_RUN, HEALTH, SETTINGS, choose, posted, press, read, show, show_with};
use super::webhooks::{ok, sent};
use super::{Stage, settle};
use crate::api::{Method, Reply};
use crate::parts::record::crm_writes::CrmWrites;
use crate::sample;

/// The companies' button that creates properties.
const CREATE: &str = "#crm-companies ~ .form-actions button";

fn field(label: &str, property: &str) -> CrmFieldShown {
    let value_type = PropertyType::Number.into();
    CrmFieldShown { label: label.to_owned(), property: property.to_owned(), value_type, options: Vec::new() }
}

/// Settings with these fields of companies, and their properties.
fn with_companies(fields: &[(&str, &str)], mapped: &[(&str, &str)]) -> CrmSettings {
    let stored: CrmSettings = read(SETTINGS);
    let pair = |(label, property): &(&str, &str)| ((*label).to_owned(), (*property).to_owned());
    CrmSettings {
        mapping: CrmMapping { company: mapped.iter().map(pair).collect(), ..stored.mapping },
        company_fields: fields.iter().map(|(label, property)| field(label, property)).collect(),
        ..stored
    }
}

/// The mapping of companies in the last request that saves.
fn saved(stage: &Stage) -> serde_json::Value {
    let body = sent(stage, Method::Put).pop().and_then(|(_, body)| body).expect("a body was sent");
    read::<serde_json::Value>(&body)["mapping"]["company"].clone()
}

#[wasm_bindgen_test]
async fn a_field_of_companies_has_a_choice_of_its_own_which_is_saved() {
    let stage = show(read(SETTINGS), |_| ok(&read::<CrmSettings>(SETTINGS)));
    settle().await;
    let leads = stage.find("#crm-company-field-knock_leads");
    let words = leads.text_content().unwrap_or_default();
    assert_eq!(words, "Not writtenSeats (seats)knock_leads (not in HubSpot)", "contacts' properties are not offered");
    let label = stage.find("label[for=crm-company-field-knock_leads]").text_content();
    assert_eq!(label.as_deref(), Some("Knock: Leads of companies"), "a field of contacts has another name");
    assert!(stage.text().contains("The company that HubSpot has for the contact of a lead; none is created."));
    choose(&leads, "seats");
    press(&stage, "Save");
    settle().await;
    assert_eq!(saved(&stage), serde_json::json!({"Knock: Leads": "seats"}));
    choose(&stage.find("#crm-company-field-knock_leads"), "");
    press(&stage, "Save");
    settle().await;
    assert_eq!(saved(&stage), serde_json::json!({}));
}

#[wasm_bindgen_test]
async fn the_standard_properties_of_each_object_are_created_alone_and_keep_what_is_not_saved() {
    let fields = [("Knock: Leads", "knock_leads"), ("Knock: Deals", "knock_deals")];
    let created = with_companies(&fields, &fields);
    let stage = show(with_companies(&fields, &[]), move |_| ok(&created));
    settle().await;
    choose(&stage.find("#crm-company-field-knock_leads"), "seats");
    press(&stage, "Create the standard properties");
    settle().await;
    assert_eq!(posted(&stage), [("/api/v1/crm/hubspot/fields".to_owned(), None)]);
    press(&stage, "Save");
    settle().await;
    assert_eq!(saved(&stage), serde_json::json!({"Knock: Leads": "seats"}), "those of contacts change no company");

    let created = with_companies(&fields, &fields);
    let stage = show(with_companies(&fields, &[]), move |_| ok(&created));
    settle().await;
    choose(&stage.find("#crm-company-field-knock_leads"), "seats");
    let create = stage.find(CREATE);
    assert_eq!(create.text_content().as_deref(), Some("Create the standard properties of companies"));
    create.click();
    settle().await;
    assert_eq!(posted(&stage), [("/api/v1/crm/hubspot/fields?object=company".to_owned(), None)]);
    press(&stage, "Save");
    settle().await;
    assert_eq!(saved(&stage), serde_json::json!({"Knock: Deals": "knock_deals", "Knock: Leads": "seats"}));
}

#[wasm_bindgen_test]
async fn what_companies_do_not_take_stands_at_their_line_and_not_at_that_of_contacts() {
    let refused = r#"{"type":"x","title":"Wrong","status":422,"errors":[{"pointer":"/mapping/company/Knock: Intent Score","reason":"takes no such values"}]}"#;
    let fields = [("Knock: Intent Score", "knock_intent_score")];
    // The property takes another field.
    let stage = show(with_companies(&fields, &[("Knock: Intent Score", "seats")]), move |_| Reply {
        status_code: 422,
        body: refused.to_owned(),
    });
    settle().await;
    let notes = |id: &str| stage.find(&format!("#{id}-knock_intent_score-notes")).inner_text();
    let trap = "HubSpot does not take this field there";
    assert!(notes("crm-company-field").contains(trap) && !notes("crm-field").contains(trap));
    press(&stage, "Save");
    settle().await;
    let reason = "takes no such values";
    assert!(notes("crm-company-field").contains(reason) && !notes("crm-field").contains(reason));
    assert!(!stage.has(".form-error"), "it stands at its field alone");
}

#[wasm_bindgen_test]
async fn a_crm_without_properties_of_companies_has_no_group_of_them() {
    let stage = show(with_companies(&[], &[]), |_| ok(&CrmDryRun { companies: Vec::new(), ..read(DRY_RUN) }));
    settle().await;
    assert!(stage.has("#crm-contacts") && !stage.has("#crm-companies"));
    press(&stage, "Start a dry run");
    settle().await;
    let run = stage.find("[aria-label='Result of the dry run']").inner_text();
    assert!(run.contains("1 lead would be written.") && !run.contains("compan"), "{run}");
}

#[wasm_bindgen_test]
async fn a_dry_run_lists_the_companies_with_their_accounts_and_says_if_there_are_none() {
    let stage = show(read(SETTINGS), |_| ok(&read::<CrmDryRun>(DRY_RUN)));
    settle().await;
    press(&stage, "Start a dry run");
    settle().await;
    let link = stage.find("[aria-label='Companies that would be written'] a");
    assert_eq!(link.inner_text(), "acme.test");
    let account = read::<CrmDryRun>(DRY_RUN).companies[0].account;
    assert_eq!(link.get_attribute("href"), Some(format!("/app/accounts/{account}")));
    let values = ["dt", "dd"].map(|of| stage.find(&format!("[aria-label='Companies that would be written'] {of}")));
    assert_eq!(values.map(|value| value.inner_text()), ["knock_leads", "3"]);
    assert!(stage.text().contains("1 company would be written."), "{}", stage.text());

    let stage = show(read(SETTINGS), |_| ok(&CrmDryRun { companies: Vec::new(), ..read(DRY_RUN) }));
    settle().await;
    press(&stage, "Start a dry run");
    settle().await;
    assert!(stage.text().contains("0 companies would be written."), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn a_failed_write_says_that_it_is_of_the_company() {
    let health: CrmHealth = read(HEALTH);
    let of_company = CrmFailure { number: 42, is_of_company: true, ..health.failures[0].clone() };
    let failures = vec![health.failures[0].clone(), of_company];
    let stage = show_with(read(SETTINGS), CrmHealth { failures, ..health }, |_| Reply {
        status_code: 204,
        body: String::new(),
    });
    settle().await;
    let lines: Vec<_> = stage.all("[aria-label='Failed writes'] li").iter().map(HtmlElement::inner_text).collect();
    let is_said: Vec<_> = lines.iter().map(|line| line.contains("To the company of the lead")).collect();
    assert_eq!(is_said, [false, true], "{lines:?}");
}

#[wasm_bindgen_test]
async fn a_record_says_which_writes_were_to_the_company() {
    const LOG: &str = include_str!("../../../../../tests/wire/crm_log.json");
    let contact = sample::conversation().contact.expect("a contact").id;
    let stage = Stage::answering(|_| ok(&read::<CrmLog>(LOG)), move || view! { <CrmWrites id=contact /> });
    settle().await;
    let lines: Vec<_> = stage.all(".change").iter().map(HtmlElement::inner_text).collect();
    let of_company: Vec<_> = lines.iter().map(|line| line.contains("To the company 77")).collect();
    assert_eq!(of_company, [false, true], "{lines:?}");
    assert!(lines[1].contains("knock_leads"), "{lines:?}");
}
