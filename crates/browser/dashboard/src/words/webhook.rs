//! Webhooks in words: events, state and deliveries.

use super::chat::StatusTone;
use super::mail::delivery_state;
use super::network::plain;
use super::number::count;
use knock_model::{DeliveryState, EventType};
use knock_wire::{Delivery, DeliveryStateWord, Webhook, event_meaning};

/// The meaning of an event in one sentence.
pub(crate) const fn event_words(event: EventType) -> &'static str {
    event_meaning(event)
}

/// Whether a webhook receives events, and its urgency.
pub(crate) fn webhook_state(webhook: &Webhook) -> (&'static str, StatusTone) {
    match (webhook.is_active, webhook.why_stopped.is_empty()) {
        (true, _) => ("Active", StatusTone::Good),
        (false, true) => ("Paused", StatusTone::Muted),
        (false, false) => ("Stopped", StatusTone::Attention),
    }
}

/// `2 deliveries waiting, 1 delivery given up`.
pub(crate) fn backlog_words(webhook: &Webhook) -> String {
    let counted = |number: u64| {
        let noun = if number == 1 { "delivery" } else { "deliveries" };
        format!("{} {noun}", count(i64::try_from(number).unwrap_or(i64::MAX)))
    };
    match (webhook.waiting, webhook.parked) {
        (0, 0) => "Nothing waiting".to_owned(),
        (waiting, 0) => format!("{} waiting", counted(waiting)),
        (0, parked) => format!("{} given up", counted(parked)),
        (waiting, parked) => format!("{} waiting, {} given up", counted(waiting), counted(parked)),
    }
}

/// The state of a delivery, and its urgency for a person.
pub(crate) fn event_delivery_words(state: &DeliveryStateWord) -> (&str, StatusTone) {
    delivery_state(state, "Delivered", "Given up")
}

/// The result of a test event: `Test event delivered: answered 200`; none before its first attempt has ended.
pub(crate) fn test_words(delivery: &Delivery) -> Option<String> {
    let is_tried = !delivery.answer.is_empty() && delivery.state != DeliveryState::UnderWay.into();
    let is_test = delivery.event == EventType::WebhookTest.into();
    let went = if delivery.state == DeliveryState::Delivered.into() { "delivered" } else { "not delivered" };
    (is_test && is_tried).then(|| format!("Test event {went}: {}", plain(&delivery.answer)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use knock_wire::Word;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_webhook_is_active_paused_by_a_person_or_stopped_by_the_server() {
        let mut webhook = sample::webhook(1);
        assert_eq!(webhook_state(&webhook).0, "Active");
        webhook.is_active = false;
        assert_eq!(webhook_state(&webhook).0, "Paused");
        webhook.why_stopped = "answered 410".to_owned();
        assert_eq!(webhook_state(&webhook), ("Stopped", StatusTone::Attention));
    }

    #[wasm_bindgen_test]
    fn what_waits_and_what_was_given_up_are_counted() {
        for (waiting, parked, expected) in [
            (0, 0, "Nothing waiting"),
            (1, 0, "1 delivery waiting"),
            (0, 2, "2 deliveries given up"),
            (1_200, 1, "1,200 deliveries waiting, 1 delivery given up"),
        ] {
            assert_eq!(backlog_words(&Webhook { waiting, parked, ..sample::webhook(1) }), expected);
        }
    }

    #[wasm_bindgen_test]
    fn every_event_has_a_sentence_and_every_state_a_word_of_its_own() {
        let mut sentences: Vec<_> = EventType::ALL.iter().map(|event| event_words(*event)).collect();
        sentences.sort_unstable();
        sentences.dedup();
        assert_eq!(sentences.len(), EventType::ALL.len());
        let words = |state: DeliveryState| event_delivery_words(&state.into()).0.to_owned();
        let mut states: Vec<_> = DeliveryState::ALL.iter().map(|state| words(*state)).collect();
        states.sort_unstable();
        states.dedup();
        assert_eq!(states.len(), DeliveryState::ALL.len());
        assert_eq!(event_delivery_words(&Word::parse("folded")), ("folded", StatusTone::Muted));
    }

    #[wasm_bindgen_test]
    fn only_a_test_event_that_was_tried_has_an_outcome() {
        let of = |event: EventType, state: DeliveryState, answer: &str| {
            let answer = answer.to_owned();
            test_words(&Delivery { event: event.into(), answer, ..sample::delivery(1, state) })
        };
        let test = EventType::WebhookTest;
        assert_eq!(of(test, DeliveryState::UnderWay, ""), None);
        assert_eq!(of(test, DeliveryState::UnderWay, "answered 503"), None);
        assert_eq!(of(EventType::MessageCreated, DeliveryState::Delivered, "answered 200"), None);
        let went = |state, answer| of(test, state, answer).unwrap_or_default();
        assert_eq!(went(DeliveryState::Delivered, "answered 204"), "Test event delivered: answered 204");
        assert_eq!(went(DeliveryState::Waiting, "answered 503"), "Test event not delivered: answered 503");
    }
}
