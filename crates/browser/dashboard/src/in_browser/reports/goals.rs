//! Goals on cards, and the mail every Monday.

use knock_wire::{ReportGoal, ReportGoals, ReportMail, SessionState};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_bindgen_test::wasm_bindgen_test;

use super::super::{Stage, nothing, settle};
use super::{RESPONSE, ok, page, page_after, server};
use crate::api::{Call, Method, Reply};
use crate::sample;
use crate::state::session::use_session;

const CARD: &str = ".report-figures > li:nth-child(2)";

fn goals(all: &[(&str, f64)]) -> ReportGoals {
    let goal = |(metric, value): &(&str, f64)| ReportGoal { metric: (*metric).to_owned(), value: *value };
    ReportGoals { goals: all.iter().map(goal).collect() }
}

fn with_goals(call: &Call) -> Reply {
    match call.path.as_str() {
        "/api/v1/report-goals" => ok(&goals(&[("within_two_minutes", 90.0), ("first_reply_median", 2.5)])),
        _ => server(call),
    }
}

/// The page of a member with this role.
async fn page_of(role: &'static str, answer: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Stage {
    let session = format!(r#"{{"email":"ann@us.test","role":"{role}","now":{}}}"#, sample::entry().at.0);
    let session: SessionState = serde_json::from_str(&session).expect("a session");
    page_after(move || use_session().begin(session), RESPONSE, answer).await
}

/// The goals that were sent.
fn sent(stage: &Stage) -> Vec<ReportGoals> {
    let puts = stage.calls().into_iter().filter(|call| call.method == Method::Put);
    puts.filter_map(|call| serde_json::from_str(&call.body.unwrap_or_default()).ok()).collect()
}

async fn save(stage: &Stage, text: &str) {
    let field: HtmlInputElement = stage.find("#goal-first_reply_median").unchecked_into();
    field.set_value(text);
    field.dispatch_event(&Event::new("input").expect("an event can be made")).expect("it is dispatched");
    stage.find(&format!("{CARD} button[type=submit]")).click();
    settle().await;
}

#[wasm_bindgen_test]
async fn a_goal_stands_on_its_card_and_is_changed_by_who_may() {
    let stage = page_of("manager", with_goals).await;
    let card = stage.find(CARD).inner_text();
    assert!(card.contains("Goal: 2 min 30 s \u{2013} not met"), "{card}");
    assert!(!stage.find(".report-figures > li:nth-child(1)").inner_text().contains("Goal:"));
    stage.find(&format!("{CARD} summary")).click();
    save(&stage, "nothing").await;
    assert!(stage.find("#goal-first_reply_median-notes").inner_text().starts_with("This is no goal."));
    assert!(sent(&stage).is_empty());
    save(&stage, "4,25").await;
    assert_eq!(sent(&stage), [goals(&[("within_two_minutes", 90.0), ("first_reply_median", 4.25)])]);
    let focused = document().active_element().map(|element| element.id());
    assert_eq!(focused.as_deref(), Some("card-first_reply_median"), "the card was drawn again");
    stage.find(&format!("{CARD} summary")).click();
    stage.find(&format!("{CARD} form button[type=button]")).click();
    settle().await;
    assert_eq!(sent(&stage).last(), Some(&goals(&[("within_two_minutes", 90.0)])));
    assert!(!stage.has(".report-figures > li:nth-child(1) form button[type=button]"), "it has no goal to remove");
}

#[wasm_bindgen_test]
async fn a_goal_that_is_refused_stays_in_its_field_and_others_have_no_form() {
    let refuses = |call: &Call| match call.method {
        Method::Put => nothing(),
        Method::Get | Method::Post | Method::Patch | Method::Delete => with_goals(call),
    };
    let stage = page_of("manager", refuses).await;
    stage.find(&format!("{CARD} summary")).click();
    save(&stage, "4").await;
    assert!(stage.has(&format!("{CARD} [role=alert]")));
    let field: HtmlInputElement = stage.find("#goal-first_reply_median").unchecked_into();
    assert_eq!(field.value(), "4");
    drop(stage);
    let stage = page_of("rep", with_goals).await;
    assert!(!stage.has(".report-figures form") && stage.find(CARD).inner_text().contains("Goal: 2 min 30 s"));
    assert_eq!(stage.find(&format!("{CARD} summary")).inner_text(), "Definition");
}

#[wasm_bindgen_test]
async fn the_mail_every_monday_is_turned_on_and_a_refusal_turns_it_back() {
    let is_refused = Arc::new(AtomicBool::new(false));
    let refused = is_refused.clone();
    let mail = |is_on| ReportMail { is_on, is_mail_set_up: true, next_at: is_on.then_some(sample::AT) };
    let stage = page(RESPONSE, move |call| match (call.path.as_str(), call.method) {
        ("/api/v1/report-mail", Method::Put) if refused.load(Ordering::Relaxed) => nothing(),
        ("/api/v1/report-mail", Method::Put) => ok(&mail(call.body.as_deref() == Some(r#"{"is_on":true}"#))),
        ("/api/v1/report-mail", _) => ok(&mail(false)),
        _ => server(call),
    })
    .await;
    let switch = || -> HtmlInputElement { stage.find("[role=switch]").unchecked_into() };
    assert!(!switch().checked() && !stage.text().contains("The next one comes"));
    switch().click();
    settle().await;
    assert!(switch().checked() && stage.text().contains("The next one comes"), "{}", stage.text());
    is_refused.store(true, Ordering::Relaxed);
    switch().click();
    settle().await;
    assert!(switch().checked() && stage.has("[aria-label='Weekly mail'] [role=alert]"));
}

#[wasm_bindgen_test]
async fn without_a_mail_server_the_switch_says_so_and_without_an_answer_there_is_none() {
    let stage = page(RESPONSE, |call| match call.path.as_str() {
        "/api/v1/report-mail" => ok(&ReportMail { is_on: true, is_mail_set_up: false, next_at: None }),
        _ => server(call),
    })
    .await;
    assert!(stage.find("#monday-notes").inner_text().contains("No mail server is set up"));
    drop(stage);
    let stage = page(RESPONSE, server).await;
    assert!(!stage.has("[role=switch]"));
}
