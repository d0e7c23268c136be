//! Settings > Audit log, and Settings > Privacy.

use knock_model::Millis;
use knock_wire::{AuditEntry, AuditPage as Answer, ErasureReceipt, MemberList, Privacy};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement, HtmlSelectElement};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::audit::AuditPage;
use crate::pages::privacy::PrivacyPage;
use crate::sample;

const HOSTILE: &str = "<img src=x onerror=\"window.hacked=1\">";

fn ok(body: &impl serde::Serialize) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(body).expect("it has a JSON form") }
}

fn paths(stage: &Stage) -> Vec<String> {
    stage.calls().into_iter().map(|call| call.path).collect()
}

fn dispatch(element: &leptos::web_sys::HtmlElement, kind: &str) {
    let event = Event::new(kind).expect("an event can be made");
    element.dispatch_event(&event).expect("it is dispatched");
}

fn log(call: &Call) -> Reply {
    let members = MemberList { members: Vec::new() };
    let mut hostile = sample::audit_entry(1);
    hostile.subject.name = HOSTILE.to_owned();
    let is_next = call.path.contains("after=1");
    let entries = if is_next { vec![sample::audit_entry(0)] } else { vec![sample::audit_entry(2), hostile] };
    let next = (!is_next).then(|| "1".to_owned());
    if call.path.contains("members") { ok(&members) } else { ok(&Answer { entries, next }) }
}

#[wasm_bindgen_test]
async fn an_entry_says_who_did_what_and_opens_to_its_changes() {
    let stage = Stage::answering(log, || view! { <AuditPage /> });
    settle().await;
    let line = stage.find("tbody tr").inner_text();
    for words in ["Role changed", "bo@us.test", "Command line"] {
        assert!(line.contains(words), "{line}");
    }
    assert!(stage.text().contains(HOSTILE) && !stage.has("tbody img"));
    assert!(!stage.has(".audit-field"));
    stage.find("tbody summary").click();
    settle().await;
    let field = stage.find(".audit-field").inner_text();
    assert!(["role", "rep", "manager"].iter().all(|text| field.contains(text)), "{field}");
}

#[wasm_bindgen_test]
async fn filters_and_search_ask_the_server_and_go_into_the_file() {
    let stage = Stage::answering(log, || view! { <AuditPage /> });
    settle().await;
    let action: HtmlSelectElement = stage.find("select[aria-label=Action]").unchecked_into();
    action.set_value("member.invited");
    dispatch(&action, "change");
    let search: HtmlInputElement = stage.find("input[type=search]").unchecked_into();
    search.set_value("bo@");
    dispatch(&search, "input");
    for _ in 0..8 {
        settle().await;
    }
    let asked = "/api/v1/audit?limit=50&q=bo%40&action=member.invited".to_owned();
    assert!(paths(&stage).contains(&asked), "{:?}", paths(&stage));
    let file = stage.find("a[download]").get_attribute("href").unwrap_or_default();
    assert_eq!(file, "/api/v1/audit.csv?&q=bo%40&action=member.invited");
}

#[wasm_bindgen_test]
async fn older_entries_are_loaded_behind_those_shown() {
    let stage = Stage::answering(log, || view! { <AuditPage /> });
    settle().await;
    stage.find(".more button").click();
    settle().await;
    assert!(stage.has("tbody tr:nth-child(3)") && !stage.has("tbody tr:nth-child(4)"));
    assert!(paths(&stage).contains(&"/api/v1/audit?limit=50&after=1".to_owned()));
}

#[wasm_bindgen_test]
async fn an_entry_of_an_erased_person_names_the_receipt() {
    let mut entry: AuditEntry = sample::audit_entry(1);
    (entry.subject.name, entry.receipt) = (String::new(), Some("r-17".to_owned()));
    let answer = Answer { entries: vec![entry], next: None };
    let stage = Stage::show(ok(&answer), || view! { <AuditPage /> });
    settle().await;
    assert!(stage.find("tbody tr").inner_text().contains("Erased person"));
    stage.find("tbody summary").click();
    settle().await;
    assert!(stage.find("tbody tr").inner_text().contains("r-17"));
}

fn receipt() -> ErasureReceipt {
    let (id, by) = ("r-17".to_owned(), "ann@us.test".to_owned());
    ErasureReceipt { id, at: Millis(1_795_163_907_123), by, signals: 12, ..ErasureReceipt::default() }
}

fn persons(call: &Call) -> Reply {
    match call.path.as_str() {
        "/api/v1/privacy" => ok(&Privacy { signals_days: Some(90), deliveries_days: 30, waits_for_consent: false }),
        "/api/v1/persons/export" => ok(&serde_json::json!({"format": 1})),
        _ => ok(&receipt()),
    }
}

fn fill(stage: &Stage, id: &str, text: &str) {
    let input: HtmlInputElement = stage.find(id).unchecked_into();
    input.set_value(text);
    dispatch(&input, "input");
}

fn posted(stage: &Stage) -> Vec<(String, Option<String>)> {
    let posts = stage.calls().into_iter().filter(|call| call.method == Method::Post);
    posts.map(|call| (call.path, call.body)).collect()
}

#[wasm_bindgen_test]
async fn an_export_becomes_a_file() {
    let stage = Stage::answering(persons, || view! { <PrivacyPage /> });
    settle().await;
    assert!(stage.text().contains("90 days") && stage.text().contains("retention.signals_days"));
    assert!(stage.find("a[download]").has_attribute("hidden"));
    fill(&stage, "#export-email", "ann@globex.test");
    stage.find("form .button-strong").click();
    settle().await;
    assert_eq!(posted(&stage), [("/api/v1/persons/export".into(), Some(r#"{"email":"ann@globex.test"}"#.into()))]);
    let file = stage.find("a[download]");
    assert!(!file.has_attribute("hidden"));
    assert!(file.get_attribute("href").is_some_and(|href| href.starts_with("blob:")));
}

#[wasm_bindgen_test]
async fn no_one_is_erased_until_the_address_is_typed_again() {
    let stage = Stage::answering(persons, || view! { <PrivacyPage /> });
    settle().await;
    fill(&stage, "#erase-email", "ann@globex.test");
    stage.find("section[aria-labelledby=erase] button").click();
    settle().await;
    fill(&stage, "#erase-typed", "ann@globex");
    stage.find("dialog .button-strong").click();
    settle().await;
    assert!(posted(&stage).is_empty());
    assert!(stage.find("dialog .field-error").inner_text().contains("is not the address"));
    fill(&stage, "#erase-typed", "ann@globex.test");
    stage.find("dialog .button-strong").click();
    settle().await;
    assert_eq!(posted(&stage), [("/api/v1/persons/erase".into(), Some(r#"{"email":"ann@globex.test"}"#.into()))]);
    assert!(!stage.has("dialog"));
    let shown = stage.find(".receipt").inner_text();
    assert!(["r-17", "12 signals", "ann@us.test"].iter().all(|text| shown.contains(text)), "{shown}");
    assert_eq!(stage.find(".receipt a").get_attribute("download").as_deref(), Some("erasure-r-17.json"));
}
