//! The Install page's parts.

use knock_model::IdentifyPolicy;
use knock_wire::{LiveEvent, RawSecret, Site};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::api::Reply;
use crate::live::use_live;
use crate::parts::{SiteCard, SiteForm};
use crate::sample;

fn site() -> Site {
    Site {
        key: "demo".to_owned(),
        name: "Shop".to_owned(),
        origins: vec!["https://shop.test".to_owned()],
        base: String::new(),
        demo: false,
        snippet: "<script async crossorigin src=\"https://knock.test/k.js\" data-site=\"demo\"></script>".to_owned(),
        snippet_pinned:
            "<script async crossorigin src=\"https://knock.test/t/1/k.js\" integrity=\"sha384-x\"></script>".to_owned(),
        identify: IdentifyPolicy::Open,
        identify_secret: RawSecret::default(),
        last_signal_at: None,
        removed_at: None,
        categories: Vec::new(),
    }
}

#[wasm_bindgen_test]
async fn waiting_ends_with_the_first_signal_of_this_site() {
    let stage = Stage::show(nothing(), || {
        let live = use_live();
        let mut other = sample::entry();
        other.site = "another".to_owned();
        let tell = move |_| {
            live.tell(&LiveEvent::Signal(other.clone()));
            live.tell(&LiveEvent::Signal(sample::entry()));
        };
        view! {
            <button id="tell" on:click=tell></button>
            <SiteCard site=RwSignal::new(site()).into() changed=|_| {} />
        }
    });
    assert!(stage.text().contains("Waiting for the first signal"));
    stage.find("#tell").click();
    settle().await;
    let said = stage.find(".check").text_content().unwrap_or_default();
    assert!(said.trim().starts_with("First signal received (page_view of /pricing, "), "{said}");
}

#[wasm_bindgen_test]
async fn the_pinned_line_stands_beside_the_plain_one_and_says_when_to_use_it() {
    let stage = Stage::show(nothing(), || view! { <SiteCard site=RwSignal::new(site()).into() changed=|_| {} /> });
    assert!(stage.find(".snippet-pinned").text_content().unwrap_or_default().contains("/t/1/k.js"));
    assert!(stage.find(".snippet-pinned").text_content().unwrap_or_default().contains("every upgrade"));
    assert!(!stage.find(".snippet").text_content().unwrap_or_default().contains("integrity"));
}

#[wasm_bindgen_test]
async fn errors_of_the_server_stand_at_their_fields() {
    let body = r#"{"type":"x","title":"The site is not valid","status":422,
        "errors":[{"pointer":"/name","reason":"is empty"},{"pointer":"/origins/1","reason":"has a path"}]}"#;
    let reply = Reply { status_code: 422, body: body.to_owned() };
    let stage = Stage::show(reply, || view! { <SiteForm site=None saved=|_| {} cancel=|()| {} /> });
    stage.find("button[type=submit]").click();
    settle().await;
    assert!(stage.find("#new-name-notes").inner_text().starts_with("is empty"));
    assert!(stage.find("#new-origins-notes").inner_text().starts_with("Line 2: has a path"));
    assert_eq!(stage.find("#new-name").get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(stage.find("#new-base").get_attribute("aria-invalid").as_deref(), Some("false"));
}
