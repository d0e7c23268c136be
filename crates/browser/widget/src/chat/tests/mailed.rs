//! Tests of the chat of a mailed link: shown at once, opened when a person uses the page.

use super::{START, Story, draft, message, started};
use crate::chat::{Chat, Connection, Effect, Fact, Failure};
use knock_model::ConversationId;
use knock_wire::{Author, MailedChat, MessageCard};
use wasm_bindgen_test::wasm_bindgen_test;

/// A chat of a mailed link that was opened on a page.
fn mailed() -> Story {
    let mut story = Story { chat: Chat::mailed(true), now: START };
    assert_eq!(story.then(Fact::PanelOpened), [Effect::Look]);
    story
}

fn shown() -> Fact {
    let card = Some(MessageCard { kind: "meeting".to_owned(), own: false, meeting: None });
    let mut offer = message(2, Author::Rep, "Choose a time.");
    offer.card = card;
    let messages = vec![message(1, Author::Rep, "It is $490."), offer];
    Fact::Looked(Ok(MailedChat { conversation: ConversationId::new([1; 16]), messages }))
}

#[wasm_bindgen_test]
fn what_is_looked_at_is_shown_and_nothing_is_opened() {
    let mut story = mailed();
    assert_eq!(story.then(shown()), []);
    assert_eq!(story.texts(), ["It is $490.", "Choose a time."]);
    assert!(story.chat.entries().iter().all(|entry| entry.card.is_none()), "a booking needs an open chat");
    assert_eq!((story.chat.connection(), story.chat.next_change_at()), (Connection::Idle, None));
    for fact in [Fact::BecameVisible, Fact::WentOffline, Fact::WentOnline, Fact::Ticked] {
        assert_eq!(story.then(fact), []);
    }
}

#[wasm_bindgen_test]
fn an_act_opens_the_conversation_once_and_asks_for_it_with_its_cards() {
    let mut story = mailed();
    story.then(shown());
    assert_eq!(story.then(Fact::Acted), [Effect::Start]);
    assert_eq!(story.then(Fact::Acted), []);
    let effects = story.then(Fact::Started(Ok(started(1))));
    assert!(effects.contains(&Effect::List(started(1), 0)), "{effects:?}");
    assert_eq!(story.texts().len(), 2, "they stay where they are");
    assert_eq!(story.then(Fact::SocketOpened(1)), [Effect::Hello(started(1), 2)]);
}

#[wasm_bindgen_test]
fn an_act_before_the_answer_opens_after_it_and_a_message_is_an_act() {
    let mut story = mailed();
    assert_eq!(story.then(Fact::Written(draft(3, "Fine"))), [Effect::Keep(draft(3, "Fine"))]);
    assert_eq!(story.then(shown()), [Effect::Start]);
    let effects = story.then(Fact::Started(Ok(started(1))));
    assert!(effects.contains(&Effect::Send(started(1), draft(3, "Fine"))), "{effects:?}");
}

#[wasm_bindgen_test]
fn another_conversation_than_the_shown_one_begins_empty() {
    let mut story = mailed();
    story.then(shown());
    story.then(Fact::Acted);
    story.then(Fact::Started(Ok(started(2))));
    assert_eq!(story.texts(), [""; 0]);
}

#[wasm_bindgen_test]
fn a_look_is_repeated_and_a_token_that_ended_shows_nothing() {
    let mut story = mailed();
    assert_eq!(story.then(Fact::Looked(Err(super::later()))), []);
    assert_eq!(story.wait(), [Effect::Look]);
    assert_eq!(story.then(Fact::Looked(Err(Failure::SignedOut))), []);
    assert_eq!((story.texts().len(), story.chat.connection()), (0, Connection::Idle));
    assert_eq!(story.then(Fact::Acted), [Effect::Start]);
}
