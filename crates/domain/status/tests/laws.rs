//! Laws of Chat Status that hold for every history.

use knock_model::Millis;
use knock_status::chat::{Assignee, ChatStatus, Derived, Event, Rejecter, derive};
use knock_status::{Cause, Fact, Source, arrange};
use proptest::prelude::*;

const START: i64 = 1_780_315_200_000;
const HOUR: i64 = 3_600_000;

fn rep() -> impl Strategy<Value = String> {
    proptest::sample::select(["ann", "bob"].as_slice()).prop_map(str::to_owned)
}

fn event() -> impl Strategy<Value = Event> {
    let by = proptest::sample::select([Rejecter::Ai, Rejecter::Rep].as_slice());
    prop_oneof![
        3 => Just(Event::LinkClicked),
        1 => Just(Event::ChatActivity),
        5 => any::<bool>().prop_map(|spam| Event::LeadMessage { is_spam: spam }),
        2 => Just(Event::LeadMessage { is_spam: false }),
        1 => Just(Event::AiMessage),
        3 => rep().prop_map(|rep| Event::Assigned(Assignee::Rep(rep))),
        1 => Just(Event::Assigned(Assignee::AiAgent)),
        4 => rep().prop_map(|rep| Event::RepMessage { rep }),
        1 => Just(Event::SpamDetected),
        1 => Just(Event::SpamReversed),
        1 => by.prop_map(|by| Event::Rejected { by, reason: None }),
        1 => Just(Event::RejectionReversed),
        1 => Just(Event::DealOpened),
    ]
}

/// Facts of a trusted source at distinct instants, delivered as they happen.
fn history() -> impl Strategy<Value = Vec<Fact<usize, Event>>> {
    let gap = prop_oneof![Just(1i64), 1..10_000i64, 60_000..300_000i64, HOUR..20 * HOUR, 200 * HOUR..400 * HOUR];
    proptest::collection::vec((event(), gap), 0..25).prop_map(|events| {
        let mut at = START;
        let facts = events.into_iter().enumerate().map(|(id, (what, gap))| {
            at += gap;
            Fact { id, at: Millis(at), received_at: Millis(at), source: Source::Server, what }
        });
        facts.collect()
    })
}

fn end(facts: &[Fact<usize, Event>]) -> Millis {
    facts.last().map_or(Millis(START), |fact| fact.at) + Millis(30 * 24 * HOUR)
}

fn what<'f>(derived: &Derived, place: usize, facts: &[&'f Fact<usize, Event>]) -> Option<&'f Event> {
    match derived.timeline[place].cause {
        Cause::Fact(at) => Some(&facts[at].what),
        Cause::Timer(_) => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn the_timeline_is_strictly_increasing_and_each_entry_a_change(facts in history()) {
        let timeline = derive(&facts, end(&facts)).timeline;
        for pair in timeline.windows(2) {
            prop_assert!(pair[0].at < pair[1].at);
            prop_assert_ne!(pair[0].status, pair[1].status);
        }
    }

    #[test]
    fn rejected_and_qualified_are_left_by_a_human_only(facts in history()) {
        let now = end(&facts);
        let (derived, arranged) = (derive(&facts, now), arrange(&facts, now));
        for place in 1..derived.timeline.len() {
            let cause = what(&derived, place, &arranged);
            match derived.timeline[place - 1].status {
                ChatStatus::Rejected => prop_assert_eq!(cause, Some(&Event::RejectionReversed)),
                ChatStatus::Qualified => {
                    prop_assert_eq!(cause, Some(&Event::Rejected { by: Rejecter::Rep, reason: None }));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn delivering_again_changes_nothing(facts in history(), again in any::<prop::sample::Index>()) {
        let now = end(&facts);
        let before = derive(&facts, now);
        if !facts.is_empty() {
            let mut twice = facts.clone();
            let mut copy = facts[again.index(facts.len())].clone();
            copy.received_at = now;
            twice.push(copy);
            prop_assert_eq!(derive(&twice, now), before);
        }
    }

    #[test]
    fn the_order_of_delivery_changes_nothing(facts in history(), seed in any::<u64>()) {
        let now = end(&facts);
        let mut shuffled = facts.clone();
        for fact in &mut shuffled {
            fact.received_at = now;
        }
        let in_order = derive(&shuffled, now);
        shuffled.sort_by_key(|fact| (fact.id as u64 + 1).wrapping_mul(seed | 1) % 103);
        prop_assert_eq!(derive(&shuffled, now), in_order);
    }

    #[test]
    fn an_earlier_instant_gives_the_prefix_of_the_history(facts in history(), back in 0..40 * 24 * HOUR) {
        let now = end(&facts);
        let earlier = now - Millis(back);
        let mut expected = derive(&facts, now).timeline;
        expected.retain(|entry| entry.at <= earlier);
        prop_assert_eq!(derive(&facts, earlier).timeline, expected);
    }

    #[test]
    fn the_next_change_comes_exactly_when_foretold(facts in history(), back in 0..40 * 24 * HOUR) {
        let now = end(&facts) - Millis(back);
        let known: Vec<_> = facts.into_iter().filter(|fact| fact.at <= now).collect();
        let derived = derive(&known, now);
        match derived.next_change_at {
            Some(at) => {
                prop_assert!(at > now);
                prop_assert_eq!(derive(&known, at - Millis(1)).status, derived.status);
                prop_assert_ne!(derive(&known, at).status, derived.status);
            }
            None => prop_assert_eq!(derive(&known, now + Millis::days(100)).status, derived.status),
        }
    }
}
