//! The agent's offer of a meeting: at once to leads ready to buy (IU-12), and on request.

use crate::Language;
use crate::act::{Act, acts};
use crate::words::{filled, word};
use alloc::string::String;
use knock_model::{Bucket, IntentType};

/// The lead's facts that decide whether the agent's answer offers a meeting, apart from free slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeetingChance {
    /// Whether the lead asks for one in this message.
    pub is_asked_for: bool,
    /// The score; none if unknown.
    pub bucket: Option<Bucket>,
    pub kind: IntentType,
    /// Whether one was offered in this chat before, by whomever.
    pub was_offered: bool,
    /// Whether they have one to come.
    pub has_meeting: bool,
    /// Whether a rep answers in the chat.
    pub has_human: bool,
}

impl MeetingChance {
    /// Whether to offer one now: a lead who asks gets one each time, a buyer with a high score once per chat (IU-12). None
    /// is offered to a lead who has an upcoming meeting or talks with a rep.
    pub fn is_due(self) -> bool {
        let is_ready = self.bucket == Some(Bucket::High) && self.kind == IntentType::Buying && !self.was_offered;
        (self.is_asked_for || is_ready) && !self.has_meeting && !self.has_human
    }
}

/// The usual title of a meeting, in the language of its lead: a template with the places of saved replies.
pub fn meeting_title(language: Language) -> String {
    filled(language, "meeting_title", &[("name", "{{name}}"), ("rep", "{{rep}}")])
}

/// Whether a message asks for a meeting, in any words of any language: not where one is moved, cancelled or fails.
pub fn wants_meeting(text: &str) -> bool {
    let acts = acts(text);
    let is_other = |act: &Act| matches!(act, Act::CancelMeeting | Act::RescheduleMeeting | Act::SupportProblem);
    acts.contains(&Act::AsksMeeting) && !acts.iter().any(is_other)
}

/// The text of a message that offers a meeting and has no words of its own.
pub fn meeting_words(language: Language) -> &'static str {
    word(language, "meeting")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_is_offered_to_buyers_with_a_high_score_and_to_who_asks() {
        let high = MeetingChance {
            is_asked_for: false,
            bucket: Some(Bucket::High),
            kind: IntentType::Buying,
            was_offered: false,
            has_meeting: false,
            has_human: false,
        };
        let asked = MeetingChance { is_asked_for: true, bucket: None, kind: IntentType::Unknown, ..high };
        for (chance, expected, why) in [
            (high, true, "IU-12"),
            (MeetingChance { bucket: Some(Bucket::Medium), ..high }, false, "not ready yet"),
            (MeetingChance { bucket: None, ..high }, false, "nothing is known"),
            (MeetingChance { kind: IntentType::Support, ..high }, false, "a customer"),
            (MeetingChance { kind: IntentType::JobSeeker, ..high }, false, "an applicant"),
            (MeetingChance { kind: IntentType::Partnership, ..high }, false, "a partner"),
            (MeetingChance { kind: IntentType::Unknown, ..high }, false, "who has not said what they want"),
            (MeetingChance { was_offered: true, ..high }, false, "once in a chat"),
            (MeetingChance { has_meeting: true, ..high }, false, "they have one"),
            (MeetingChance { has_human: true, ..high }, false, "a rep offers it"),
            (asked, true, "a lead who asks gets it, whatever their score"),
            (MeetingChance { was_offered: true, ..asked }, true, "again, as they ask again"),
            (MeetingChance { was_offered: true, is_asked_for: true, ..high }, true, "a buyer who asks again"),
            (MeetingChance { has_meeting: true, ..asked }, false, "they have one, and can move it"),
            (MeetingChance { has_human: true, ..asked }, false, "they ask a rep"),
        ] {
            assert_eq!(chance.is_due(), expected, "{why}: {chance:?}");
        }
    }

    #[test]
    fn a_meeting_is_asked_for_in_many_words() {
        for text in [
            "Can we book a demo for next week?",
            "I'd like to schedule a call",
            "could I have a meeting with your sales team",
            "Ich möchte einen Termin vereinbaren.",
            "Können wir eine Demo bekommen?",
            "Je voudrais prendre rendez-vous",
            "On peut planifier une réunion ?",
            "¿Podemos agendar una reunión?",
            "Me gustaría ver una demostración",
        ] {
            assert!(wants_meeting(text), "{text}");
        }
        for text in [
            "",
            "hello",
            "can I book a meeting room with it?",
            "where do I see a demo video",
            "we meet our goals",
            "call me back",
            "Der Terminkalender lädt nicht",
            "la réunion des données",
            "citas",
        ] {
            assert!(!wants_meeting(text), "{text}");
        }
    }
}
