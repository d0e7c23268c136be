//! A routing decision in words: reason, notes, notified channel and reps.

use knock_model::AI_AGENT;
use knock_routing::{Note, Notified, OwnerTrouble, Reason, SegmentTrouble, SkipReason};
use knock_wire::{AssignmentShown, DecisionShown, NoteWord, ReasonWord, SkippedRep, Word};
use std::collections::BTreeMap;

/// The reason of an assignment; an unknown reason is shown by its own word.
pub(crate) fn reason_words(reason: &ReasonWord) -> String {
    let known = match reason {
        Word::Known(known) => known,
        Word::Unknown(word) => return word.clone(),
    };
    match known {
        Reason::StickyExistingRep => "The rep of the open conversation.",
        Reason::WroteFirst => "This rep wrote first, and the lead answers them.",
        Reason::CrmOwner => "The owner of the lead in the CRM.",
        Reason::OwnCalendar => "The rep's own calendar, by their card or booking link.",
        Reason::SegmentRep => "The segment names this rep.",
        Reason::SegmentAi => "The segment names an AI agent.",
        Reason::AnsweredByAgent => "The AI agent answers. The team gets the chat as soon as it is needed.",
        Reason::SegmentRoundRobin => "It was this rep's turn in the segment's pool.",
        Reason::SegmentSingleCalendar => "The segment's one calendar.",
        Reason::SegmentAnyCalendar => "Any of the segment's calendars.",
        Reason::SegmentAnyCalendarSlot => "One of the segment's calendars, free at the chosen time.",
        Reason::SegmentRoundRobinCalendar => "It was this rep's turn among the segment's calendars.",
        Reason::SegmentAllCalendars => "All of the segment's calendars together.",
        Reason::SegmentDisqualified => "The segment disqualifies.",
        Reason::Fallback => "No other segment matched, or no member of the matching one was available.",
        Reason::FallbackRoundRobin => "No other segment matched; it was this rep's turn in the fallback's pool.",
        Reason::FallbackDisqualified => "No segment matched, and the fallback disqualifies.",
        Reason::NobodyAvailable => "No one who could take the chat was available. The lead waits for the first who is.",
        Reason::LastResortAi => "Everybody who could take the chat has left the team, so the AI agent got it.",
        Reason::EmailRequired => "A meeting needs an e-mail address first.",
        Reason::SpamEmail => "A disposable or fake address.",
        Reason::PrivateEmail => "A private address.",
        Reason::NoCalendar => "No calendar is available.",
    }
    .to_owned()
}

/// The rule of a decision, with the version it had.
pub(crate) fn rule_version(decision: &DecisionShown) -> String {
    format!("{}, version {}", decision.rule, decision.version)
}

/// A note on a decision; an unknown one is shown as its word. `names` are those of segments, by their ids.
pub(crate) fn note_words(note: &NoteWord, names: &BTreeMap<String, String>) -> String {
    let known = match note {
        Word::Known(known) => known,
        Word::Unknown(word) => return word.clone(),
    };
    let words = match known {
        Note::LinkRuleInvalid => "The link's own rule could not be used.",
        Note::Owner(OwnerTrouble::Unknown) => "No CRM names an owner.",
        Note::Owner(OwnerTrouble::Unmapped) => "The owner in the CRM is no member of the team.",
        Note::Owner(OwnerTrouble::Inactive) => "The owner in the CRM has left the team.",
        Note::Owner(OwnerTrouble::Away) => "The owner in the CRM is away.",
        Note::Owner(OwnerTrouble::OffHours) => "The owner in the CRM is outside their working hours.",
        Note::Owner(OwnerTrouble::NoCalendar) => "The owner in the CRM has no calendar.",
        Note::RepAway => "The rep is away.",
        Note::RepOffHours => "The rep is outside their working hours.",
        Note::SlotGone => "No rep is free at the chosen time any more.",
        Note::Segment(segment, trouble) => {
            let trouble = match trouble {
                SegmentTrouble::RepRemoved => "its rep has left the team",
                SegmentTrouble::PoolUnavailable => "no member of its pool was available",
                SegmentTrouble::CalendarMissing => "none of its calendars is available",
                SegmentTrouble::PersonAskedFor => "the lead asked for a person, so no AI agent gets the chat",
            };
            let segment = names.get(segment).unwrap_or(segment);
            return format!("Segment \u{201c}{segment}\u{201d}: {trouble}.");
        }
    };
    words.to_owned()
}

/// Skipped members of the pool, with the reason.
pub(crate) fn skipped_words(skipped: &[SkippedRep]) -> String {
    let words = skipped.iter().map(|SkippedRep { rep, reason }| {
        let reason = match reason {
            Word::Known(SkipReason::Away) => "away",
            Word::Known(SkipReason::OffHours) => "outside working hours",
            Word::Known(SkipReason::AtCapacity) => "at capacity",
            Word::Known(SkipReason::Removed) => "has left the team",
            Word::Unknown(word) => word,
        };
        format!("{rep} ({reason})")
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The notified channel and reps.
pub(crate) fn notified_words(notify: &[Notified]) -> String {
    let names = notify.iter().map(|one| match one {
        Notified::Channel(name) | Notified::Rep(name) => name.as_str(),
    });
    names.collect::<Vec<_>>().join(", ")
}

/// An assignment by hand: author, former and new owner.
pub(crate) fn assignment_words(assignment: &AssignmentShown) -> String {
    let AssignmentShown { by, from, to, .. } = assignment;
    let from = if from.is_empty() { "unassigned" } else { from };
    format!("{by}: from {from} to {to}")
}

/// An assignment that took a chat from the reader, in a sentence; `name_of` names a member by their address.
pub(crate) fn taken_words(assignment: &AssignmentShown, name_of: impl Fn(&str) -> String) -> String {
    let AssignmentShown { by, to, .. } = assignment;
    let name = name_of(by);
    match &**to {
        to if to == by => format!("{name} has taken over this chat."),
        AI_AGENT => format!("{name} has handed this chat to the AI agent."),
        to => format!("{name} has assigned this chat to {}.", name_of(to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_reason_and_note_has_words() {
        for reason in Reason::ALL {
            assert_ne!(reason_words(&(*reason).into()), reason.as_str());
        }
        for note in
            ["link_rule_invalid", "crm_owner_away", "rep_away", "rep_off_hours", "slot_gone", "fallback:rep_removed"]
        {
            assert_ne!(note_words(&Word::parse(note), &BTreeMap::new()), note);
        }
    }

    #[wasm_bindgen_test]
    fn an_unknown_word_is_shown_as_it_is() {
        let word = "something_new";
        let note = note_words(&Word::parse(word), &BTreeMap::new());
        assert_eq!((reason_words(&Word::parse(word)), note), (word.into(), word.into()));
    }

    #[wasm_bindgen_test]
    fn the_channel_and_the_reps_are_named() {
        assert_eq!(
            notified_words(&[Notified::Channel("#web".into()), Notified::Rep("ann@a.example".into())]),
            "#web, ann@a.example"
        );
    }
}
