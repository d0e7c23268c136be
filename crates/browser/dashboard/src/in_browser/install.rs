//! The Install page's parts.

use knock_model::{Category, IdentifyPolicy};
use knock_wire::{LiveEvent, Site, SiteDraft};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement};
use leptos_router::components::Router;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::api::{Call, Method, Reply};
use crate::kit::reactive::handler;
use crate::parts::install::site_card::SiteCard;
use crate::parts::install::site_form::SiteForm;
use crate::sample;
use crate::state::live::use_live;

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
            <button id="tell" on:click=handler(tell)></button>
            <SiteCard site=RwSignal::new(sample::site()).into() changed=|_| {} />
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
    let stage = Stage::show(
        nothing(),
        || view! { <Router><SiteCard site=RwSignal::new(sample::site()).into() changed=|_| {} /></Router> },
    );
    assert!(stage.find(".snippet-pinned:not(.for-developer)").text_content().unwrap_or_default().contains("/t/1/k.js"));
    assert!(
        stage.find(".snippet-pinned:not(.for-developer)").text_content().unwrap_or_default().contains("every upgrade")
    );
    assert!(!stage.find(".snippet").text_content().unwrap_or_default().contains("integrity"));
}

#[wasm_bindgen_test]
async fn errors_of_the_server_stand_at_their_fields() {
    let body = r#"{"type":"x","title":"The site is not valid","status":422,
        "errors":[{"pointer":"/name","reason":"is empty"},{"pointer":"/origins/1","reason":"has a path"}]}"#;
    let reply = Reply { status_code: 422, body: body.to_owned() };
    let stage = Stage::show(reply, || view! { <Router><SiteForm site=None saved=|_| {} cancel=|()| {} /></Router> });
    stage.find("button[type=submit]").click();
    settle().await;
    assert!(stage.find("#new-name-notes").inner_text().starts_with("This is empty."));
    assert!(stage.find("#new-origins-notes").inner_text().contains("has a path."));
    assert_eq!(stage.find("#new-name").get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(stage.find("#new-base").get_attribute("aria-invalid").as_deref(), Some("false"));
}

const REFUSED: &str = r#"{"refused":[{"outcome":"invalid","pointer":"header/Origin","reason":"is not one of the origins of this site",
    "origin":"https://new.test","count":1,"first_at":1,"last_at":2}]}"#;

/// The refused signals, none before `is_refused`, and a site that takes the origins of a draft.
fn answering(call: &Call, is_refused: bool) -> Reply {
    let body = match &call.body {
        Some(draft) => {
            let draft: SiteDraft = serde_json::from_str(draft).expect("a draft");
            let site = Site { origins: draft.origins, ..sample::site() };
            serde_json::to_string(&site).expect("JSON")
        }
        None if is_refused => REFUSED.to_owned(),
        None => r#"{"refused":[]}"#.to_owned(),
    };
    Reply { status_code: 200, body }
}

#[wasm_bindgen_test]
async fn an_unlisted_origin_turns_the_card_red_and_one_click_lists_it() {
    let is_refused = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&is_refused);
    let stage = Stage::answering(
        move |call| answering(call, asked.load(Ordering::Relaxed)),
        || {
            let live = use_live();
            let site = RwSignal::new(sample::site());
            let from = move |url: &str| {
                let mut entry = sample::entry();
                entry.url = url.to_owned();
                live.tell(&LiveEvent::Signal(entry));
            };
            view! {
                <button id="refuse" on:click=handler(move |_| live.tell(&LiveEvent::Refused("demo".to_owned())))>

                </button>
                <button id="old" on:click=handler(move |_| from("https://shop.test/pricing"))></button>
                <button id="new" on:click=handler(move |_| from("https://new.test/pricing"))></button>
                <SiteCard site=site.into() changed=move |changed| site.set(changed) />
            }
        },
    );
    settle().await;
    assert!(stage.has(".check-waiting") && !stage.has(".check-refused"));
    is_refused.store(true, Ordering::Relaxed);
    stage.find("#refuse").click();
    settle().await;
    assert!(stage.find(".check-refused").text_content().unwrap_or_default().contains("https://new.test"));
    assert!(!stage.has(".check-waiting"), "waiting would be in vain");

    stage.find(".check-refused button").click();
    settle().await;
    let put = stage.calls().into_iter().find(|call| call.method == Method::Put).expect("it was sent");
    let draft: SiteDraft = serde_json::from_str(&put.body.unwrap_or_default()).expect("a draft");
    assert_eq!(draft.origins, ["https://shop.test", "https://new.test"]);
    assert_eq!((draft.categories, draft.identify, draft.with_twins), (None, None, false));
    assert!(!stage.has(".check-refused"));
    assert!(stage.find(".check-waiting").text_content().unwrap_or_default().contains("https://new.test was added"));

    stage.find("#old").click();
    settle().await;
    assert!(stage.has(".check-waiting"), "a signal of another origin says nothing of this one");
    stage.find("#new").click();
    settle().await;
    assert!(stage.find(".check-done").text_content().unwrap_or_default().contains("First signal received"));
}

#[wasm_bindgen_test]
async fn the_whole_form_sends_categories_and_policy_and_shows_what_a_path_gets() {
    let stage = Stage::answering(
        |call| answering(call, false),
        || view! { <Router><SiteForm site=Some(sample::site()) is_whole=true saved=|_| {} cancel=|()| {} /></Router> },
    );
    stage.find(".own-add").click();
    settle().await;
    type_into(&stage, ".own input", "/calculator");
    type_into(&stage, "#demo-test", "/calculator/2");
    stage.find("input[value=verified]").click();
    settle().await;
    assert!(stage.find(".own-found").inner_text().starts_with("Pricing: a category of your own"));
    stage.find("button[type=submit]").click();
    settle().await;
    let sent = stage.calls().pop().and_then(|call| call.body).expect("it was sent");
    let draft: SiteDraft = serde_json::from_str(&sent).expect("a draft");
    let own = draft.categories.unwrap_or_default();
    assert_eq!((own.len(), own[0].matches.as_str(), own[0].category), (1, "/calculator", Category::Pricing));
    assert_eq!((draft.identify, draft.with_twins), (Some(IdentifyPolicy::Verified), false));
}

fn type_into(stage: &Stage, selector: &str, text: &str) {
    let input: HtmlInputElement = stage.find(selector).unchecked_into();
    input.set_value(text);
    let event = Event::new("input").expect("an event can be made");
    input.dispatch_event(&event).expect("it is dispatched");
}
