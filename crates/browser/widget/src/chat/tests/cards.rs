//! Tests of booking cards.

use super::{START, Story, message, started};
use crate::chat::{Effect, Fact};
use knock_model::MeetingId;
use knock_wire::{Author, CardMeeting, Message, MessageCard};
use wasm_bindgen_test::wasm_bindgen_test;

fn offer(seq: u64, meeting: Option<CardMeeting>) -> Message {
    let card = Some(MessageCard { kind: "meeting".to_owned(), own: false, meeting });
    Message { card, ..message(seq, Author::AiAgent, "Choose a time.") }
}

#[wasm_bindgen_test]
fn after_a_booking_it_is_asked_what_became_of_the_card() {
    let mut story = Story::live();
    assert_eq!(story.then(Fact::BookingLeft), [], "there is none");
    story.then(Fact::Received(1, offer(2, None)));
    story.then(Fact::Received(1, message(3, Author::AiAgent, "Anything else?")));
    assert_eq!(story.then(Fact::BookingLeft), [Effect::List(started(1), 1)]);
    let local = "2026-06-02T10:00:00+02:00".to_owned();
    let state = "booked".to_owned();
    let meeting = CardMeeting { id: MeetingId::new([7; 16]), start_at: START, local, state, manage: String::new() };
    let list = vec![offer(2, Some(meeting.clone())), message(3, Author::AiAgent, "Anything else?")];
    story.then(Fact::Listed(started(1).conversation, Ok(list)));
    let cards: Vec<_> = story.chat.entries().into_iter().filter_map(|entry| entry.card?.meeting).collect();
    assert_eq!((cards, story.texts().len()), (vec![meeting], 3));
    story.then(Fact::BecameVisible);
    assert_eq!(story.then(Fact::Listed(started(1).conversation, Ok(Vec::new()))), []);
}
