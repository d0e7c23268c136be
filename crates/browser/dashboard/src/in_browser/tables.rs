//! The tables.

use knock_model::{Bucket, IntentType, LeadId, Millis};
use knock_status::chat::ChatStatus;
use knock_wire::{Attribution, ContactFields, ContactProgress, ContactRow, FieldInput, FieldOption, Intent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlSelectElement};
use leptos_router::components::Router;
use std::collections::BTreeSet;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::api::Reply;
use crate::kit::reactive::effect;
use crate::kit::rows::Rows;
use crate::parts::record::contact_table::ContactTable;
use crate::parts::table::TableTools;
use crate::parts::table::condition_menu::ConditionMenu;
use crate::parts::table::progress_menu::ProgressMenu;
use crate::state::records::table_state::{PROGRESS, TableState, WHERE};

#[wasm_bindgen_test]
async fn a_changed_line_keeps_its_element_and_its_place() {
    let rows = Rows::new();
    let other = ContactRow { id: LeadId::new([5; 16]), display_name: "bo@globex.test".to_owned(), ..contact() };
    rows.set(vec![contact(), other.clone()]);
    let stage = Stage::show(nothing(), move || view! { <ContactTable rows /> });
    let line = stage.find("tbody tr:nth-child(2)");
    assert!(line.inner_text().contains("provisional: Buying"));
    let mut changed = other;
    changed.intent.kind = IntentType::Support;
    (changed.name, changed.display_name) = ("Bo Lee".to_owned(), "Bo Lee".to_owned());
    changed.email = "bo@globex.test".to_owned();
    rows.update(changed);
    settle().await;
    let after = stage.find("tbody tr:nth-child(2)");
    assert!(after.is_same_node(Some(&line)));
    assert!(after.inner_text().contains("Support") && after.inner_text().contains("Bo Lee"));
    assert_eq!(stage.find("tbody tr:nth-child(2) .cell-beside").inner_text(), "bo@globex.test");
    assert!(!after.inner_text().contains("provisional"));
}

#[wasm_bindgen_test]
async fn contacts_show_their_progress_in_chosen_columns() {
    let mut row = contact();
    row.progress = ContactProgress {
        owner_name: "Bo Lee".to_owned(),
        chat_status: ChatStatus::Rejected.into(),
        reject_reason: "No budget".to_owned(),
        ..ContactProgress::default()
    };
    let rows = Rows::new();
    rows.set(vec![row]);
    let stage = Stage::answering(
        |_| nothing(),
        move || {
            let table = move || {
                let state = TableState::of_address(PROGRESS.into_iter());
                state.columns().set("owner,chat_status,reject_reason,last_reply".to_owned());
                let tools = TableTools { state, chosen: RwSignal::new(BTreeSet::new()) };
                view! { <ProgressMenu state /><ContactTable rows tools=Some(tools) /> }
            };
            view! { <Router>{table()}</Router> }
        },
    );
    settle().await;
    let heads: Vec<String> = stage.all("thead th[scope=col]").iter().map(|head| head.inner_text()).collect();
    assert!(
        heads.ends_with(&["Owner".into(), "Chat Status".into(), "Reject reason".into(), "Last reply".into()]),
        "{heads:?}"
    );
    let line = stage.find("tbody tr").inner_text();
    assert!(["Bo Lee", "Rejected", "No budget"].iter().all(|words| line.contains(words)), "{line}");
    // An owner has no order; each filter is counted at the button.
    assert!(!stage.has("th:nth-child(3) button") && stage.has("th:nth-child(4) button"));
    let deal: HtmlSelectElement = stage.find("#table-deal").unchecked_into();
    deal.set_value("true");
    deal.dispatch_event(&Event::new("change").expect("an event can be made")).expect("it is dispatched");
    settle().await;
    assert_eq!(stage.find("[popovertarget=table-progress]").inner_text(), "Owner and status (1)");
}

#[wasm_bindgen_test]
async fn a_condition_offers_what_the_crm_says_with_labels_and_options() {
    let condition = RwSignal::new(String::new());
    let fields = serde_json::to_string(&ContactFields { fields: vec![tier()] }).expect("it has JSON");
    let stage = Stage::answering(
        move |call| match call.path.as_str() {
            "/api/v1/contacts/fields" => Reply { status_code: 200, body: fields.clone() },
            _ => nothing(),
        },
        move || {
            let menu = move || {
                let state = TableState::of_address(PROGRESS.into_iter());
                effect(move || condition.set(state.part(WHERE).get()));
                view! { <ConditionMenu state /> }
            };
            view! { <Router>{menu()}</Router> }
        },
    );
    settle().await;
    let is_asked = |stage: &Stage| stage.calls().iter().any(|call| call.path == "/api/v1/contacts/fields");
    assert!(!is_asked(&stage), "nothing is loaded before it is opened");
    stage.find("[popovertarget=table-conditions]").click();
    stage.find("#table-conditions .form-actions .button").click();
    settle().await;
    assert!(!stage.has("#table-conditions select[aria-label=Value]"), "a source is typed");
    let chooses = |label: &str, value: &str| {
        let found: HtmlSelectElement =
            stage.find(&format!("#table-conditions select[aria-label={label}]")).unchecked_into();
        found.set_value(value);
        found.dispatch_event(&Event::new("change").expect("an event can be made")).expect("it is dispatched");
    };
    assert_eq!(
        stage.find("#table-conditions optgroup option").text_content().as_deref(),
        Some("HubSpot: Customer tier")
    );
    chooses("Field", "crm.hubspot.fields.tier");
    settle().await;
    assert_eq!(condition.get_untracked(), "", "no option is chosen yet");
    chooses("Value", "g1");
    settle().await;
    let asked = r#"{"all":[{"field":"crm.hubspot.fields.tier","op":"eq","value":"g1"}]}"#;
    assert_eq!(condition.get_untracked(), asked);
    chooses("Comparison", "contains");
    settle().await;
    assert!(stage.has("#table-conditions input[aria-label=Value]"), "a part of a value is typed");
}

/// A property of the CRM with options.
fn tier() -> FieldInput {
    let option = |value: &str, label: &str| FieldOption { value: value.to_owned(), label: label.to_owned() };
    FieldInput {
        field: "crm.hubspot.fields.tier".to_owned(),
        label: Some("HubSpot: Customer tier".to_owned()),
        value_type: "text".to_owned(),
        operators: vec!["eq".to_owned(), "contains".to_owned()],
        values: Vec::new(),
        options: vec![option("g1", "Gold"), option("s1", "Silver")],
        has_source: true,
    }
}

#[wasm_bindgen_test]
async fn coming_and_going_fifty_times_leaves_nothing() {
    let before = document().body().map(|body| body.child_element_count());
    for _ in 0..50 {
        let rows = Rows::new();
        rows.set(vec![contact()]);
        drop(Stage::show(nothing(), move || view! { <ContactTable rows /> }));
    }
    settle().await;
    assert_eq!(document().body().map(|body| body.child_element_count()), before);
}

/// A lead with a High score.
pub(super) fn contact() -> ContactRow {
    let at = Millis(1_795_163_907_123);
    let intent = Intent {
        bucket: Bucket::High,
        score: 62.4,
        kind: IntentType::Unknown,
        provisional_type: IntentType::Buying,
        engagement: 40,
        at,
        next_change_at: Some(at + Millis::days(3)),
    };
    ContactRow {
        id: LeadId::new([4; 16]),
        email: "ann@globex.test".to_owned(),
        display_name: "ann@globex.test".to_owned(),
        name: String::new(),
        phone: String::new(),
        company: String::new(),
        account: None,
        intent,
        attribution: Attribution::default(),
        progress: ContactProgress::default(),
        signals: 3,
        first_seen_at: at,
        last_seen_at: at,
        tags: Vec::new(),
    }
}
