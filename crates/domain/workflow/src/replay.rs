//! A whole history, fed to the engine in order.

use crate::definition::{Versions, Workflow};
use crate::engine::{Change, Engine, NudgeCount, State};
use crate::event::Event;
use crate::lead::Lead;
use crate::reason::Refusal;
use crate::run::Run;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use knock_model::Millis;
use knock_routing::LeadFields;

/// The history of a lead.
#[derive(Clone, Debug)]
pub struct History<'h> {
    /// The workflows in their order, their ids all different.
    pub workflows: &'h [Workflow],
    /// The fields before the first event.
    pub lead: LeadFields,
    /// The events in order of delivery. Their numbers are given anew.
    pub events: Vec<Event>,
    /// The times in which nothing was carried out, and no event was received.
    pub outages: Vec<Outage>,
}

/// A time from an instant up to but not including another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    pub from: Millis,
    pub to: Millis,
}

/// What a history made of the workflows.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// The runs in the order in which they began.
    pub runs: Vec<Run>,
    /// The refused enrolments in their order.
    pub refused: Vec<Refusal>,
    /// All changes in their order, those of runs included.
    pub changes: Vec<Change>,
    /// The next instant at which something changes without an event; `None` where nothing does.
    pub next_change_at: Option<Millis>,
}

/// Feeds what was received up to `until`, and the timers carried out by then, to an engine. An id counts once (WF-O1).
#[must_use]
pub fn replay(history: &History<'_>, until: Millis) -> Replay {
    let state = State { lead: Lead::with(history.lead.clone()), runs: Vec::new() };
    let mut engine = Engine::new(Versions::first(history.workflows), NudgeCount::Ready, state);
    for event in arrange(&history.events, until) {
        run_timers(&mut engine, &history.outages, event.received_at - Millis(1));
        engine.apply(&event);
    }
    run_timers(&mut engine, &history.outages, until);
    let next_change_at = engine.next_due().map(|due| carried_out_at(&history.outages, due));
    let changes = engine.take_changes();
    let refused = changes.iter().filter_map(|change| match change {
        Change::Refused(refusal) => Some(refusal.clone()),
        Change::Enrolled(_) | Change::Logged(..) | Change::Act(_) | Change::StateChanged(..) => None,
    });
    Replay { refused: refused.collect(), runs: engine.into_state().runs, changes, next_change_at }
}

/// The events that were received, each id once, numbered in the order in which they take effect (WF-O1).
fn arrange(events: &[Event], until: Millis) -> Vec<Event> {
    let mut arranged: Vec<&Event> = events.iter().filter(|event| event.received_at <= until).collect();
    arranged.sort_by_key(|event| event.received_at);
    let mut ids = BTreeSet::new();
    arranged.retain(|event| ids.insert(&event.id));
    let numbered = (1..).zip(arranged).map(|(number, event)| Event { number, ..event.clone() });
    numbered.collect()
}

/// Carries out the timers up to an instant, each when the server runs.
fn run_timers(engine: &mut Engine<'_>, outages: &[Outage], until: Millis) {
    while let Some(now) = engine.next_due().map(|due| carried_out_at(outages, due)).filter(|now| *now <= until) {
        engine.carry_out(now, now);
    }
}

/// The instant at which a timer is carried out: its due instant, or the end of the outages that it lies in.
fn carried_out_at(outages: &[Outage], due: Millis) -> Millis {
    let mut now = due;
    while let Some(outage) = outages.iter().find(|outage| outage.from <= now && now < outage.to) {
        now = outage.to;
    }
    now
}
