//! Laws of Meeting Status (MS-01 to MS-07, R14 to R16).

use crate::history::{HOUR, back, end, wild};
use crate::machine::{Machine, Meeting};
use knock_model::Millis;
use knock_status::meeting::{Event, MeetingStatus, RejectReason, Timer, derive};
use knock_status::{Cause, Fact, arrange};
use proptest::prelude::*;

/// R16 alone, without any status: the meetings that are booked and not cancelled, the newest last.
fn active<'f>(facts: &[&'f Fact<usize, Event>]) -> Vec<(&'f str, Millis, &'f str)> {
    let mut active: Vec<(&str, Millis, &str)> = Vec::new();
    for fact in facts {
        match &fact.what {
            Event::Booked { meeting, start, owner } => {
                active.retain(|known| known.0 != meeting);
                active.push((meeting, *start, owner));
            }
            Event::Rescheduled { meeting, start, owner } => {
                for known in active.iter_mut().filter(|known| known.0 == meeting) {
                    known.1 = *start;
                    known.2 = owner.as_deref().unwrap_or(known.2);
                }
            }
            Event::Cancelled { meeting, .. } => {
                active.retain(|known| known.0 != meeting || known.1 <= fact.effective_at());
            }
            _ => {}
        }
    }
    active
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_lead_is_booked_exactly_while_a_meeting_is(
        facts in wild::<Meeting>(), back in back(), dropoff in Meeting::setting(),
    ) {
        let now = end::<Meeting>(&facts) - back;
        let derived = derive(&facts, now, dropoff);
        let arranged = arrange(&facts, now);
        let active = active(&arranged);
        prop_assert_eq!(derived.status == Some(MeetingStatus::Booked), !active.is_empty());
        if let Some((_, start, owner)) = active.last() {
            prop_assert_eq!(derived.fields.time, Some(*start));
            prop_assert_eq!(derived.fields.owner.as_deref(), Some(*owner));
        }
    }

    #[test]
    fn a_booked_meeting_is_left_by_its_cancellation_only(facts in wild::<Meeting>(), dropoff in Meeting::setting()) {
        let now = end::<Meeting>(&facts);
        let (timeline, arranged) = (derive(&facts, now, dropoff).timeline, arrange(&facts, now));
        for pair in timeline.windows(2).filter(|pair| pair[0].status == MeetingStatus::Booked) {
            // What else comes at that instant may lead on from there.
            let at_once = arranged.iter().filter(|fact| fact.effective_at() == pair[1].at);
            prop_assert!(at_once.into_iter().any(|fact| matches!(fact.what, Event::Cancelled { .. })), "{pair:?}");
        }
    }

    #[test]
    fn fields_say_what_the_status_says(facts in wild::<Meeting>(), back in back(), dropoff in Meeting::setting()) {
        let derived = derive(&facts, end::<Meeting>(&facts) - back, dropoff);
        let (status, fields) = (derived.status, derived.fields);
        match status {
            Some(MeetingStatus::Spam) => prop_assert_eq!(fields.reject_reason, Some(RejectReason::Spam)),
            Some(MeetingStatus::Unqualified) => {
                prop_assert!(fields.reject_reason.is_some_and(|reason| reason != RejectReason::Spam));
            }
            None | Some(_) => prop_assert_eq!(fields.reject_reason, None),
        }
        prop_assert_eq!(derived.in_reports, status != Some(MeetingStatus::Spam));
        prop_assert_eq!(fields.time.is_some(), fields.owner.is_some());
        prop_assert!(status != Some(MeetingStatus::Cancelled) || fields.cancelled_by.is_some());
        prop_assert!(status != Some(MeetingStatus::Booked) || fields.cancelled_by.is_none());
        prop_assert!(fields.cancelled_by.is_none() || fields.time.is_some());
    }

    #[test]
    fn only_the_new_wait(facts in wild::<Meeting>(), back in back(), dropoff in Meeting::setting()) {
        let derived = derive(&facts, end::<Meeting>(&facts) - back, dropoff);
        prop_assert_eq!(derived.next_change_at.is_some(), derived.status == Some(MeetingStatus::New));
    }

    #[test]
    fn timers_count_from_the_last_sign_of_life(
        facts in wild::<Meeting>(), back in back(), dropoff in Meeting::setting(),
    ) {
        let now = end::<Meeting>(&facts) - back;
        let (timeline, arranged) = (derive(&facts, now, dropoff).timeline, arrange(&facts, now));
        for entry in timeline {
            let Cause::Timer(timer) = entry.cause else { continue };
            let is_sign = |event: &Event| match event {
                Event::LinkClicked | Event::Activity | Event::EmailSubmitted(_) => true,
                // A human who lifts the verdict starts the wait anew.
                Event::SpamReversed => timer == Timer::Dropoff,
                _ => false,
            };
            let (limit, leads_to) = match timer {
                Timer::Save => (Millis(3 * HOUR), MeetingStatus::SaveTheLead),
                Timer::Dropoff => (dropoff, MeetingStatus::NotBooked),
            };
            let began = entry.at - limit;
            prop_assert!(arranged.iter().any(|fact| fact.effective_at() == began && is_sign(&fact.what)));
            let signs = arranged.iter().filter(|fact| is_sign(&fact.what) && fact.what != Event::SpamReversed);
            let instants = signs.map(|fact| fact.effective_at());
            prop_assert_eq!(instants.filter(|at| began < *at && *at <= entry.at).count(), 0);
            prop_assert_eq!(entry.status, leads_to);
        }
    }

    #[test]
    fn a_meeting_once_reported_stays_reported(facts in wild::<Meeting>(), dropoff in Meeting::setting()) {
        let now = end::<Meeting>(&facts);
        let arranged: Vec<Fact<usize, Event>> = arrange(&facts, now).into_iter().cloned().collect();
        let mut had_owner = false;
        for count in 0..=arranged.len() {
            let derived = derive(&arranged[..count], now, dropoff);
            prop_assert!(!had_owner || derived.fields.owner.is_some());
            had_owner = derived.fields.owner.is_some();
        }
    }
}
