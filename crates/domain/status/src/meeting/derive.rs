//! The whole history of a meeting flow from its facts, with timers.

use super::fold::Event;
use super::state::{Fields, Flag, State, Timer};
use super::words::MeetingStatus;
use crate::fact::{Fact, arrange};
use crate::timeline::{Cause, Entry, enter};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use knock_model::Millis;

/// A meeting flow at an instant, and how it came there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Meeting Status; none before the first event (R19).
    pub status: Option<MeetingStatus>,
    /// The other fields.
    pub fields: Fields,
    /// The flags for a person to look at.
    pub flags: BTreeSet<Flag>,
    /// Whether the lead is in reports: not while it is spam (MS-08).
    pub in_reports: bool,
    /// Every status it was in, oldest first.
    pub timeline: Vec<Entry<MeetingStatus, Timer>>,
    /// The instant of the next change of the status without a further event.
    pub next_change_at: Option<Millis>,
    pub why: Option<Why>,
}

/// The reason of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why {
    pub rule: &'static str,
    /// The fact or the timer.
    pub cause: Cause<Timer>,
    /// The instant of entering the status.
    pub since: Millis,
}

/// Folds the facts that had arrived by `now`, given in order of delivery. `dropoff` is the silence after which
/// a qualified lead has gone away (R14).
pub fn derive<Id: Ord>(facts: &[Fact<Id, Event>], now: Millis, dropoff: Millis) -> Derived {
    let mut state = State::default();
    let mut timeline = Vec::new();
    for (place, fact) in arrange(facts, now).into_iter().enumerate() {
        let at = fact.effective_at();
        fire_until(&mut state, &mut timeline, at, dropoff);
        state.apply(&fact.what, at);
        note(&state, &mut timeline, at, Cause::Fact(place));
    }
    fire_until(&mut state, &mut timeline, now + Millis(1), dropoff);
    let why = timeline.last().map(|entry: &Entry<MeetingStatus, Timer>| Why {
        rule: entry.status.rule(),
        cause: entry.cause,
        since: entry.at,
    });
    Derived {
        status: state.status,
        in_reports: state.status != Some(MeetingStatus::Spam),
        next_change_at: state.next(dropoff).map(|(at, _)| at),
        fields: state.fields,
        flags: state.flags,
        timeline,
        why,
    }
}

/// Fires every timer due before `end`, each at its own instant (R3).
fn fire_until(state: &mut State, timeline: &mut Vec<Entry<MeetingStatus, Timer>>, end: Millis, dropoff: Millis) {
    while let Some((due, timer)) = state.next(dropoff).filter(|(due, _)| *due < end) {
        state.status = Some(match timer {
            Timer::Save => MeetingStatus::SaveTheLead,
            Timer::Dropoff => MeetingStatus::NotBooked,
        });
        note(state, timeline, due, Cause::Timer(timer));
    }
}

fn note(state: &State, timeline: &mut Vec<Entry<MeetingStatus, Timer>>, at: Millis, cause: Cause<Timer>) {
    if let Some(status) = state.status
        && timeline.last().is_none_or(|last| last.status != status)
    {
        enter(timeline, Entry { at, status, cause });
    }
}
