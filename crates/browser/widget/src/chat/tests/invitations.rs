//! Tests of invitations: messages by which a member wrote first.

use super::{Story, message, own, started};
use crate::chat::{Effect, Fact, Failure};
use knock_model::Millis;
use knock_wire::Author;
use wasm_bindgen_test::wasm_bindgen_test;

fn invite(id: &str) -> Effect {
    Effect::Invite(id.to_owned())
}

fn invited(id: &str) -> Fact {
    Fact::Invited(id.to_owned())
}

#[wasm_bindgen_test]
fn an_invitation_opens_the_chat_for_it_also_where_it_was_opened_before() {
    let mut story = Story::begin();
    assert_eq!(story.then(invited("a")), [invite("a"), Effect::Start]);
    assert_eq!(story.then(Fact::PanelOpened), [], "the panel is opened with it");
    let mut story = Story::live();
    assert_eq!(story.then(invited("a")), [invite("a"), Effect::Start]);
    assert_eq!(story.then(Fact::Started(Ok(started(1)))), [], "it is the conversation that is open");
    assert_eq!(story.texts(), ["Hi!"]);
}

#[wasm_bindgen_test]
fn one_accepted_while_the_chat_is_being_opened_is_asked_for_afterwards() {
    let mut story = Story::begin();
    story.then(Fact::PanelOpened);
    assert_eq!(story.then(invited("a")), [invite("a")]);
    assert!(story.then(Fact::Started(Ok(started(1)))).contains(&Effect::Start));
    assert!(!story.then(Fact::Started(Ok(started(2)))).contains(&Effect::Start));
}

#[wasm_bindgen_test]
fn its_conversation_takes_the_place_of_another() {
    let mut story = Story::live();
    story.then(Fact::Received(1, own(2, 1, "Hello")));
    story.then(invited("a"));
    assert_eq!(
        story.then(Fact::Started(Ok(started(2)))),
        [Effect::Disconnect, Effect::Connect(started(2), 2)],
        "the messages of the other one are not in it"
    );
    story.then(Fact::SocketOpened(2));
    story.then(Fact::Received(2, message(1, Author::Rep, "You look at our prices?")));
    assert_eq!(story.texts(), ["You look at our prices?"]);
}

#[wasm_bindgen_test]
fn without_a_response_it_is_asked_for_again() {
    let mut story = Story::begin();
    story.then(invited("a"));
    assert_eq!(story.then(Fact::Started(Err(Failure::Later(Millis(0))))), []);
    assert_eq!(story.wait(), [Effect::Start]);
}
