//! A change in a calendar on the page of its meeting, and the answers to it.

use futures_util::FutureExt;
use knock_model::Millis;
use knock_wire::{MeetingCalendarChange, MeetingRow};
use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use super::calendars::press;
use super::webhooks::ok;
use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::kit::browser;
use crate::kit::reactive::memo;
use crate::kit::single::Single;
use crate::parts::meetings::actions::MeetingActions;
use crate::parts::meetings::calendar_change::calendar_change;
use crate::sample;
use crate::state::meetings::changing::MeetingChanges;

const NOTE: &str = ".meeting-change";

/// The meeting, moved to tomorrow.
fn meeting(calendar_change: Option<MeetingCalendarChange>) -> MeetingRow {
    let start_at = browser::clock() + Millis::DAY;
    MeetingRow { start_at, end_at: start_at + Millis(1_800_000), calendar_change, ..sample::meeting() }
}

/// A meeting whose event was changed; the answer to it gets this reply.
fn show(change: MeetingCalendarChange, reply: Reply) -> Stage {
    let shown = meeting(Some(change));
    let known = shown.clone();
    let answer = move |call: &Call| if call.method == Method::Patch { reply.clone() } else { ok(&known) };
    Stage::answering(answer, move || {
        let (id, again) = (shown.id, shown.clone());
        let stored = Single::new(move || std::future::ready(Ok(again.clone())).boxed_local());
        stored.value.set(Some(shown));
        let (changes, row) = (MeetingChanges::new(id, stored), memo(move || stored.value.get()));
        view! {
            {calendar_change(changes, row)}
            <MeetingActions changes shown=row />
        }
    })
}

/// The answers that were sent.
fn answers(stage: &Stage) -> Vec<Value> {
    let patches = stage.calls().into_iter().filter(|call| call.method == Method::Patch);
    patches.map(|call| serde_json::from_str(&call.body.unwrap_or_default()).expect("a change")).collect()
}

#[wasm_bindgen_test]
async fn an_event_that_was_moved_is_put_back_by_a_press() {
    let stage = show(sample::calendar_change("asked"), ok(&meeting(None)));
    settle().await;
    let words = stage.find(NOTE).inner_text();
    assert!(words.contains("Bo moved the event in their calendar to"), "{words}");
    assert!(words.contains("The meeting is as it was until you decide."), "{words}");
    press(&stage, NOTE, "Put the event back");
    settle().await;
    assert_eq!(answers(&stage), [json!({"calendar_change": "undo"})]);
    assert!(!stage.has(NOTE) && stage.text().contains("The event is put back"), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn a_cancellation_after_a_deleted_event_is_confirmed() {
    let deleted = MeetingCalendarChange { start_at: None, end_at: None, ..sample::calendar_change("asked") };
    let stage = show(deleted, ok(&meeting(None)));
    settle().await;
    press(&stage, NOTE, "Cancel the meeting");
    settle().await;
    assert!(answers(&stage).is_empty(), "{:?}", answers(&stage));
    stage.find("dialog button[type=submit]").click();
    settle().await;
    assert_eq!(answers(&stage), [json!({"calendar_change": "apply"})]);
    assert!(!stage.has("dialog") && !stage.has(NOTE), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn a_move_that_is_refused_is_explained_and_still_waits() {
    let body = json!({"type": "x", "title": "Taken", "status": 409, "detail": ""}).to_string();
    let stage = show(sample::calendar_change("asked"), Reply { status_code: 409, body });
    settle().await;
    press(&stage, NOTE, "Move the meeting");
    settle().await;
    assert_eq!(answers(&stage), [json!({"calendar_change": "apply"})]);
    assert!(stage.has(NOTE) && stage.text().contains("The meeting was not moved"), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn a_time_that_is_taken_is_not_offered() {
    let stage = show(sample::calendar_change("taken"), ok(&meeting(None)));
    settle().await;
    let buttons: Vec<_> = stage.all(&format!("{NOTE} button")).iter().map(|button| button.inner_text()).collect();
    assert_eq!(buttons, ["Put the event back"]);
}
