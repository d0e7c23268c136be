//! Live > Signals: the lines of a lead who is marked as spam go at once.

use knock_model::{LeadId, SignalId};
use knock_wire::{ContactRef, LiveEvent, SessionState, TimelineEntry, TimelinePage};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Reply};
use crate::kit::reactive::handler;
use crate::parts::live::signals::SignalFeed;
use crate::sample;
use crate::state::live::use_live;
use crate::state::session::use_session;

/// A signal of a lead with a name.
fn of(number: u8, id: LeadId, display_name: &str) -> TimelineEntry {
    let contact = ContactRef { id, email: String::new(), display_name: display_name.to_owned(), phone: String::new() };
    TimelineEntry { id: SignalId::new(sample::AT, &[number; 10]), contact: Some(contact), ..sample::entry() }
}

#[wasm_bindgen_test]
async fn the_signals_of_who_is_marked_as_spam_go() {
    let mut spam = sample::conversation();
    spam.state.is_spam = true;
    let other = LeadId::new([0x2c; 16]);
    let entries = vec![of(1, spam.lead, "Sam Sender"), of(2, other, "Bo Lee"), of(3, spam.lead, "Sam Sender")];
    let page = TimelinePage { entries, events: Vec::new(), next: None };
    let answer =
        move |_: &Call| Reply { status_code: 200, body: serde_json::to_string(&page).expect("a page can be written") };
    let stage = Stage::answering(answer, move || {
        let state = format!(r#"{{"email":"ann@us.test","role":"rep","now":{}}}"#, sample::AT.0);
        let state: SessionState = serde_json::from_str(&state).expect("a session");
        use_session().begin(state);
        let live = use_live();
        let event = LiveEvent::Conversation(Box::new(spam));
        view! {
            <button id="tell" on:click=handler(move |_| live.tell(&event))></button>
            <SignalFeed />
        }
    });
    settle().await;
    assert!(stage.text().contains("Sam Sender") && stage.text().contains("Bo Lee"), "{}", stage.text());
    stage.find("#tell").click();
    settle().await;
    assert!(!stage.text().contains("Sam Sender") && stage.text().contains("Bo Lee"), "{}", stage.text());
}
