//! Settings > Webhooks.

use knock_model::{DeliveryState, EventType};
use knock_wire::{Delivery, DeliveryPage, Site, SiteList, Webhook, WebhookEvent, WebhookEventList, WebhookList};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement, HtmlInputElement, HtmlSelectElement};
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::webhooks::WebhooksPage;
use crate::sample;

const HOSTILE: &str = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";

/// The buttons of a card.
const CARD: &str = ".webhook > .webhook-actions";

pub(super) fn ok(body: &impl serde::Serialize) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(body).expect("it has a JSON form") }
}

fn done(status_code: u16) -> Reply {
    Reply { status_code, body: String::new() }
}

/// The answer about events or sites, if it was asked for.
fn inputs(call: &Call) -> Option<Reply> {
    let sample = |event: EventType| serde_json::json!({"type": event, "sample": true, "data": {"text": HOSTILE}});
    let event =
        |event: &EventType| WebhookEvent { kind: (*event).into(), description: String::new(), sample: sample(*event) };
    match call.path.as_str() {
        "/api/v1/webhooks/events" => Some(ok(&WebhookEventList { events: EventType::ALL.iter().map(event).collect() })),
        "/api/v1/sites" => {
            let second = Site { key: "second".to_owned(), name: HOSTILE.to_owned(), ..sample::site() };
            Some(ok(&SiteList { sites: vec![sample::site(), second], keeps_demo: false }))
        }
        _ => None,
    }
}

/// A server with these webhooks and deliveries; requests for changes get the response of `change`.
fn show(
    webhooks: Vec<Webhook>,
    deliveries: Vec<Delivery>,
    change: impl Fn(&Call) -> Reply + Send + Sync + 'static,
) -> Stage {
    let answer = move |call: &Call| match call.method {
        Method::Get if call.path.contains("/deliveries") => {
            ok(&DeliveryPage { deliveries: deliveries.clone(), next: None })
        }
        Method::Get => inputs(call).unwrap_or_else(|| ok(&WebhookList { webhooks: webhooks.clone() })),
        Method::Post | Method::Put | Method::Patch | Method::Delete => change(call),
    };
    Stage::answering(answer, || view! { <WebhooksPage /> })
}

/// The button in a container whose text begins with `words`.
fn button(stage: &Stage, within: &str, words: &str) -> HtmlElement {
    let at =
        |at: usize| stage.root.query_selector(&format!("{within} > button:nth-of-type({at})")).expect("a selector");
    let mut found =
        (1..).map_while(at).filter(|button| button.text_content().is_some_and(|text| text.trim().starts_with(words)));
    found.next().unwrap_or_else(|| panic!("no button {words} in {}", stage.root.inner_html())).unchecked_into()
}

pub(super) fn sent(stage: &Stage, method: Method) -> Vec<(String, Option<String>)> {
    let calls = stage.calls().into_iter().filter(|call| call.method == method);
    calls.map(|call| (call.path, call.body)).collect()
}

fn fill(stage: &Stage, selector: &str, text: &str) {
    let field: HtmlInputElement = stage.find(selector).unchecked_into();
    field.set_value(text);
    field.dispatch_event(&Event::new("input").expect("an event")).expect("it is dispatched");
}

fn id(number: u8) -> String {
    sample::webhook(number).id.to_string()
}

#[wasm_bindgen_test]
async fn each_state_has_its_word_and_the_backlog_is_counted() {
    let stopped = Webhook { is_active: false, why_stopped: "answered 410".to_owned(), parked: 2, ..sample::webhook(2) };
    let paused = Webhook { is_active: false, waiting: 1, ..sample::webhook(3) };
    let stage = show(vec![sample::webhook(1), stopped, paused], Vec::new(), |_| nothing());
    settle().await;
    for (at, state, backlog, action) in [
        (1, "Active", "Nothing waiting", "Pause"),
        (2, "Stopped", "2 deliveries given up", "Activate"),
        (3, "Paused", "1 delivery waiting", "Activate"),
    ] {
        let card = format!(".webhook:nth-child({at})");
        let text = stage.find(&card).text_content().unwrap_or_default();
        assert!(text.contains(&format!("https://crm.test/hook/{at}")) && text.contains(backlog), "{text}");
        assert_eq!(stage.find(&format!("{card} .badge")).inner_text(), state);
        assert_eq!(text.contains("answered 410"), at == 2, "{text}");
        button(&stage, &format!("{card} > .webhook-actions"), action);
    }
    assert!(stage.find(".webhook details pre").text_content().is_some_and(|text| text == "whsec_1"));
}

#[wasm_bindgen_test]
async fn one_is_created_with_the_events_that_were_chosen() {
    let stage = show(Vec::new(), Vec::new(), |_| ok(&sample::webhook(1)));
    settle().await;
    assert!(stage.find(".state").inner_text().contains("No webhooks yet"));
    button(&stage, ".page-head", "Add a webhook").click();
    settle().await;
    fill(&stage, "#webhook-url", " https://crm.test/hook/1 ");
    for event in ["message-created", "chat-assigned", "contact-created"] {
        stage.find(&format!("#event-{event}")).click();
    }
    stage.find("#event-contact-created").click();
    for site in ["demo", "second", "demo"] {
        stage.find(&format!("#site-{site}")).click();
    }
    assert!(!stage.has("#event-webhook-test"), "a test is sent when it is asked for");
    stage.find("dialog button[type=submit]").click();
    settle().await;
    let body = r#"{"url":"https://crm.test/hook/1","events":["chat.assigned","message.created"],"sites":["second"],"is_active":true}"#;
    assert_eq!(sent(&stage, Method::Post), [("/api/v1/webhooks".to_owned(), Some(body.to_owned()))]);
    assert!(!stage.has("dialog"));
    assert!(stage.find(".webhook").inner_text().contains("https://crm.test/hook/1"));
    assert!(!stage.text().contains("No webhooks yet"));
}

#[wasm_bindgen_test]
async fn errors_of_the_server_stand_at_their_fields_and_others_below_them() {
    let wrong = r#"{"type":"x","title":"A field is wrong","status":422,"errors":[
        {"pointer":"/url","reason":"is in a private network"},{"pointer":"/events","reason":"is empty"}]}"#;
    let many = r#"{"type":"x","title":"There are too many webhooks","status":409}"#;
    for (status_code, body, is_placed) in [(422, wrong, true), (409, many, false)] {
        let reply = Reply { status_code, body: body.to_owned() };
        let stage = show(Vec::new(), Vec::new(), move |_| reply.clone());
        settle().await;
        button(&stage, ".page-head", "Add a webhook").click();
        settle().await;
        stage.find("dialog button[type=submit]").click();
        settle().await;
        let at = |selector| stage.find(selector).text_content().unwrap_or_default();
        assert_eq!(at("#webhook-url-notes").contains("is in a private network"), is_placed);
        assert_eq!(at("#webhook-events-notes").contains("is empty"), is_placed);
        let invalid = stage.find("#webhook-url").get_attribute("aria-invalid");
        assert_eq!(invalid.as_deref(), Some(if is_placed { "true" } else { "false" }));
        assert_eq!(stage.has("dialog .form-error"), !is_placed);
        assert_eq!(stage.text().contains("There are too many webhooks"), !is_placed);
    }
}

#[wasm_bindgen_test]
async fn editing_keeps_what_is_not_changed_and_whether_it_is_active() {
    let old = Webhook {
        is_active: false,
        events: vec![EventType::ChatAssigned.into(), EventType::WebhookTest.into()],
        sites: vec!["demo".to_owned()],
        ..sample::webhook(1)
    };
    let stage = show(vec![old], Vec::new(), |_| ok(&sample::webhook(1)));
    settle().await;
    button(&stage, CARD, "Edit").click();
    settle().await;
    let url: HtmlInputElement = stage.find("#webhook-url").unchecked_into();
    assert_eq!(url.value(), "https://crm.test/hook/1");
    let is_checked = |selector| stage.find(selector).unchecked_into::<HtmlInputElement>().checked();
    assert!(is_checked("#event-chat-assigned") && !is_checked("#event-message-created"));
    stage.find("#event-message-created").click();
    stage.find("dialog button[type=submit]").click();
    settle().await;
    let body = r#"{"url":"https://crm.test/hook/1","events":["chat.assigned","message.created","webhook.test"],"sites":["demo"],"is_active":false}"#;
    assert_eq!(sent(&stage, Method::Put), [(format!("/api/v1/webhooks/{}", id(1)), Some(body.to_owned()))]);
}

#[wasm_bindgen_test]
async fn pausing_and_removing_ask_first() {
    let paused = || Webhook { is_active: false, ..sample::webhook(1) };
    let change = move |call: &Call| if call.method == Method::Delete { done(204) } else { ok(&paused()) };
    let stage = show(vec![sample::webhook(1)], Vec::new(), change);
    settle().await;
    button(&stage, CARD, "Pause").click();
    settle().await;
    assert!(stage.find("dialog").inner_text().contains("also not later"));
    assert!(sent(&stage, Method::Put).is_empty(), "it asks first");
    stage.find("dialog button[type=submit]").click();
    settle().await;
    assert!(sent(&stage, Method::Put)[0].1.as_ref().is_some_and(|body| body.ends_with(r#""is_active":false}"#)));
    assert_eq!(stage.find(".webhook .badge").inner_text(), "Paused");

    button(&stage, CARD, "Remove").click();
    settle().await;
    assert!(sent(&stage, Method::Delete).is_empty(), "it asks first");
    stage.find("dialog button[type=submit]").click();
    settle().await;
    assert_eq!(sent(&stage, Method::Delete), [(format!("/api/v1/webhooks/{}", id(1)), None)]);
    assert!(!stage.has(".webhook") && !stage.has("dialog"));
    let focused = document().active_element();
    assert!(focused.is_some_and(|focused| focused.is_same_node(Some(&stage.find(".webhooks")))));
}

#[wasm_bindgen_test]
async fn a_test_event_is_sent_and_its_outcome_is_shown() {
    let test = Delivery {
        event: EventType::WebhookTest.into(),
        answer: "answered 204".to_owned(),
        ..sample::delivery(7, DeliveryState::Delivered)
    };
    let stage = show(vec![sample::webhook(1)], vec![test], |_| done(202));
    settle().await;
    assert!(!stage.has(".delivery"), "deliveries are shown when they are asked for");
    button(&stage, CARD, "Send test event").click();
    settle().await;
    assert_eq!(sent(&stage, Method::Post), [(format!("/api/v1/webhooks/{}/test", id(1)), None)]);
    assert_eq!(stage.find(".delivery .badge").inner_text(), "Delivered");
    assert_eq!(stage.find("[role=status]").inner_text(), "Test event delivered: answered 204");
    button(&stage, CARD, "Hide deliveries").click();
    settle().await;
    assert!(!stage.has(".delivery"));
}

#[wasm_bindgen_test]
async fn a_sample_is_chosen_shown_and_sent_and_its_delivery_says_that_it_is_one() {
    let sent_one = Delivery { is_sample: true, ..sample::delivery(7, DeliveryState::Delivered) };
    let webhook = Webhook { events: vec![EventType::MeetingBooked.into()], ..sample::webhook(1) };
    let stage = show(vec![webhook], vec![sent_one], |_| done(202));
    settle().await;
    button(&stage, CARD, "Send sample").click();
    settle().await;
    let chosen: HtmlSelectElement = stage.find("#sample-event").unchecked_into();
    assert_eq!(chosen.value(), "meeting.booked", "what it is subscribed to");
    assert!(stage.find("dialog .delivery-data").text_content().is_some_and(|text| text.contains("meeting.booked")));
    assert!(stage.find("dialog").text_content().is_some_and(|text| !text.contains("webhook.test")));
    chosen.set_value("link.clicked");
    chosen.dispatch_event(&Event::new("change").expect("an event")).expect("it is dispatched");
    settle().await;
    let text = stage.find("dialog .delivery-data").text_content().unwrap_or_default();
    assert!(text.contains("link.clicked") && text.contains("<img src=x"), "{text}");
    assert!(!stage.has("img, script"), "its texts stay text");
    stage.find("dialog button[type=submit]").click();
    settle().await;
    let body = r#"{"event":"link.clicked"}"#.to_owned();
    assert_eq!(sent(&stage, Method::Post), [(format!("/api/v1/webhooks/{}/sample", id(1)), Some(body))]);
    assert!(!stage.has("dialog"));
    assert!(stage.find("[role=status]").inner_text().starts_with("Sample of link.clicked sent"));
    assert!(stage.find(".delivery").inner_text().contains("message.created sample"));
}

#[wasm_bindgen_test]
async fn a_webhook_that_its_test_event_stopped_is_shown_as_stopped() {
    let is_told = AtomicBool::new(false);
    let answer = move |call: &Call| match call.method {
        Method::Post => done(202),
        Method::Get if !call.path.contains("/deliveries") && inputs(call).is_some() => {
            inputs(call).unwrap_or_else(nothing)
        }
        _ if call.path.contains("/deliveries") => {
            is_told.store(true, Ordering::Relaxed);
            let test = Delivery {
                event: EventType::WebhookTest.into(),
                answer: "answered 410".to_owned(),
                ..sample::delivery(7, DeliveryState::Parked)
            };
            ok(&DeliveryPage { deliveries: vec![test], next: None })
        }
        _ => {
            let is_active = !is_told.load(Ordering::Relaxed);
            let why_stopped = if is_active { String::new() } else { "answered 410".to_owned() };
            ok(&WebhookList { webhooks: vec![Webhook { is_active, why_stopped, ..sample::webhook(1) }] })
        }
    };
    let stage = Stage::answering(answer, || view! { <WebhooksPage /> });
    settle().await;
    button(&stage, CARD, "Send test event").click();
    settle().await;
    assert_eq!(stage.find(".webhook .badge").inner_text(), "Stopped");
}

#[wasm_bindgen_test]
async fn only_what_was_given_up_can_be_retried_one_by_one_or_all() {
    let numbers = (1..).zip(DeliveryState::ALL);
    let deliveries: Vec<_> = numbers.map(|(number, state)| sample::delivery(number, *state)).collect();
    let stage = show(vec![sample::webhook(1)], deliveries, |_| done(202));
    settle().await;
    button(&stage, CARD, "Show deliveries").click();
    settle().await;
    for (at, words) in (1..).zip(["Waiting", "Sending", "Waiting behind another", "Delivered", "Given up"]) {
        let line = format!(".delivery:nth-child({at})");
        let text = stage.find(&line).text_content().unwrap_or_default();
        assert!(text.contains("message.created") && text.contains("Tried once: answered 200"), "{text}");
        assert_eq!(stage.find(&format!("{line} .badge")).inner_text(), words);
        assert_eq!(text.contains("Retry"), at == 5, "{text}");
    }
    button(&stage, ".delivery .delivery-facts", "Retry").click();
    settle().await;
    button(&stage, ".deliveries .webhook-actions", "Retry all").click();
    settle().await;
    let path = format!("/api/v1/webhooks/{}/send-again", id(1));
    let expected = [r#"{"number":5}"#, r#"{"number":null}"#].map(|body| (path.clone(), Some(body.to_owned())));
    assert_eq!(sent(&stage, Method::Post), expected);
}

#[wasm_bindgen_test]
async fn what_cannot_be_done_says_so() {
    let busy = r#"{"type":"x","title":"The server cannot do this now","status":503,"detail":"The store is busy"}"#;
    let parked = sample::delivery(5, DeliveryState::Parked);
    let reply = Reply { status_code: 503, body: busy.to_owned() };
    let stage = show(vec![sample::webhook(1)], vec![parked], move |_| reply.clone());
    settle().await;
    button(&stage, CARD, "Show deliveries").click();
    settle().await;
    button(&stage, ".delivery .delivery-facts", "Retry").click();
    settle().await;
    assert!(stage.find(".deliveries [role=alert]").inner_text().contains("The store is busy"));
    button(&stage, CARD, "Send test event").click();
    settle().await;
    assert!(stage.find(".webhooks").previous_element_sibling().is_some_and(|line| line.class_name() == "form-error"));
}

#[wasm_bindgen_test]
async fn the_next_page_goes_on_below() {
    let answer = |call: &Call| {
        if let Some(reply) = inputs(call) {
            return reply;
        }
        if !call.path.contains("/deliveries") {
            return ok(&WebhookList { webhooks: vec![sample::webhook(1)] });
        }
        let (number, next) = if call.path.ends_with("before=7") { (6, None) } else { (7, Some(7)) };
        ok(&DeliveryPage { deliveries: vec![sample::delivery(number, DeliveryState::Delivered)], next })
    };
    let stage = Stage::answering(answer, || view! { <WebhooksPage /> });
    settle().await;
    button(&stage, CARD, "Show deliveries").click();
    settle().await;
    stage.find(".more button").click();
    settle().await;
    assert!(stage.has(".delivery:nth-child(2)") && !stage.has(".more"));
}

#[wasm_bindgen_test]
async fn hostile_texts_stay_text() {
    let hostile = || HOSTILE.to_owned();
    let webhook = Webhook { url: hostile(), why_stopped: hostile(), is_active: false, ..sample::webhook(1) };
    let data = serde_json::json!({"text": HOSTILE});
    let delivery = Delivery { answer: hostile(), data, ..sample::delivery(1, DeliveryState::Parked) };
    let stage = show(vec![webhook], vec![delivery], |_| nothing());
    settle().await;
    button(&stage, CARD, "Show deliveries").click();
    settle().await;
    assert_eq!(stage.find("h2").inner_text(), HOSTILE);
    assert!(stage.find(".delivery-data").text_content().is_some_and(|text| text.contains("<img src=x")));
    assert!(!stage.has("img, script, a"));
}
