//! Settings > CRM Sync.

use knock_model::{CrmSystem, Millis};
use knock_wire::{
    CredentialField, CredentialForm, CrmDraft, CrmDryRun, CrmHealth, CrmLog, CrmLogEntry, CrmProperties, CrmSettings,
    CrmSystemShown, CrmSystems, InstallStarted, SegmentTemplateList,
};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement};
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::sign_in::type_into;
use super::webhooks::{ok, sent};
use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::crm::CrmPage;
use crate::parts::record::crm_writes::CrmWrites;
use crate::sample;

const SYSTEMS: &str = include_str!("../../../../../tests/wire/crm_systems.json");
pub(super) const SETTINGS: &str = include_str!("../../../../../tests/wire/crm_settings.json");
const PROPERTIES: &str = include_str!("../../../../../tests/wire/crm_properties.json");
pub(super) const HEALTH: &str = include_str!("../../../../../tests/wire/crm_health.json");
pub(super) const DRY_RUN: &str = include_str!("../../../../../tests/wire/crm_dry_run.json");
const TEMPLATES: &str = r#"{"templates":[{"id":"clean_crm","name":"Clean CRM","when":{"field":"intent.score","op":"neq","value":"Low"},"is_built_in":true}]}"#;

pub(super) fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("a shape of the wire")
}

/// The settings of a CRM without an access.
fn unconnected() -> CrmSettings {
    let field = |name: &str, label: &str, is_secret| CredentialField {
        name: name.to_owned(),
        label: label.to_owned(),
        hint: if name == "client_id" { "The public id of the app.".to_owned() } else { String::new() },
        is_secret,
    };
    let form = |fields: Vec<_>, steps: &[&str]| {
        Some(CredentialForm { fields, steps: steps.iter().map(|step| (*step).to_owned()).collect() })
    };
    CrmSettings {
        name: "HubSpot".to_owned(),
        is_available: true,
        credentials: form(vec![field("token", "Access token", true)], &["Make a private app.", "Paste it here."]),
        app: form(
            vec![field("client_id", "Client ID", false), field("client_secret", "Client secret", true)],
            &["Make an app in HubSpot."],
        ),
        scopes: vec!["oauth".to_owned(), "crm.objects.contacts.read".to_owned()],
        ..CrmSettings::default()
    }
}

/// A server with these settings; requests for changes get the response of `change`.
pub(super) fn show(settings: CrmSettings, change: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Stage {
    show_with(settings, read(HEALTH), change)
}

/// The same with another health.
pub(super) fn show_with(
    settings: CrmSettings,
    health: CrmHealth,
    change: impl Fn(&Call) -> Reply + Send + Sync + 'static,
) -> Stage {
    let answer = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, "/api/v1/crm") => ok(&read::<CrmSystems>(SYSTEMS)),
        (Method::Get, "/api/v1/crm/hubspot") => ok(&settings),
        (Method::Get, "/api/v1/crm/hubspot/properties") => ok(&read::<CrmProperties>(PROPERTIES)),
        (Method::Get, "/api/v1/crm/hubspot/health") => ok(&health),
        (Method::Get, _) => ok(&read::<SegmentTemplateList>(TEMPLATES)),
        (Method::Post | Method::Put | Method::Patch | Method::Delete, _) => change(call),
    };
    Stage::answering(answer, || view! { <Router><CrmPage /></Router> })
}

pub(super) fn press(stage: &Stage, words: &str) {
    let all = stage.all("button");
    let found = all.iter().find(|button| button.inner_text().trim().starts_with(words));
    found.unwrap_or_else(|| panic!("no button {words} in {}", stage.root.inner_html())).click();
}

pub(super) fn choose(field: &HtmlElement, value: &str) {
    js_sys::Reflect::set(field, &"value".into(), &value.into()).expect("a choice has a value");
    field.dispatch_event(&Event::new("change").expect("an event")).expect("it is dispatched");
}

pub(super) fn posted(stage: &Stage) -> Vec<(String, Option<String>)> {
    sent(stage, Method::Post)
}

#[wasm_bindgen_test]
async fn an_account_is_connected_by_its_token_and_a_wrong_one_says_why() {
    let refused = r#"{"type":"x","title":"Wrong","status":422,"errors":[{"pointer":"/token","reason":"Authentication credentials not found."}]}"#;
    let stage = show(unconnected(), move |call| match call.body.as_deref() {
        Some(body) if body.contains("wrong") => Reply { status_code: 422, body: refused.to_owned() },
        _ => ok(&read::<CrmSettings>(SETTINGS)),
    });
    settle().await;
    assert!(!stage.has("#crm-health"), "there is nothing to tell yet");
    type_into(&stage, "#crm-token", "wrong");
    press(&stage, "Connect");
    settle().await;
    assert!(stage.find("#crm-token-notes").inner_text().contains("Authentication credentials not found."));
    type_into(&stage, "#crm-token", " pat-eu1-1 ");
    press(&stage, "Connect");
    settle().await;
    assert_eq!(
        posted(&stage).last(),
        Some(&("/api/v1/crm/hubspot/connect".to_owned(), Some(r#"{"token":"pat-eu1-1"}"#.to_owned())))
    );
    let text = stage.text();
    for words in ["acme.example", "crm.objects.deals.read", "Meeting Time and Meeting Owner"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[wasm_bindgen_test]
async fn an_unconnected_crm_shows_its_steps_and_fields_as_the_settings_list_them() {
    let stage = show(unconnected(), |_| ok(&read::<CrmSettings>(SETTINGS)));
    settle().await;
    assert!(!stage.has(".tabs"), "there is no choice of one");
    let text = stage.text();
    for words in [
        "contacts in HubSpot as they change",
        "Scopes that Knock needs: oauth, crm.objects.contacts.read.",
        "Make an app in HubSpot.",
        "Install to HubSpot",
        "Or connect by credentials",
        "Access token",
        "It is stored encrypted and never shown again.",
        "The public id of the app.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let steps: Vec<_> = stage.all(".vendor-steps li").iter().map(HtmlElement::inner_text).collect();
    assert_eq!(steps, ["Make a private app.", "Paste it here."]);
    let kind = |id: &str| stage.find(id).get_attribute("type").unwrap_or_default();
    assert_eq!(
        ["#crm-token", "#crm-client_id", "#crm-client_secret"].map(kind),
        ["password", "text", "password"].map(str::to_owned)
    );
    let only_credentials = CrmSettings { app: None, ..unconnected() };
    let stage = show(only_credentials, |_| ok(&read::<CrmSettings>(SETTINGS)));
    settle().await;
    assert!(stage.has("#crm-token") && !stage.has("#crm-client_id"));
    assert!(!stage.text().contains("Or connect by"), "there is one way");
}

#[wasm_bindgen_test]
async fn an_app_is_installed_by_its_credentials_or_as_it_is_known() {
    let refused =
        r#"{"type":"x","title":"Wrong","status":422,"errors":[{"pointer":"/client_id","reason":"is no client ID"}]}"#;
    let stage = show(unconnected(), move |call| match call.body.as_deref() {
        Some(body) if body.contains("A01") => Reply { status_code: 422, body: refused.to_owned() },
        // An address that stays on the page.
        _ => ok(&InstallStarted { url: "#at-hubspot".to_owned().into() }),
    });
    settle().await;
    type_into(&stage, "#crm-client_id", "A01");
    type_into(&stage, "#crm-client_secret", " flint-7 ");
    press(&stage, "Install to HubSpot");
    settle().await;
    assert!(stage.find("#crm-client_id-notes").inner_text().contains("is no client ID"));
    assert!(!stage.has(".form-error"), "it stands at its field alone");
    type_into(&stage, "#crm-client_id", "1001");
    press(&stage, "Install to HubSpot");
    settle().await;
    let install = |body: &str| ("/api/v1/crm/hubspot/install".to_owned(), Some(body.to_owned()));
    assert_eq!(posted(&stage).last(), Some(&install(r#"{"client_id":"1001","client_secret":"flint-7"}"#)));
    assert_eq!(window().location().hash().expect("a hash"), "#at-hubspot");
    let stage = show(CrmSettings { is_app_known: true, ..unconnected() }, |_| {
        ok(&InstallStarted { url: "#again".to_owned().into() })
    });
    settle().await;
    assert!(!stage.has("#crm-client_id"), "nothing has to be pasted");
    press(&stage, "Install to HubSpot");
    settle().await;
    assert_eq!(posted(&stage), [install("{}")]);
    window().location().set_hash("").expect("it is set");
}

#[wasm_bindgen_test]
async fn where_two_crms_are_available_one_is_chosen_and_asked_by_its_own_path() {
    let shown = |system: CrmSystem, is_available, is_connected| CrmSystemShown {
        system: system.into(),
        name: system.label().to_owned(),
        is_available,
        is_connected,
    };
    let systems = CrmSystems {
        systems: vec![
            shown(CrmSystem::Salesforce, true, false),
            shown(CrmSystem::Hubspot, true, true),
            shown(CrmSystem::Marketo, false, false),
        ],
    };
    let other = CrmSettings { name: "Salesforce".to_owned(), app: None, ..unconnected() };
    let answer = move |call: &Call| match call.path.as_str() {
        "/api/v1/crm" => ok(&systems),
        "/api/v1/crm/hubspot" => ok(&read::<CrmSettings>(SETTINGS)),
        "/api/v1/crm/hubspot/properties" => ok(&read::<CrmProperties>(PROPERTIES)),
        "/api/v1/crm/hubspot/health" => ok(&read::<CrmHealth>(HEALTH)),
        "/api/v1/crm/salesforce" | "/api/v1/crm/salesforce/connect" => ok(&other),
        _ => ok(&read::<SegmentTemplateList>(TEMPLATES)),
    };
    let stage = Stage::answering(answer, || view! { <Router><CrmPage /></Router> });
    settle().await;
    let offered: Vec<_> = stage.all(".tab").iter().map(HtmlElement::inner_text).collect();
    assert_eq!(offered, ["Salesforce", "HubSpot"], "what cannot be connected is not offered");
    let pressed = || stage.find(".tab[aria-pressed=true]").inner_text();
    assert_eq!((pressed(), stage.find("#crm-access").inner_text()), ("HubSpot".into(), "HubSpot".into()));
    press(&stage, "Salesforce");
    settle().await;
    assert_eq!((pressed(), stage.find("#crm-access").inner_text()), ("Salesforce".into(), "Salesforce".into()));
    assert!(!stage.has("#crm-health"), "it is not connected");
    type_into(&stage, "#crm-token", "granite-41");
    press(&stage, "Connect");
    settle().await;
    let connect = ("/api/v1/crm/salesforce/connect".to_owned(), Some(r#"{"token":"granite-41"}"#.to_owned()));
    assert_eq!(posted(&stage), [connect]);
    press(&stage, "HubSpot");
    settle().await;
    assert!(stage.has("#crm-health") && stage.text().contains("Write leads to HubSpot"));
}

#[wasm_bindgen_test]
async fn fields_are_mapped_to_properties_that_take_them_and_saved_with_the_switches() {
    let stage = show(read(SETTINGS), |_| ok(&read::<CrmSettings>(SETTINGS)));
    settle().await;
    let score = stage.find("#crm-field-knock_intent_score");
    let words = score.text_content().unwrap_or_default();
    assert_eq!(words, "Not writtenRating (rating)");
    choose(&score, "");
    stage.find("#crm-leaving ~ .choice input").click();
    stage.find(".fieldset input").click();
    choose(&stage.find("#crm-create"), "qualified_not_booked");
    type_into(&stage, "#crm-read", "jobtitle, , phone");
    press(&stage, "Save");
    settle().await;
    let body = r#"{"enabled":false,"other_sources":false,"accept":[],"create_contact":"qualified_not_booked","mapping":{"contact":{"Chat Status":"knock_chat_status"},"company":{"Knock: Leads":"knock_leads"}},"prefix":"Knock","read_fields":["jobtitle","phone"],"timeline":true,"meetings":false,"recreate_deleted":true}"#;
    assert_eq!(sent(&stage, Method::Put), [("/api/v1/crm/hubspot".to_owned(), Some(body.to_owned()))]);
}

#[wasm_bindgen_test]
async fn an_impossible_mapping_is_refused_at_its_field() {
    let refused = r#"{"type":"x","title":"Wrong","status":422,"errors":[{"pointer":"/mapping/contact/Knock: Intent Score","reason":"takes no such values"}]}"#;
    let stage = show(read(SETTINGS), move |_| Reply { status_code: 422, body: refused.to_owned() });
    settle().await;
    press(&stage, "Save");
    settle().await;
    let notes = stage.find("#crm-field-knock_intent_score-notes").inner_text();
    assert!(notes.contains("takes no such values"), "{notes}");
    assert!(!stage.has(".form-error"), "it stands at its field alone");
}

#[wasm_bindgen_test]
async fn what_failed_stands_in_the_words_of_the_vendor_and_is_tried_again() {
    let stage = show(read(SETTINGS), |call| match call.path.as_str() {
        "/api/v1/crm/hubspot/dry-run" => ok(&read::<CrmDryRun>(DRY_RUN)),
        _ => Reply { status_code: 204, body: String::new() },
    });
    settle().await;
    let text = stage.text();
    for words in ["Authentication credentials not found.", "Property \"rating\" does not exist", "200 of 1,000 leads"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    stage.find("[aria-label='Failed writes'] button").click();
    settle().await;
    press(&stage, "Retry all");
    settle().await;
    press(&stage, "Start a dry run");
    settle().await;
    let retry = "/api/v1/crm/hubspot/retry".to_owned();
    assert_eq!(
        posted(&stage),
        [
            (retry.clone(), Some(r#"{"number":41}"#.to_owned())),
            (retry, Some("{}".to_owned())),
            ("/api/v1/crm/hubspot/dry-run".to_owned(), None)
        ]
    );
    let run = stage.find("[aria-label='Result of the dry run']").text_content().unwrap_or_default();
    for words in
        ["1 lead would be written.", "3 leads: The lead has given no e-mail address.", "Rep Discovery", "cleared"]
    {
        assert!(run.contains(words), "{words}: {run}");
    }
}

#[wasm_bindgen_test]
async fn a_full_resync_is_started_and_says_how_far_it_is() {
    let on = CrmSettings { enabled: true, is_paused: false, ..read(SETTINGS) };
    let idle = CrmHealth { resync: None, ..read(HEALTH) };
    for (settings, may) in [(on.clone(), true), (CrmSettings { enabled: false, ..on }, false)] {
        let known = idle.clone();
        let stage = show_with(settings, known, |_| Reply { status_code: 202, body: HEALTH.to_owned() });
        settle().await;
        let button = stage.find("[aria-describedby='crm-resync-hint']");
        assert_eq!(button.has_attribute("disabled"), !may);
        if may {
            button.click();
            settle().await;
            assert_eq!(posted(&stage), [("/api/v1/crm/hubspot/resync".to_owned(), None)]);
            let bar = stage.find("progress");
            assert_eq!(
                (bar.get_attribute("value"), bar.get_attribute("max")),
                (Some("200".into()), Some("1000".into()))
            );
            assert!(button.has_attribute("disabled"), "one is under way");
            assert!(stage.text().contains("200 of 1,000 leads (under way)"), "{}", stage.text());
        }
    }
}

#[wasm_bindgen_test]
async fn it_is_paused_and_disconnected_after_a_question() {
    let stage = show(read(SETTINGS), |_| Reply { status_code: 204, body: String::new() });
    settle().await;
    press(&stage, "Pause");
    settle().await;
    let pause = ("/api/v1/crm/hubspot/pause".to_owned(), Some(r#"{"is_paused":true}"#.to_owned()));
    assert_eq!(posted(&stage), [pause]);
    press(&stage, "Disconnect");
    settle().await;
    assert_eq!(sent(&stage, Method::Delete), [], "it asks first");
    stage.find("dialog [type=submit]").unchecked_into::<HtmlElement>().click();
    settle().await;
    assert_eq!(sent(&stage, Method::Delete), [("/api/v1/crm/hubspot".to_owned(), None)]);
}

#[wasm_bindgen_test]
async fn pausing_keeps_what_is_not_saved() {
    let stage = show(read(SETTINGS), |call| match call.method {
        Method::Put => ok(&read::<CrmSettings>(SETTINGS)),
        _ => Reply { status_code: 204, body: String::new() },
    });
    settle().await;
    choose(&stage.find("#crm-field-knock_intent_score"), "");
    press(&stage, "Pause");
    settle().await;
    assert!(stage.text().contains("Paused: leads wait to be written."), "{}", stage.text());
    press(&stage, "Save");
    settle().await;
    let body = sent(&stage, Method::Put).pop().and_then(|(_, body)| body).expect("it is saved");
    assert_eq!(read::<CrmDraft>(&body).mapping.contact.get("Knock: Intent Score"), None, "{body}");
}

#[wasm_bindgen_test]
async fn a_record_says_what_was_written_of_it_and_is_silent_before() {
    const LOG: &str = include_str!("../../../../../tests/wire/crm_log.json");
    for (log, is_shown) in [(read::<CrmLog>(LOG), true), (CrmLog::default(), false)] {
        let contact = sample::conversation().contact.expect("a contact").id;
        let stage = Stage::answering(move |_| ok(&log), move || view! { <CrmWrites id=contact /> });
        settle().await;
        let text = stage.text();
        for words in ["Written to HubSpot", "Contact 512", "Chat status", "Rep Discovery", "cleared"] {
            assert_eq!(text.contains(words), is_shown, "{words}: {text}");
        }
    }
}

#[wasm_bindgen_test]
async fn each_crm_with_writes_has_a_panel_with_its_own_contact() {
    let mut log: CrmLog = read(include_str!("../../../../../tests/wire/crm_log.json"));
    let other = CrmSystem::Salesforce;
    log.writes.push(CrmLogEntry { system: other.into(), ..log.writes[0].clone() });
    log.contacts.insert(other.as_str().to_owned(), "003A1".to_owned());
    log.deleted_at = [("marketo".to_owned(), Millis(1_795_000_000_000))].into();
    let contact = sample::conversation().contact.expect("a contact").id;
    let stage = Stage::answering(move |_| ok(&log), move || view! { <CrmWrites id=contact /> });
    settle().await;
    let panel = |system: &str| stage.find(&format!("[aria-labelledby=crm-writes-{system}]")).inner_text();
    let (hubspot, other) = (panel("hubspot"), panel("salesforce"));
    assert!(hubspot.contains("Written to HubSpot") && hubspot.contains("Contact 512"), "{hubspot}");
    assert!(other.contains("Written to Salesforce") && other.contains("Contact 003A1"), "{other}");
    let deleted = panel("marketo");
    assert!(deleted.contains("Deleted in Marketo. Nothing is written there."), "{deleted}");
    assert!(!hubspot.contains("Deleted") && !other.contains("Deleted"), "{hubspot} {other}");
}
