//! Tests of the panel by a visitor's actions.

use js_sys::{Array, Function, Reflect};
use knock_wire::Author;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{Stage, settle};
use crate::chat::{Delivery, Effect, Fact, Failure};

const HOSTILE: &str =
    "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script> javascript:window.hacked=1";

fn elements() -> JsValue {
    js_sys::eval("document.querySelectorAll('*').length").expect("it is a number")
}

#[wasm_bindgen_test]
async fn a_closed_panel_is_hidden_and_asks_for_nothing() {
    let stage = Stage::set();
    settle().await;
    assert!(stage.find(".panel").hidden());
    assert_eq!(stage.effects(), []);
}

#[wasm_bindgen_test]
async fn opening_asks_once_shows_the_greeting_and_takes_the_focus() {
    let stage = Stage::live().await;
    assert_eq!(stage.effects().iter().filter(|effect| **effect == Effect::Start).count(), 1);
    assert!(!stage.find(".panel").hidden());
    assert_eq!(stage.find("[role=dialog] h2").inner_text(), "Acme");
    assert!(stage.text().contains("AI agent; a person will join when needed"));
    assert_eq!(stage.last().inner_text(), "Hi!");
    assert_eq!(stage.root.active_element().map(|element| element.tag_name()).as_deref(), Some("TEXTAREA"));
}

#[wasm_bindgen_test]
async fn an_accepted_invitation_opens_its_conversation_in_place_of_a_booking() {
    let stage = Stage::set();
    stage.view.book();
    stage.view.close();
    stage.view.invite("i1".to_owned());
    settle().await;
    assert!(!stage.find(".panel").hidden() && !stage.view.is_booking.get_untracked());
    assert_eq!(stage.effects(), [Effect::Invite("i1".to_owned()), Effect::Start]);
    assert_eq!(stage.root.active_element().map(|element| element.tag_name()).as_deref(), Some("TEXTAREA"));
}

#[wasm_bindgen_test]
async fn enter_sends_at_once_and_shift_enter_does_not() {
    let stage = Stage::live().await;
    stage.effects();
    stage.type_in("  Hello  ");
    assert!(stage.press("'Enter', shiftKey: true"));
    assert!(stage.press("'Enter', isComposing: true"));
    assert_eq!(stage.effects(), []);
    assert!(!stage.press("'Enter'"));
    settle().await;
    let effects = stage.effects();
    let [Effect::Send(_, draft)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(draft.text, "Hello");
    assert!(stage.text().contains("Sending\u{2026}"));
    stage.view.talk.tell(Fact::Stored(draft.id, Ok(2)));
    settle().await;
    assert_eq!(stage.last().inner_text(), "Hello");
    assert!(stage.text().contains("Sent") && !stage.text().contains("Sending"));
    stage.press("'Enter'");
    assert_eq!(stage.effects(), [Effect::Drop(draft.id)]);
}

#[wasm_bindgen_test]
async fn a_rep_who_writes_is_announced_as_text() {
    let stage = Stage::live().await;
    stage.view.talk.tell(Fact::RepTypes(Some(HOSTILE.to_owned())));
    settle().await;
    assert_eq!(stage.find(".typing").inner_text().trim(), format!("{HOSTILE} is typing\u{2026}"));
    assert_eq!(stage.find(".typing").get_attribute("role").as_deref(), Some("status"));
    assert!(stage.root.query_selector("img, script").expect("a selector").is_none());
    stage.view.talk.tell(Fact::RepTypes(None));
    settle().await;
    assert_eq!(stage.find(".typing").inner_text(), "");
}

#[wasm_bindgen_test]
async fn a_refused_message_says_why_and_goes_again_by_its_button() {
    let stage = Stage::live().await;
    stage.type_in("Hello");
    settle().await;
    stage.find(".composer-send").click();
    settle().await;
    let sent = stage.view.talk.read(|chat| chat.entries().into_iter().find(|one| one.delivery == Delivery::Pending));
    let id = sent.expect("it is under way").id;
    stage.view.talk.tell(Fact::Stored(id, Err(Failure::Refused("Too rude.".to_owned()))));
    settle().await;
    assert_eq!(stage.find("[role=alert] bdi").inner_text().trim(), "Not sent. Too rude.");
    stage.effects();
    stage.find(".retry").click();
    assert!(matches!(stage.effects().as_slice(), [Effect::Send(_, draft)] if draft.id == id));
}

#[wasm_bindgen_test]
async fn an_offered_answer_is_sent_by_its_button_and_the_buttons_leave() {
    let stage = Stage::live().await;
    assert!(stage.find(".choices").hidden());
    stage.receive_offer(2, (Author::AiAgent, "What is this about?"), &["Buying", "A job"]);
    settle().await;
    assert_eq!(stage.find(".choices").text_content().as_deref(), Some("BuyingA job"));
    stage.effects();
    stage.find(".choice:last-child").click();
    settle().await;
    assert!(matches!(stage.effects().as_slice(), [Effect::Send(_, draft)] if draft.text == "A job"));
    assert!(stage.find(".choices").hidden() && !stage.has(".choice"));
}

#[wasm_bindgen_test]
async fn a_choice_is_announced_with_its_question_and_leaves_the_focus_where_one_writes() {
    let stage = Stage::set_in("de");
    stage.greet().await;
    stage.receive_offer(2, (Author::AiAgent, "Worum geht es?"), &["Kaufen", "Eine Stelle"]);
    settle().await;
    let announced = stage.find("[role=log] .entry:last-child").text_content().unwrap_or_default();
    assert!(announced.contains("Worum geht es?") && announced.contains("wählen: Kaufen, Eine Stelle"), "{announced}");
    stage.find(".choice").focus().expect("it can have the focus");
    stage.find(".choice").click();
    settle().await;
    assert!(!stage.text().contains("wählen:"));
    assert_eq!(stage.root.active_element().map(|element| element.tag_name()).as_deref(), Some("TEXTAREA"));
}

#[wasm_bindgen_test]
async fn the_panel_speaks_its_language_and_says_which() {
    let stage = Stage::set_in("fr-CH");
    stage.greet().await;
    assert_eq!(stage.find(".panel").get_attribute("lang").as_deref(), Some("fr"));
    assert_eq!(stage.find("textarea").get_attribute("aria-label").as_deref(), Some("Message"));
    assert_eq!(stage.find(".composer-send").get_attribute("aria-label").as_deref(), Some("Envoyer le message"));
    assert!(stage.text().contains("Agent IA") && stage.text().contains("maintenant"), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn escape_asks_to_close_once_and_the_chat_goes_on_behind() {
    let events = Array::new();
    let listener = Function::new_with_args("word, count", "window.events.push(word + count)");
    Reflect::set(&window(), &"events".into(), &events).expect("the window takes it");
    let stage = Stage::set_with(Rc::default(), listener);
    stage.greet().await;
    stage.press("'Escape'");
    stage.view.close();
    stage.receive(2, Author::Rep, "Still there?");
    settle().await;
    assert!(stage.find(".panel").hidden());
    assert_eq!(events.join(" "), "close0 unread1");
}

#[wasm_bindgen_test]
async fn hostile_texts_stay_text_and_only_web_addresses_lead_anywhere() {
    let stage = Stage::live().await;
    stage.receive(2, Author::Rep, HOSTILE);
    settle().await;
    assert_eq!(stage.last().text_content().as_deref(), Some(HOSTILE));
    assert!(!stage.has("img, script, a"));
    stage.receive(3, Author::Rep, "See https://acme.test/a?b=c.");
    settle().await;
    let link = stage.find("a");
    assert_eq!(link.get_attribute("href").as_deref(), Some("https://acme.test/a?b=c"));
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer nofollow"));
    assert_eq!(link.get_attribute("target").as_deref(), Some("_blank"));
    assert_eq!(Reflect::get(&window(), &"hacked".into()), Ok(JsValue::UNDEFINED));
}

#[wasm_bindgen_test]
async fn too_long_a_message_cannot_be_sent() {
    let stage = Stage::live().await;
    stage.effects();
    stage.type_in(&"x".repeat(4_001));
    settle().await;
    assert_eq!(stage.find("#knock-room").inner_text(), "1 character too many");
    assert!(stage.find(".composer-send").has_attribute("disabled"));
    stage.press("'Enter'");
    assert_eq!(stage.effects(), []);
}

#[wasm_bindgen_test]
async fn offline_says_what_will_happen_and_keeps_what_is_written() {
    let stage = Stage::live().await;
    stage.view.talk.tell(Fact::WentOffline);
    stage.type_in("Later");
    stage.press("'Enter'");
    settle().await;
    assert!(stage.find("[role=status] .notice").inner_text().contains("will be sent when"));
    assert!(stage.text().contains("Waiting to be sent"));
    stage.view.talk.tell(Fact::WentOnline);
    assert!(stage.effects().iter().any(|effect| matches!(effect, Effect::Send(_, draft) if draft.text == "Later")));
}

#[wasm_bindgen_test]
async fn rows_keep_their_elements_when_others_come() {
    let stage = Stage::live().await;
    let first = stage.last();
    stage.receive(2, Author::Rep, "Two");
    settle().await;
    assert!(first.is_connected());
    assert!(first.is_same_node(Some(stage.find(".entry:first-child .bubble").unchecked_ref())));
}

#[wasm_bindgen_test]
async fn fifty_mounts_leave_nothing() {
    let before = elements();
    let ended = Rc::new(Cell::new(0));
    for _ in 0..50 {
        let stage = Stage::set_with(ended.clone(), Function::default());
        stage.greet().await;
        let view = stage.view;
        drop(stage);
        // Calls on a stale handle have no effect.
        view.open();
        view.talk.tell(Fact::WentOnline);
    }
    settle().await;
    assert_eq!(ended.get(), 50);
    assert_eq!(elements(), before);
}

#[wasm_bindgen_test]
async fn a_card_opens_the_booking_and_says_when_the_meeting_is() {
    let stage = Stage::live().await;
    stage.receive_card(2, None);
    settle().await;
    assert_eq!(stage.find(".card").text_content().as_deref(), Some("Book a meetingChoose a time"));
    stage.find(".card-button").click();
    assert!(stage.view.is_booking.get_untracked());
    stage.receive_card(2, Some("2026-06-02T10:00:00+02:00"));
    settle().await;
    let said = stage.find(".card").text_content().unwrap_or_default();
    assert!(said.contains("Booked: Tuesday") && said.contains("10:00"), "{said}");
    assert!(said.ends_with("See or change your meeting") && !stage.find(".card-button").hidden(), "{said}");
}
