//! The tables.

use knock_model::{Bucket, IntentType, LeadId, Millis};
use knock_wire::{Attribution, ContactRow, Intent};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::kit::rows::Rows;
use crate::parts::record::contact_table::ContactTable;

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

fn contact() -> ContactRow {
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
        signals: 3,
        first_seen_at: at,
        last_seen_at: at,
        tags: Vec::new(),
    }
}
