//! Laws of Chat Status: which ways lead where, and what says nothing (CS-12 to CS-16, R4 to R7).

use crate::history::{HOUR, back, end, tame, wild};
use crate::machine::Chat;
use knock_model::Millis;
use knock_status::chat::{Assignee, ChatStatus, Event, Rejecter, Timer, derive};
use knock_status::{Cause, Fact, Source, arrange};
use proptest::prelude::*;

type ChatFact = Fact<usize, Event>;

/// The last fact of a kind up to an instant.
fn last_of(facts: &[&ChatFact], at: Millis, is_meant: fn(&Event) -> bool) -> Option<Millis> {
    let meant = facts.iter().filter(|fact| is_meant(&fact.what)).map(|fact| fact.effective_at());
    meant.filter(|instant| *instant <= at).max()
}

fn is_activity(event: &Event) -> bool {
    matches!(event, Event::LinkClicked | Event::ChatActivity | Event::LeadMessage { .. })
}

fn is_rep_message(event: &Event) -> bool {
    matches!(event, Event::RepMessage { .. })
}

fn appended(facts: &[ChatFact], what: Event, now: Millis) -> Vec<ChatFact> {
    let mut more = facts.to_vec();
    more.push(Fact { id: 1_000, at: now, received_at: now, source: Source::Server, what });
    more
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn rejected_and_qualified_are_left_by_a_human_only(facts in wild::<Chat>()) {
        let now = end::<Chat>(&facts);
        let (timeline, arranged) = (derive(&facts, now).timeline, arrange(&facts, now));
        for pair in timeline.windows(2) {
            // What else comes at that instant may lead on from there.
            let mut at_once = arranged.iter().filter(|fact| fact.effective_at() == pair[1].at).map(|fact| &fact.what);
            let is_left_rightly = match pair[0].status {
                ChatStatus::Rejected => at_once.any(|what| *what == Event::RejectionReversed),
                ChatStatus::Qualified => at_once.any(|what| matches!(what, Event::Rejected { by: Rejecter::Rep, .. })),
                _ => true,
            };
            prop_assert!(is_left_rightly, "{pair:?}");
        }
    }

    #[test]
    fn each_timer_counts_from_its_own_last_fact(facts in wild::<Chat>(), back in back()) {
        let now = end::<Chat>(&facts) - back;
        let (timeline, arranged) = (derive(&facts, now).timeline, arrange(&facts, now));
        for entry in timeline {
            let Cause::Timer(timer) = entry.cause else { continue };
            let (since, limit, leads_to) = match timer {
                Timer::Save => (last_of(&arranged, entry.at, is_activity), 3 * HOUR, ChatStatus::SaveTheLead),
                Timer::FollowUp => (last_of(&arranged, entry.at, is_rep_message), 12 * HOUR, ChatStatus::FollowUpNeeded),
                Timer::Close => (last_of(&arranged, entry.at, is_activity), 12 * 24 * HOUR + 1, ChatStatus::Closed),
                // Its start depends on who was awaited: see the transition table.
                Timer::Reply => (Some(entry.at - Millis(120_000)), 120_000, ChatStatus::RepReplyNeeded),
            };
            prop_assert_eq!(since.map(|since| since + Millis(limit)), Some(entry.at));
            prop_assert_eq!(entry.status, leads_to);
        }
    }

    #[test]
    fn the_two_minutes_begin_at_an_assignment_or_a_message(facts in wild::<Chat>()) {
        let now = end::<Chat>(&facts);
        let (timeline, arranged) = (derive(&facts, now).timeline, arrange(&facts, now));
        for entry in timeline.iter().filter(|entry| entry.cause == Cause::Timer(Timer::Reply)) {
            let began = entry.at - Millis(120_000);
            let starts = arranged.iter().filter(|fact| fact.effective_at() == began).map(|fact| &fact.what);
            let mut starts = starts.filter(|what| matches!(what, Event::LeadMessage { .. } | Event::Assigned(Assignee::Rep(_))));
            prop_assert!(starts.next().is_some());
            // An answer in between ends the wait.
            let answered = arranged.iter().filter(|fact| is_rep_message(&fact.what)).map(|fact| fact.effective_at());
            prop_assert!(answered.filter(|at| began < *at && *at <= entry.at).count() == 0);
        }
    }

    #[test]
    fn only_what_is_over_waits_for_nothing(facts in wild::<Chat>(), back in back()) {
        let derived = derive(&facts, end::<Chat>(&facts) - back);
        let is_over = matches!(
            derived.status,
            None | Some(ChatStatus::Closed | ChatStatus::Rejected | ChatStatus::Qualified)
        );
        prop_assert_eq!(derived.next_change_at.is_none(), is_over);
    }

    #[test]
    fn the_next_status_is_the_one_at_the_next_change(facts in wild::<Chat>(), back in back()) {
        let now = end::<Chat>(&facts) - back;
        let known: Vec<_> = facts.into_iter().filter(|fact| fact.received_at <= now).collect();
        let before = derive(&known, now);
        let after = before.next_change_at.and_then(|due| derive(&known, due).status);
        prop_assert_eq!(before.next_status, after);
    }

    #[test]
    fn what_the_ai_writes_and_a_nudge_that_was_followed_change_nothing(facts in tame::<Chat>(), back in back()) {
        let now = end::<Chat>(&facts) - back;
        let mut silent = facts.clone();
        silent.retain(|fact| !matches!(fact.what, Event::AiMessage | Event::NudgeFollowed { .. }));
        let (with, without) = (derive(&facts, now), derive(&silent, now));
        let steps = |timeline: &[knock_status::Entry<ChatStatus, Timer>]| -> Vec<(Millis, ChatStatus)> {
            timeline.iter().map(|entry| (entry.at, entry.status)).collect()
        };
        prop_assert_eq!(steps(&with.timeline), steps(&without.timeline));
        prop_assert_eq!((with.fields, with.flags), (without.fields, without.flags));
        prop_assert_eq!((with.next_change_at, with.is_spam), (without.next_change_at, without.is_spam));
        prop_assert_eq!(with.waiting_since, without.waiting_since);
    }

    #[test]
    fn giving_a_chat_to_the_rep_who_has_it_is_nothing(facts in wild::<Chat>(), back in back()) {
        let now = end::<Chat>(&facts) - back;
        let known: Vec<ChatFact> = facts.into_iter().filter(|fact| fact.received_at <= now).collect();
        let before = derive(&known, now);
        if let Some(rep) = before.fields.standing_rep() {
            let again = appended(&known, Event::Assigned(Assignee::Rep(rep.to_owned())), now);
            prop_assert_eq!(derive(&again, now), before);
        }
    }
}
