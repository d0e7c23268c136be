//! Settings > CRM Sync.

use knock_wire::{CrmDryRun, CrmHealth, CrmLog, CrmProperties, CrmSettings, SegmentTemplateList};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement};
use wasm_bindgen_test::wasm_bindgen_test;

use super::sign_in::type_into;
use super::webhooks::{ok, sent};
use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::CrmPage;
use crate::parts::CrmWrites;
use crate::sample;

const SETTINGS: &str = include_str!("../../../../../tests/wire/crm_settings.json");
const PROPERTIES: &str = include_str!("../../../../../tests/wire/crm_properties.json");
const HEALTH: &str = include_str!("../../../../../tests/wire/crm_health.json");
const DRY_RUN: &str = include_str!("../../../../../tests/wire/crm_dry_run.json");
const TEMPLATES: &str = r#"{"templates":[{"id":"clean_crm","name":"Clean CRM","when":{"field":"intent.score","op":"neq","value":"Low"},"is_built_in":true}]}"#;

fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("a shape of the wire")
}

/// A server with these settings; requests for changes get the response of `change`.
fn show(settings: CrmSettings, change: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Stage {
    show_with(settings, read(HEALTH), change)
}

/// The same with another health.
fn show_with(
    settings: CrmSettings,
    health: CrmHealth,
    change: impl Fn(&Call) -> Reply + Send + Sync + 'static,
) -> Stage {
    let answer = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, "/api/v1/crm/hubspot") => ok(&settings),
        (Method::Get, "/api/v1/crm/hubspot/properties") => ok(&read::<CrmProperties>(PROPERTIES)),
        (Method::Get, "/api/v1/crm/hubspot/health") => ok(&health),
        (Method::Get, _) => ok(&read::<SegmentTemplateList>(TEMPLATES)),
        (Method::Post | Method::Put | Method::Patch | Method::Delete, _) => change(call),
    };
    Stage::answering(answer, || view! { <CrmPage /> })
}

fn press(stage: &Stage, words: &str) {
    let all = stage.all("button");
    let found = all.iter().find(|button| button.inner_text().trim().starts_with(words));
    found.unwrap_or_else(|| panic!("no button {words} in {}", stage.root.inner_html())).click();
}

fn choose(field: &HtmlElement, value: &str) {
    js_sys::Reflect::set(field, &"value".into(), &value.into()).expect("a choice has a value");
    field.dispatch_event(&Event::new("change").expect("an event")).expect("it is dispatched");
}

fn posted(stage: &Stage) -> Vec<(String, Option<String>)> {
    sent(stage, Method::Post)
}

#[wasm_bindgen_test]
async fn an_account_is_connected_by_its_token_and_a_wrong_one_says_why() {
    let refused = r#"{"type":"x","title":"Wrong","status":422,"errors":[{"pointer":"/token","reason":"Authentication credentials not found."}]}"#;
    let stage = show(CrmSettings::default(), move |call| match call.body.as_deref() {
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
    let body = r#"{"enabled":false,"other_sources":false,"accept":[],"create_contact":"qualified_not_booked","mapping":{"contact":{"Chat Status":"knock_chat_status"}},"prefix":"Knock","read_fields":["jobtitle","phone"],"timeline":true,"meetings":false}"#;
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
async fn a_record_says_what_was_written_of_it_and_is_silent_before() {
    const LOG: &str = include_str!("../../../../../tests/wire/crm_log.json");
    for (log, is_shown) in [(read::<CrmLog>(LOG), true), (CrmLog::default(), false)] {
        let contact = sample::conversation().contact.expect("a contact").id;
        let stage = Stage::answering(move |_| ok(&log), move || view! { <CrmWrites id=contact /> });
        settle().await;
        let text = stage.text();
        for words in ["Contact 512", "Chat status", "Rep Discovery", "cleared"] {
            assert_eq!(text.contains(words), is_shown, "{words}: {text}");
        }
    }
}
