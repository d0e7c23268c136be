//! Properties of a derived status of either machine (R1 to R3, R11, R12, R19).

use crate::history::{back, end, tame, unheard_of, wild};
use crate::machine::{Chat, Facts, Machine, Meeting};
use knock_model::Millis;
use knock_status::{Cause, Fact, arrange};
use proptest::prelude::*;

type Proved = Result<(), TestCaseError>;

/// The history ends in the status, and each entry is a change at its cause's own instant.
fn the_history_answers<M: Machine>(facts: &Facts<M>, now: Millis, setting: M::Setting) -> Proved {
    let answer = M::answer(M::derive(facts, now, setting));
    let arranged = arrange(facts, now);
    for pair in answer.timeline.windows(2) {
        prop_assert!(pair[0].at < pair[1].at);
        prop_assert_ne!(pair[0].status, pair[1].status);
    }
    for entry in &answer.timeline {
        prop_assert!(entry.at <= now);
        if let Cause::Fact(place) = entry.cause {
            prop_assert_eq!(arranged[place].effective_at(), entry.at);
        }
    }
    let last = answer.timeline.last();
    prop_assert_eq!(last.map(|entry| entry.status), answer.status);
    prop_assert_eq!(last.map(|entry| (entry.cause, entry.at)), answer.why);
    Ok(())
}

/// A copy, even one that says something else under the same id, changes nothing (R12).
fn delivering_again_changes_nothing<M: Machine>(
    facts: &Facts<M>,
    (which, place): (prop::sample::Index, prop::sample::Index),
    other: M::Event,
    setting: M::Setting,
) -> Proved {
    if facts.is_empty() {
        return Ok(());
    }
    let now = end::<M>(facts);
    let which = which.index(facts.len());
    let place = which + 1 + place.index(facts.len() - which);
    let mut again = facts.clone();
    let copy = Fact { what: other, received_at: facts[place - 1].received_at, ..facts[which].clone() };
    again.insert(place, copy);
    prop_assert_eq!(M::derive(&again, now, setting), M::derive(facts, now, setting));
    Ok(())
}

/// Trusted facts at distinct instants give one history, however late each of them comes (R11).
fn the_order_of_delivery_changes_nothing<M: Machine>(facts: &Facts<M>, delays: &[i64], setting: M::Setting) -> Proved {
    let now = end::<M>(facts);
    let mut late = facts.clone();
    for (fact, delay) in late.iter_mut().zip(delays.iter().cycle()) {
        fact.received_at = now.min(fact.at + Millis(*delay));
    }
    late.sort_by_key(|fact| fact.received_at);
    prop_assert_eq!(M::derive(&late, now, setting), M::derive(facts, now, setting));
    Ok(())
}

/// Looking earlier shows the beginning of the same history (R1, R3).
fn an_earlier_instant_gives_the_prefix<M: Machine>(facts: &Facts<M>, back: Millis, setting: M::Setting) -> Proved {
    let now = end::<M>(facts);
    let earlier = now - back;
    let mut expected = M::answer(M::derive(facts, now, setting)).timeline;
    expected.retain(|entry| entry.at <= earlier);
    prop_assert_eq!(M::answer(M::derive(facts, earlier, setting)).timeline, expected);
    Ok(())
}

/// No change comes before the predicted instant, and a timer's entry is stamped with it (R3).
fn the_next_change_comes_exactly_when_predicted<M: Machine>(
    facts: &Facts<M>,
    back: Millis,
    setting: M::Setting,
) -> Proved {
    let now = end::<M>(facts) - back;
    let known: Facts<M> = facts.iter().filter(|fact| fact.received_at <= now).cloned().collect();
    let at = |now: Millis| M::answer(M::derive(&known, now, setting));
    let before = at(now);
    let Some(due) = before.next_change_at else {
        prop_assert_eq!(at(now + Millis::days(1_000)), before);
        return Ok(());
    };
    prop_assert!(due > now);
    prop_assert_eq!(&at(due - Millis(1)), &before);
    let after = at(due);
    let last = after.timeline.last().copied();
    prop_assert_eq!(last.map(|entry| entry.at), Some(due));
    prop_assert!(last.is_some_and(|entry| matches!(entry.cause, Cause::Timer(_))));
    prop_assert_eq!(&after.timeline[..after.timeline.len() - 1], &before.timeline[..]);
    Ok(())
}

macro_rules! laws_of {
    ($name:ident, $machine:ident) => {
        mod $name {
            use super::*;

            proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

                #[test]
                fn the_history_answers(
                    facts in wild::<$machine>(), back in back(), setting in $machine::setting(),
                ) {
                    super::the_history_answers::<$machine>(&facts, end::<$machine>(&facts) - back, setting)?;
                }

                #[test]
                fn delivering_again_changes_nothing(
                    facts in wild::<$machine>(),
                    places: (prop::sample::Index, prop::sample::Index),
                    (kind, detail) in any::<(u8, u8)>(),
                    setting in $machine::setting(),
                ) {
                    super::delivering_again_changes_nothing::<$machine>(&facts, places, $machine::event(kind, detail), setting)?;
                }

                #[test]
                fn the_order_of_delivery_changes_nothing(
                    facts in tame::<$machine>(),
                    delays in proptest::collection::vec(0..Millis::days(30).0, 1..25),
                    setting in $machine::setting(),
                ) {
                    super::the_order_of_delivery_changes_nothing::<$machine>(&facts, &delays, setting)?;
                }

                #[test]
                fn an_earlier_instant_gives_the_prefix(
                    facts in tame::<$machine>(), back in back(), setting in $machine::setting(),
                ) {
                    super::an_earlier_instant_gives_the_prefix::<$machine>(&facts, back, setting)?;
                }

                #[test]
                fn the_next_change_comes_exactly_when_predicted(
                    facts in wild::<$machine>(), back in back(), setting in $machine::setting(),
                ) {
                    super::the_next_change_comes_exactly_when_predicted::<$machine>(&facts, back, setting)?;
                }

                #[test]
                fn implausible_facts_are_answered_too(
                    facts in unheard_of::<$machine>(), now: i64, setting in $machine::setting(),
                ) {
                    super::the_history_answers::<$machine>(&facts, Millis(now), setting)?;
                }
            }
        }
    };
}

laws_of!(chat, Chat);
laws_of!(meeting, Meeting);
