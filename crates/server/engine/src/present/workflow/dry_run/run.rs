//! A draft and the history of a lead, through the engine that the server runs.

use super::needs::Needs;
use super::past::{Moment, Past};
use knock_model::Millis;
use knock_routing::Field;
use knock_workflow::{Change, Engine, Event, EventKind, NudgeCount, Origin, Refusal, Run, State, Versions, Workflow};

/// What a draft would have made of a lead.
#[derive(Default)]
pub(super) struct Made {
    pub(super) runs: Vec<Run>,
    pub(super) refused: Vec<Refusal>,
}

/// Feeds the moments in their order; timers are carried out when they are due. Every nudge counts as shown.
pub(super) fn run((workflow, needs): (&Workflow, &Needs), past: Past, now: Millis) -> Made {
    let mut feed = Feed { workflow, state: past.state, refused: Vec::new() };
    for moment in past.moments {
        feed.take(moment, needs);
    }
    feed.with(|engine| carry_out(engine, now));
    Made { runs: feed.state.runs, refused: feed.refused }
}

/// The engine between two moments.
struct Feed<'w> {
    workflow: &'w Workflow,
    state: State,
    refused: Vec<Refusal>,
}

impl<'w> Feed<'w> {
    fn take(&mut self, moment: Moment, needs: &Needs) {
        let Moment { at, events, fields, standing, mailable } = moment;
        self.with(|engine| carry_out(engine, at - Millis(1)));
        let lead = &mut self.state.lead;
        lead.standing = standing.unwrap_or(lead.standing);
        lead.mailable = mailable.unwrap_or(lead.mailable);
        let named = fields.into_iter().filter_map(|(name, value)| Some((Field::parse(&name).ok()?, value)));
        let mut changed = Vec::new();
        for (field, value) in named {
            let former = lead.fields.replace(&field, value.clone());
            changed.push((field, former, value));
        }
        events.into_iter().for_each(|event| self.receive(event));
        for (field, former, value) in changed {
            if former != value && needs.watches(field.name()) {
                self.state.lead.fields.replace(&field, former);
                let id = format!("field:{}:{}", field.name(), at.0);
                let (kind, origin) = (EventKind::Field { field, value }, Origin::Outside);
                self.receive(Event { id, number: 0, at, received_at: at, origin, kind });
            }
        }
    }

    fn receive(&mut self, event: Event) {
        let event = Event { number: self.state.lead.last_event + 1, ..event };
        self.with(|engine| engine.receive(&event));
    }

    fn with(&mut self, decide: impl FnOnce(&mut Engine<'w>) -> Vec<Change>) {
        let versions = Versions::first(std::slice::from_ref(self.workflow));
        let mut engine = Engine::new(versions, NudgeCount::Ready, std::mem::take(&mut self.state));
        self.refused.extend(decide(&mut engine).into_iter().filter_map(refusal));
        self.state = engine.into_state();
    }
}

/// Carries out the timers up to an instant, each at its own.
fn carry_out(engine: &mut Engine<'_>, until: Millis) -> Vec<Change> {
    let mut changes = Vec::new();
    while let Some(due) = engine.next_due().filter(|due| *due <= until) {
        changes.extend(engine.advance(due));
    }
    changes
}

fn refusal(change: Change) -> Option<Refusal> {
    match change {
        Change::Refused(refusal) => Some(refusal),
        Change::Enrolled(_) | Change::Logged(..) | Change::Act(_) | Change::StateChanged(..) => None,
    }
}
