//! A signal on a timeline and in the feed of all signals.

use knock_model::LeadId;
use knock_wire::{ContactRef, TimelineEntry};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::api::records::TimelineOf;
use crate::parts::record::entry::Entry;
use crate::parts::record::live_entry::LiveEntry;
use crate::sample;

const HOSTILE: &str = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";

fn on_timeline(entry: TimelineEntry) -> Stage {
    Stage::show(nothing(), move || {
        view! { <Entry entry=RwSignal::new(entry.clone()).into() of=TimelineOf::Contact(LeadId::new([4; 16])) /> }
    })
}

#[wasm_bindgen_test]
async fn why_is_one_click_away() {
    let stage = on_timeline(sample::entry());
    assert!(!stage.text().contains("matched"));
    stage.find("summary").click();
    settle().await;
    let text = stage.text();
    assert!(text.contains("Pricing: the path of the page matched \u{201c}pricing\u{201d}"), "{text}");
    assert!(text.contains("It gives 7.7 points to this score now."), "{text}");
    assert!(text.contains(&sample::entry().visitor.to_string()), "{text}");
}

#[wasm_bindgen_test]
async fn hostile_texts_stay_text_and_lead_nowhere() {
    let entry = TimelineEntry {
        title: HOSTILE.to_owned(),
        matched: HOSTILE.to_owned(),
        url: "javascript:window.hacked=1".to_owned(),
        href: "javascript:window.hacked=1".to_owned(),
        ..sample::entry()
    };
    let stage = on_timeline(entry);
    stage.find("summary").click();
    settle().await;
    assert_eq!(stage.find(".entry-object").inner_text(), HOSTILE);
    assert!(!stage.has("img, script, a"));
    assert!(stage.text().contains("javascript:window.hacked=1"));
}

#[wasm_bindgen_test]
async fn a_visitor_becomes_a_link_once_known() {
    let entry = RwSignal::new(sample::entry());
    let stage = Stage::show(nothing(), move || view! { <LiveEntry entry=entry.into() /> });
    assert!(stage.text().contains("Visitor 3f9a"));
    let id = LeadId::new([4; 16]);
    let email = "ann@globex.test".to_owned();
    entry.update(|entry| {
        entry.contact = Some(ContactRef { id, display_name: email.clone(), email, phone: String::new() })
    });
    settle().await;
    assert_eq!(stage.find(".who").get_attribute("href"), Some(format!("/app/contacts/{id}")));
    assert!(stage.text().contains("ann@globex.test"));
}
