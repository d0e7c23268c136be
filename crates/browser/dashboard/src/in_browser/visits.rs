//! Live: the visitors on a site, and the message by which a member writes to one of them first.

use knock_model::{ConversationId, MessageId, Millis, SignalType};
use knock_wire::{
    Author, ConversationRecord, InvitationDraft, InvitationState, InvitationStored, LiveEvent, Message, SessionState,
    TimelineEntry, VisitInvitation, VisitList, VisitRow,
};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use leptos_router::components::Router;
use std::sync::{Arc, Mutex};
use wasm_bindgen_test::wasm_bindgen_test;

use super::conversation::{answer, conversation, type_in};
use super::{Stage, nothing, settle};
use crate::api::{Call, Method, Reply};
use crate::kit::reactive::handler;
use crate::pages::live::LivePage;
use crate::sample;
use crate::state::live::use_live;
use crate::state::session::use_session;

type Server = Arc<Mutex<Vec<VisitRow>>>;

fn server(visits: Vec<VisitRow>) -> Server {
    Arc::new(Mutex::new(visits))
}

fn listed(visits: &[VisitRow]) -> Reply {
    let list = VisitList { visits: visits.to_vec(), has_more: false };
    Reply { status_code: 200, body: serde_json::to_string(&list).expect("a list can be written") }
}

/// The page of a member with or without a name, whose server has these visitors; a button reports `event`.
fn page(name: &'static str, visits: Server, posted: Reply, event: LiveEvent) -> Stage {
    let reply = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Post, _) => posted.clone(),
        (_, path) if path.starts_with("/api/v1/visits") => listed(&visits.lock().expect("no panic while locked")),
        _ => nothing(),
    };
    // Another test may have left a filter in the address.
    let history = window().history().expect("the page has a history");
    history.replace_state_with_url(&JsValue::NULL, "", Some("/app/live")).expect("the address is of this origin");
    Stage::answering(reply, move || {
        let state = format!(r#"{{"email":"ann@us.test","name":"{name}","role":"rep","now":{}}}"#, sample::AT.0);
        let state: SessionState = serde_json::from_str(&state).expect("a session");
        use_session().begin(state);
        let live = use_live();
        view! {
            <button id="tell" on:click=handler(move |_| live.tell(&event))></button>
            <Router>
                <LivePage />
            </Router>
        }
    })
}

fn shown(visits: Vec<VisitRow>) -> Stage {
    page("Ann", server(visits), nothing(), LiveEvent::Missed(0))
}

fn stored() -> Reply {
    let stored = InvitationStored { conversation: ConversationId::new([6; 16]), seq: 1 };
    Reply { status_code: 201, body: serde_json::to_string(&stored).expect("it can be written") }
}

fn signal(of: &VisitRow, kind: SignalType, path: &str, later: i64) -> LiveEvent {
    let (site, visitor) = (of.site.clone(), of.visitor);
    let (url, at) = (format!("https://acme.test{path}"), of.viewed_at + Millis(later));
    LiveEvent::Signal(TimelineEntry { site, visitor, kind, url, title: String::new(), at, ..sample::entry() })
}

fn drafts(stage: &Stage) -> Vec<InvitationDraft> {
    let posts = stage.calls().into_iter().filter(|call| call.method == Method::Post);
    posts.map(|call| serde_json::from_str(&call.body.unwrap_or_default()).expect("a draft")).collect()
}

/// The paths of the pages in the lines, in their order.
fn paths(stage: &Stage) -> Vec<String> {
    stage.all(".visit-path").iter().map(|path| path.inner_text()).collect()
}

fn press(stage: &Stage, key: &str, with_control: bool) {
    let make = "return new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true })";
    let make = js_sys::Function::new_with_args("key, ctrlKey", make);
    let made = make.call2(&wasm_bindgen::JsValue::NULL, &key.into(), &with_control.into());
    let event = wasm_bindgen::JsCast::unchecked_into(made.expect("an event can be made"));
    stage.find("#invitation-text").dispatch_event(&event).expect("it is dispatched");
}

#[wasm_bindgen_test]
async fn an_anonymous_visitor_is_written_to_once_by_keyboard() {
    let visits = server(vec![sample::visit(1)]);
    let stage = page("Ann", visits.clone(), stored(), LiveEvent::Missed(0));
    settle().await;
    let row = sample::visit(1);
    let line = stage.find(".visit").inner_text();
    for words in [row.visitor.label().as_str(), "Pricing", "/pricing", "1 page, under a minute"] {
        assert!(line.contains(words), "{words} in {line}");
    }
    assert_eq!(stage.find("[aria-current=page]").inner_text(), "On the site 1");
    stage.find(".visit-actions button").click();
    settle().await;
    assert!(stage.find("dialog").inner_text().contains(&format!("Write to {}", row.visitor.label())));
    assert!(!stage.text().contains("our team"), "the member has a name");
    type_in(&stage, "  ");
    press(&stage, "Enter", true);
    type_in(&stage, " Do you look for something? ");
    settle().await;
    assert!(stage.text().contains("26 of 1,000 characters"), "{}", stage.text());
    press(&stage, "Enter", false);
    assert_eq!(drafts(&stage), []);
    let invitation = VisitInvitation { by: "Ann".to_owned(), is_own: true, state: InvitationState::default() };
    let conversation = Some(ConversationId::new([6; 16]));
    *visits.lock().expect("no panic while locked") =
        vec![VisitRow { conversation, invitation: Some(invitation), ..row.clone() }];
    press(&stage, "Enter", true);
    press(&stage, "Enter", true);
    settle().await;
    let sent = drafts(&stage);
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].site.as_str(), sent[0].visitor.as_str()), ("sitekey", row.visitor.to_string().as_str()));
    assert_eq!(sent[0].text, "Do you look for something?");
    assert!(MessageId::parse(&sent[0].id).is_ok());
    assert!(!stage.has("dialog"));
    assert!(stage.find(".visits-outcome").inner_text().contains("was sent"));
    assert_eq!(stage.find(".visit-wrote a").inner_text(), "You wrote: not shown yet.");
    assert!(document().active_element().is_some_and(|active| active.id() == format!("write-{}", row.visitor)));
}

#[wasm_bindgen_test]
async fn a_refused_message_says_why_and_a_closed_dialog_keeps_the_text() {
    let body = r#"{"type":"x","title":"Bo Lind has written to them","status":409,"detail":"They have not answered."}"#;
    let refused = Reply { status_code: 409, body: body.to_owned() };
    let stage = page("", server(vec![sample::visit(1)]), refused, LiveEvent::Missed(0));
    settle().await;
    stage.find(".visit-actions button").click();
    settle().await;
    assert!(stage.find("dialog").inner_text().contains("visitors read \u{201c}our team\u{201d}"));
    type_in(&stage, "Hello");
    settle().await;
    stage.find("dialog [type=submit]").click();
    settle().await;
    stage.find("dialog [type=submit]").click();
    settle().await;
    assert!(stage.find("dialog [role=alert]").inner_text().contains("Bo Lind has written to them"));
    let sent = drafts(&stage);
    assert!(sent.len() == 2 && sent[0].id == sent[1].id, "one message: {sent:?}");
    stage.find("dialog [type=button]").click();
    settle().await;
    assert!(!stage.has("dialog"));
    stage.find(".visit-actions button").click();
    settle().await;
    assert!(stage.text().contains("5 of 1,000 characters"), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn one_who_cannot_be_written_to_has_the_reason_in_place_of_the_button() {
    let by_other = VisitInvitation { by: "Bo".to_owned(), is_own: false, state: InvitationState::default() };
    let stage = shown(vec![
        VisitRow { refusal: "They are marked as spam.".to_owned(), ..sample::visit(1) },
        VisitRow { invitation: Some(by_other), ..sample::visit(2) },
        sample::visit(3),
    ]);
    settle().await;
    let lines = stage.all(".visit");
    assert_eq!(lines.len(), 3);
    assert!(lines[0].inner_text().contains("They are marked as spam."));
    assert!(lines[1].inner_text().contains("Bo wrote: not shown yet."));
    let buttons = |line: &leptos::web_sys::HtmlElement| line.query_selector("button").expect("a selector").is_some();
    assert_eq!(lines.iter().map(buttons).collect::<Vec<_>>(), [false, false, true]);
}

#[wasm_bindgen_test]
async fn a_visitor_who_goes_on_comes_first_and_one_who_leaves_goes_unless_lines_are_held() {
    let rows = || vec![sample::visit(1), VisitRow { url: "https://acme.test/docs".to_owned(), ..sample::visit(2) }];
    let second = rows().remove(1);
    for (event, expected) in [
        (signal(&second, SignalType::PageView, "/blog", 5_000), ["/blog", "/pricing"].as_slice()),
        (signal(&second, SignalType::Engagement, "/docs", 1), &["/pricing"]),
        (signal(&second, SignalType::Click, "/docs", 1), &["/pricing", "/docs"]),
    ] {
        let stage = page("Ann", server(rows()), nothing(), event.clone());
        settle().await;
        assert_eq!(paths(&stage), ["/pricing", "/docs"]);
        stage.find("#tell").click();
        settle().await;
        assert_eq!(paths(&stage), expected);

        let stage = page("Ann", server(rows()), nothing(), event);
        settle().await;
        let make = js_sys::Function::new_no_args("return new FocusEvent('focusin', { bubbles: true })");
        let focused = make.call0(&wasm_bindgen::JsValue::NULL).expect("an event can be made");
        let focused = wasm_bindgen::JsCast::unchecked_into(focused);
        stage.find(".visit-actions button").dispatch_event(&focused).expect("it is dispatched");
        stage.find("#tell").click();
        settle().await;
        let held = paths(&stage);
        assert_eq!(held[0], "/pricing", "the line under the focus stays");
        let moves = expected != ["/pricing", "/docs"];
        assert_eq!(stage.has(".new-rows button"), moves);
    }
}

#[wasm_bindgen_test]
async fn without_visitors_the_page_says_so_and_a_failure_can_be_tried_again() {
    let stage = shown(Vec::new());
    settle().await;
    assert!(stage.text().contains("No one is on the site now"));
    let stage = Stage::show(nothing(), || view! { <Router><LivePage /></Router> });
    settle().await;
    assert!(stage.find("[role=alert]").inner_text().contains("The server answered 500"));
    assert_eq!(stage.find("[aria-current=page]").inner_text(), "On the site");
}

#[wasm_bindgen_test]
async fn a_conversation_says_whether_the_first_message_was_seen() {
    let record = |invitation: InvitationState, answered: bool| {
        let first = Message { author: Author::Rep, invitation: Some(Box::new(invitation)), ..sample::message(1) };
        let messages = [first].into_iter().chain(answered.then(|| sample::message(2))).collect();
        ConversationRecord { messages, ..sample::record() }
    };
    let waits = InvitationState { ends_at: Millis(i64::MAX / 4_096), ..InvitationState::default() };
    let url = "https://acme.test/pricing".to_owned();
    let closed = InvitationState { shown_at: Some(sample::AT), url, closed_at: Some(sample::AT), ends_at: sample::AT };
    for (record, words) in [
        (record(waits.clone(), false), "Not shown yet: it waits for their next page until"),
        (record(closed, false), "Shown on /pricing"),
    ] {
        let stage = conversation(move |_| answer(&record));
        settle().await;
        assert!(stage.find(".message .message-state").inner_text().contains(words), "{}", stage.text());
    }
    let answered = record(waits, true);
    let stage = conversation(move |_| answer(&answered));
    settle().await;
    assert!(!stage.has(".message .message-state"), "{}", stage.text());
}
