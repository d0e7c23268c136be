//! A conversation: writing to the lead, reading the lead, rejecting the lead.

use knock_wire::{ConversationRecord, LiveEvent};
use leptos::ev::Event;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::HtmlTextAreaElement;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::kit::reactive::handler;
use crate::parts::inbox::composer::Composer;
use crate::parts::inbox::lead_actions::LeadActions;
use crate::parts::inbox::messages::Messages;
use crate::parts::inbox::shortcut_help::ShortcutList;
use crate::sample;
use crate::state::inbox::chat_ownership::ChatOwnership;
use crate::state::inbox::composing::Composing;
use crate::state::inbox::hold;
use crate::state::inbox::shortcuts::Shortcuts;
use crate::state::inbox::thread::Thread;
use crate::state::inbox::unsent;
use crate::state::inbox::writing::use_writing;
use crate::state::live::use_live;

const HOSTILE: &str = "<img src=x onerror=\"window.hacked=1\"> javascript:window.hacked=1";

pub(super) fn answer(record: &ConversationRecord) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(record).expect("a record can be written") }
}

/// The posted requests, without presence.
pub(super) fn posts(stage: &Stage) -> Vec<Call> {
    let mut calls = stage.calls();
    calls.retain(|call| call.method == Method::Post && !call.path.ends_with("/presence"));
    calls
}

pub(super) fn type_in(stage: &Stage, text: &str) {
    let field: HtmlTextAreaElement = stage.find("textarea").unchecked_into();
    field.set_value(text);
    let typed = Event::new("input").expect("an event can be made");
    field.dispatch_event(&typed).expect("it is dispatched");
}

pub(super) fn press_enter(stage: &Stage, with_shift: bool) {
    let pressed = Event::new("keydown").expect("an event can be made");
    let properties: [(&str, JsValue); 5] = [
        ("key", "Enter".into()),
        ("keyCode", 13.into()),
        ("shiftKey", with_shift.into()),
        ("isComposing", false.into()),
        ("repeat", false.into()),
    ];
    for (name, value) in properties {
        js_sys::Reflect::set(&pressed, &name.into(), &value).expect("an event takes a property");
    }
    stage.find("textarea").dispatch_event(&pressed).expect("it is dispatched");
}

/// A conversation in a browser that holds no messages.
pub(super) fn writing_to_lead(answer: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Stage {
    hold::turn(false);
    conversation(answer)
}

pub(super) fn conversation(answer: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Stage {
    Stage::answering(answer, shown)
}

/// The conversation with its composer.
pub(super) fn shown() -> impl IntoView {
    let thread = Thread::start(sample::conversation().id);
    let composing = Composing::start(thread);
    let owning = ChatOwnership::new(thread, Signal::stored(sample::conversation().state));
    let shortcuts = Shortcuts::start();
    shortcuts.open(composing, owning);
    view! {
        <Messages thread />
        <Composer composing shortcuts />
        <ShortcutList shortcuts />
    }
}

#[wasm_bindgen_test]
async fn a_message_is_posted_once_and_again_under_the_same_id() {
    let asked = AtomicUsize::new(0);
    let stage = writing_to_lead(move |call| match call.method {
        _ if call.path.ends_with("/presence") => Reply { status_code: 204, body: String::new() },
        Method::Post if asked.fetch_add(1, Ordering::Relaxed) == 0 => {
            Reply { status_code: 403, body: r#"{"type":"x","title":"Your role may not","status":403}"#.to_owned() }
        }
        Method::Post => Reply { status_code: 201, body: r#"{"seq":2}"#.to_owned() },
        _ => answer(&sample::record()),
    });
    settle().await;
    type_in(&stage, " Hello \n");
    press_enter(&stage, true);
    settle().await;
    assert_eq!(posts(&stage), []);
    press_enter(&stage, false);
    press_enter(&stage, false);
    settle().await;
    let first = posts(&stage);
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].path, format!("/api/v1/conversations/{}/messages?seen=1", sample::conversation().id));
    assert!(first[0].body.as_deref().is_some_and(|body| body.contains(r#""text":"Hello""#)), "{first:?}");
    assert!(stage.find("[role=alert]").inner_text().contains("Not sent: Your role may not"));
    stage.find(".message-failed .button").click();
    settle().await;
    let (path, again) = (first[0].path.trim_end_matches("?seen=1").to_owned(), first[0].clone());
    assert_eq!(
        posts(&stage),
        [first[0].clone(), Call { path, ..again }],
        "asked by a person, whatever was written since"
    );
    assert!(!stage.has("[role=alert]"));
    assert_eq!(stage.find(".message-rep .message-text").inner_text(), "Hello");
}

#[wasm_bindgen_test]
async fn a_message_that_meets_an_outage_is_sent_again_automatically() {
    let is_back = Arc::new(AtomicBool::new(false));
    let gate = is_back.clone();
    let stage = writing_to_lead(move |call| match call.method {
        Method::Post if gate.load(Ordering::Relaxed) => Reply { status_code: 201, body: r#"{"seq":2}"#.to_owned() },
        Method::Post => {
            Reply { status_code: 503, body: r#"{"type":"x","title":"The database is busy","status":503}"#.to_owned() }
        }
        _ => answer(&sample::record()),
    });
    settle().await;
    for text in ["First", "Second"] {
        type_in(&stage, text);
        press_enter(&stage, false);
        settle().await;
    }
    let words = stage.find(".message-unsent").inner_text();
    assert!(words.contains("Not sent yet: The database is busy. It is sent automatically."), "{words}");
    is_back.store(true, Ordering::Relaxed);
    while stage.has(".message-unsent") {
        settle().await;
    }
    assert_eq!(stage.text().matches("Sent").count(), 2);
    let sent: Vec<_> = posts(&stage).into_iter().filter_map(|post| post.body).collect();
    let (first, last) = (sent.first().cloned().unwrap_or_default(), sent.last().cloned().unwrap_or_default());
    assert!(first.contains("First") && last.contains("Second"), "{sent:?}");
    assert!(sent.iter().all(|body| *body == first || *body == last), "the same ids: {sent:?}");
}

#[wasm_bindgen_test]
async fn what_a_member_wrote_is_kept_over_a_reload_and_only_for_them() {
    let post = Reply { status_code: 503, body: String::new() };
    let first = writing_to_lead(move |call| match call.method {
        Method::Post => post.clone(),
        _ => answer(&sample::record()),
    });
    settle().await;
    type_in(&first, "Kept");
    press_enter(&first, false);
    settle().await;
    assert_eq!(unsent::kept("").iter().map(|draft| draft.text.as_str()).collect::<Vec<_>>(), ["Kept"]);
    assert_eq!(unsent::kept("bo@us.test"), []);
    drop(first);
    let second = Stage::answering(
        |call| match call.method {
            Method::Post => Reply { status_code: 201, body: r#"{"seq":2}"#.to_owned() },
            _ => answer(&sample::record()),
        },
        || {
            use_writing().restore("");
            let thread = Thread::start(sample::conversation().id);
            view! { <Messages thread /> }
        },
    );
    settle().await;
    assert!(second.text().contains("Kept"));
    assert_eq!(posts(&second).len(), 1);
    assert_eq!(unsent::kept(""), []);
}

#[wasm_bindgen_test]
async fn a_text_that_is_too_long_stays_in_the_field() {
    let stage = writing_to_lead(|_| answer(&sample::record()));
    settle().await;
    type_in(&stage, &"W".repeat(4_001));
    stage.find("button[type=submit]").click();
    settle().await;
    assert_eq!(posts(&stage), []);
    assert!(stage.text().contains("1 character too many"));
    assert_eq!(stage.find("textarea").get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn hostile_messages_stay_text_and_only_addresses_of_the_web_lead_away() {
    let mut record = sample::record();
    record.messages[0].text = format!("{HOSTILE} https://a.test/x.");
    let stage = writing_to_lead(move |_| answer(&record));
    settle().await;
    assert_eq!(stage.find(".message-text").inner_text(), format!("{HOSTILE} https://a.test/x."));
    assert!(!stage.has("img, script"));
    let link = stage.find(".message a");
    assert_eq!(link.get_attribute("href").as_deref(), Some("https://a.test/x"));
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer nofollow"));
}

/// A conversation with a button that calls `before`, then delivers a live event with a message of the lead.
fn with_live_event(before: fn(Thread)) -> Stage {
    Stage::answering(
        |_| answer(&sample::record()),
        move || {
            let (live, thread) = (use_live(), Thread::start(sample::conversation().id));
            let mut row = sample::conversation();
            row.last = Some(sample::message(2));
            let tell = move |_| {
                before(thread);
                live.tell(&LiveEvent::Conversation(Box::new(row.clone())));
            };
            view! {
                <button id="tell" on:click=handler(tell)></button>
                <Messages thread />
            }
        },
    )
}

#[wasm_bindgen_test]
async fn a_message_of_the_live_feed_is_shown_once() {
    let stage = with_live_event(|_| ());
    settle().await;
    stage.find("#tell").click();
    stage.find("#tell").click();
    settle().await;
    assert_eq!(stage.text().matches("Question 2").count(), 1);
}

#[wasm_bindgen_test]
async fn a_message_of_the_live_feed_stays_when_an_older_response_comes_after_it() {
    let stage = with_live_event(|thread| thread.record.load());
    settle().await;
    stage.find("#tell").click();
    settle().await;
    assert!(stage.text().contains("Question 2"), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn rejecting_asks_for_a_reason() {
    let stage = Stage::answering(
        |call| match call.method {
            Method::Post => Reply { status_code: 204, body: String::new() },
            _ => answer(&sample::record()),
        },
        || {
            let thread = Thread::start(sample::conversation().id);
            let state = Signal::stored(sample::conversation().state);
            view! { <LeadActions thread state owning=ChatOwnership::new(thread, state) /> }
        },
    );
    settle().await;
    assert!(!stage.find("#more-actions").inner_text().contains("Reject"), "it is not in the menu");
    stage.find(".lead-actions .button").click();
    settle().await;
    stage.find("dialog [type=submit]").click();
    settle().await;
    assert_eq!(posts(&stage), []);
    assert!(stage.find("#reject-reason-notes").inner_text().contains("Give a reason"));
    let field = stage.find("#reject-reason");
    js_sys::Reflect::set(&field, &"value".into(), &JsValue::from("No budget")).expect("a field takes a value");
    field.dispatch_event(&Event::new("input").expect("an event can be made")).expect("it is dispatched");
    stage.find("dialog [type=submit]").click();
    settle().await;
    let expected = Call {
        method: Method::Post,
        path: format!("/api/v1/conversations/{}/actions", sample::conversation().id),
        body: Some(r#"{"reject":"No budget"}"#.to_owned()),
        file: None,
    };
    assert_eq!(posts(&stage), [expected]);
    assert!(!stage.has("dialog"));
}

#[wasm_bindgen_test]
async fn an_answer_says_where_it_was_found() {
    let mut record = sample::record();
    let source = knock_wire::AnswerSource {
        seq: 1,
        source: knock_wire::FoundIn::Question {
            id: knock_model::AnswerId::new(knock_model::Millis(0), &[0; 10]),
            question: HOSTILE.to_owned(),
        },
        confidence: 100,
    };
    record.sources.push(source);
    let stage = writing_to_lead(move |_| answer(&record));
    settle().await;
    let found = stage.find(".message .found").inner_text();
    assert!(found.contains("Answer of your team to") && found.contains("score 100"), "{found}");
    assert!(!stage.has("img"));
}

#[wasm_bindgen_test]
async fn a_card_offers_the_chosen_calendar_and_the_draft_stays() {
    let stage = writing_to_lead(|call| match call.method {
        _ if call.path.ends_with("/presence") => Reply { status_code: 204, body: String::new() },
        Method::Post => Reply { status_code: 201, body: r#"{"seq":2}"#.to_owned() },
        _ => answer(&sample::record()),
    });
    settle().await;
    type_in(&stage, "Begun and not sent");
    for place in 1..=2 {
        stage.find(".composer-card").click();
        stage.find(&format!("#booking-card li:nth-child({place}) .menu-link")).click();
        settle().await;
    }
    let sent: Vec<String> = posts(&stage).into_iter().filter_map(|call| call.body).collect();
    assert_eq!(sent.len(), 2, "{sent:?}");
    for (body, calendar) in sent.iter().zip(["mine", "rule"]) {
        assert!(body.ends_with(&format!(r#""card":"meeting","calendar":"{calendar}"}}"#)), "{body}");
    }
    assert!(stage.text().contains("Booking card, own calendar"), "{}", stage.text());
    let field: HtmlTextAreaElement = stage.find("textarea").unchecked_into();
    assert_eq!(field.value(), "Begun and not sent");
}
