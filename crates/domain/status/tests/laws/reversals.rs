//! Taking back a verdict or a rejection leads to where the lead would be had it never been (R9b).

use crate::history::{back, end, wild};
use crate::machine::{Chat, Facts};
use knock_model::Millis;
use knock_status::chat::{ChatStatus, Event, derive};
use knock_status::{Fact, Source};
use proptest::prelude::*;

fn known(facts: Facts<Chat>, now: Millis) -> Facts<Chat> {
    facts.into_iter().filter(|fact| fact.received_at <= now).collect()
}

fn followed_by(facts: &Facts<Chat>, what: Event, now: Millis) -> Facts<Chat> {
    let last = Fact { id: 1_000, at: now, received_at: now, source: Source::Server, what };
    facts.iter().cloned().chain([last]).collect()
}

/// The same history in which the machine never heard of it: ids and instants stay.
fn without(facts: &Facts<Chat>, is_meant: fn(&Event) -> bool) -> Facts<Chat> {
    let mut facts = facts.clone();
    for fact in &mut facts {
        if is_meant(&fact.what) {
            fact.what = match fact.what {
                Event::LeadMessage { .. } => Event::LeadMessage { is_spam: false },
                _ => Event::AiMessage,
            };
        }
    }
    facts
}

fn is_spam(event: &Event) -> bool {
    matches!(event, Event::SpamDetected | Event::LeadMessage { is_spam: true } | Event::SpamReversed)
}

fn is_rejection(event: &Event) -> bool {
    matches!(event, Event::Rejected { .. } | Event::RejectionReversed)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_verdict_ever_was(facts in wild::<Chat>(), back in back()) {
        let now = end::<Chat>(&facts) - back;
        let facts = known(facts, now);
        let lived = derive(&facts, now);
        let reversed = derive(&followed_by(&facts, Event::SpamReversed, now), now);
        prop_assert!(!reversed.is_spam);
        match lived.status {
            None | Some(ChatStatus::Rejected | ChatStatus::Qualified) => prop_assert_eq!(reversed.status, lived.status),
            Some(_) => {
                let as_if = derive(&without(&facts, is_spam), now);
                prop_assert_eq!(reversed.status, as_if.status);
                prop_assert_eq!(reversed.next_change_at, as_if.next_change_at);
                prop_assert_eq!(reversed.waiting_since, as_if.waiting_since);
            }
        }
        // What was lived stays; only an entry of the reversal's own instant may be another.
        let mut past = lived.timeline;
        past.retain(|entry| entry.at < now);
        prop_assert_eq!(&reversed.timeline[..past.len()], &past[..]);
    }

    #[test]
    fn no_rejection_ever_was(facts in wild::<Chat>(), back in back()) {
        let now = end::<Chat>(&facts) - back;
        let facts = known(facts, now);
        let lived = derive(&facts, now);
        let reversed = derive(&followed_by(&facts, Event::RejectionReversed, now), now);
        if lived.status == Some(ChatStatus::Rejected) {
            let as_if = derive(&without(&facts, is_rejection), now);
            prop_assert_eq!(reversed.status, as_if.status);
            prop_assert_eq!(reversed.next_change_at, as_if.next_change_at);
            prop_assert_ne!(reversed.status, Some(ChatStatus::Rejected));
        } else {
            prop_assert_eq!(reversed, lived);
        }
    }

    #[test]
    fn a_second_reversal_has_nothing_to_take_back(facts in wild::<Chat>(), back in back(), is_spam: bool) {
        let now = end::<Chat>(&facts) - back;
        let reversal = if is_spam { Event::SpamReversed } else { Event::RejectionReversed };
        let once = followed_by(&known(facts, now), reversal.clone(), now);
        let mut twice = once.clone();
        twice.push(Fact { id: 1_001, at: now, received_at: now, source: Source::Server, what: reversal });
        prop_assert_eq!(derive(&twice, now), derive(&once, now));
    }
}
