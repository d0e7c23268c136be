//! Mail in words: kind, state and attempts.

use super::chat::StatusTone;
use super::span::until;
use crate::api::encode;
use knock_model::{DeliveryState, Email, Millis};
use knock_wire::{DeliveryStateWord, Word};

/// The label of a kind of mail; an unknown kind is shown as its word.
pub(crate) fn mail_kind(kind: &str) -> &str {
    match kind {
        "mail.sign_in_link" => "Sign-in link",
        "mail.invitation" => "Invitation",
        "mail.rep_reply" => "Reply in a chat",
        "mail.test" => "Test",
        "mail.wait" => "Waiting lead",
        "mail.transcript" => "Transcript",
        "mail.mention" => "Mention",
        "mail.reminder" => "Reminder",
        "mail.week" => "Figures of a week",
        "mail.calendar" => "Calendar that cannot be read",
        "mail.meeting" => "Meeting",
        "mail.booking_confirmation" => "Confirmation of a booking",
        "mail.workflow" => "Workflow",
        other => other,
    }
}

/// The address that is probably meant by a mistyped one; none if it looks right.
pub(crate) fn meant_address(email: &str) -> Option<String> {
    Email::parse(email).ok()?.meant().map(|meant| meant.to_text())
}

/// The state of a mail, and its urgency for a person.
pub(crate) fn delivery_words(state: &DeliveryStateWord) -> (&str, StatusTone) {
    delivery_state(state, "Sent", "Not sent")
}

/// The state of a delivery of any kind, with the labels of a delivered and of a parked one.
pub(super) fn delivery_state<'w>(
    state: &'w DeliveryStateWord,
    arrived: &'w str,
    given_up: &'w str,
) -> (&'w str, StatusTone) {
    let state = match state {
        Word::Known(state) => state,
        Word::Unknown(word) => return (word, StatusTone::Muted),
    };
    match state {
        DeliveryState::Waiting => ("Waiting", StatusTone::Open),
        DeliveryState::UnderWay => ("Sending", StatusTone::Open),
        DeliveryState::Behind => ("Waiting behind another", StatusTone::Muted),
        DeliveryState::Delivered => (arrived, StatusTone::Good),
        DeliveryState::Parked => (given_up, StatusTone::Attention),
    }
}

/// The address of a link that begins a mail in the reader's own program.
pub(crate) fn mailto(email: &str) -> String {
    match email.rsplit_once('@') {
        Some((who, domain)) => format!("mailto:{}@{}", encode(who), encode(domain)),
        None => format!("mailto:{}", encode(email)),
    }
}

pub(crate) fn tried_words(attempts: u32) -> String {
    match attempts {
        0 => "Not tried yet".to_owned(),
        1 => "Tried once".to_owned(),
        more => format!("Tried {more} times"),
    }
}

/// `next try in 5 min`; nothing for a delivery without a scheduled attempt.
pub(crate) fn next_try(state: &DeliveryStateWord, due_at: Option<Millis>, now: Millis) -> Option<(String, Millis)> {
    let at = due_at.filter(|_| *state == DeliveryState::Waiting.into())?;
    Some((format!("next try {}", until(at, now)), at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_kind_is_named_as_people_do_and_a_new_one_by_its_own_word() {
        for (kind, expected) in [
            ("mail.sign_in_link", "Sign-in link"),
            ("mail.invitation", "Invitation"),
            ("mail.rep_reply", "Reply in a chat"),
            ("mail.test", "Test"),
            ("mail.meeting", "Meeting"),
            ("mail.digest", "mail.digest"),
        ] {
            assert_eq!(mail_kind(kind), expected);
        }
    }

    #[wasm_bindgen_test]
    fn every_state_has_a_word_of_its_own_and_only_what_was_given_up_asks_for_attention() {
        let mut words: Vec<_> =
            DeliveryState::ALL.iter().map(|state| delivery_words(&(*state).into()).0.to_owned()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), DeliveryState::ALL.len());
        for state in DeliveryState::ALL {
            let asks = delivery_words(&(*state).into()).1 == StatusTone::Attention;
            assert_eq!(asks, *state == DeliveryState::Parked, "{}", state.as_str());
        }
    }

    #[wasm_bindgen_test]
    fn a_state_of_a_newer_server_stands_by_its_own_word() {
        assert_eq!(delivery_words(&Word::parse("folded")), ("folded", StatusTone::Muted));
    }

    #[wasm_bindgen_test]
    fn an_address_is_a_link_of_a_mail_and_adds_nothing_to_it() {
        assert_eq!(mailto("ann.b@acme.test"), "mailto:ann.b@acme.test");
        assert_eq!(mailto("a?bcc=x&y@acme.test"), "mailto:a%3Fbcc%3Dx%26y@acme.test");
    }

    #[wasm_bindgen_test]
    fn attempts_are_counted_in_words() {
        for (attempts, expected) in [(0, "Not tried yet"), (1, "Tried once"), (12, "Tried 12 times")] {
            assert_eq!(tried_words(attempts), expected);
        }
    }

    #[wasm_bindgen_test]
    fn only_a_waiting_mail_has_a_next_try() {
        let mail = sample::mail(7, DeliveryState::Waiting);
        let due = mail.at + Millis(300_000);
        let next = |state: DeliveryState, now| next_try(&state.into(), Some(due), now);
        assert_eq!(next(DeliveryState::Waiting, mail.at), Some(("next try in 5 min".to_owned(), due)));
        assert_eq!(next(DeliveryState::Waiting, due), Some(("next try now".to_owned(), due)));
        for state in [DeliveryState::UnderWay, DeliveryState::Behind, DeliveryState::Parked] {
            assert_eq!(next(state, mail.at), None);
        }
    }
}
