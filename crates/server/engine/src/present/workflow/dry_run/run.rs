//! A draft and the history of a lead, through the engine that the server runs.

use super::past::Past;
use knock_model::Millis;
use knock_workflow::{Change, Engine, NudgeCount, Refusal, Run, Versions, Workflow};

/// What a draft would have made of a lead.
pub(super) struct Made {
    pub(super) runs: Vec<Run>,
    pub(super) refused: Vec<Refusal>,
}

/// Feeds the events in their order; timers are carried out when they are due. Every nudge counts as shown.
pub(super) fn run(workflow: &Workflow, past: Past, now: Millis) -> Made {
    let versions = Versions::first(std::slice::from_ref(workflow));
    let mut engine = Engine::new(versions, NudgeCount::Ready, past.state);
    let mut refused = Vec::new();
    for event in &past.events {
        carry_out(&mut engine, event.received_at - Millis(1));
        refused.extend(engine.receive(event).into_iter().filter_map(refusal));
    }
    carry_out(&mut engine, now);
    Made { runs: engine.into_state().runs, refused }
}

/// Carries out the timers up to an instant, each at its own.
fn carry_out(engine: &mut Engine<'_>, until: Millis) {
    while let Some(due) = engine.next_due().filter(|due| *due <= until) {
        engine.advance(due);
    }
}

fn refusal(change: Change) -> Option<Refusal> {
    match change {
        Change::Refused(refusal) => Some(refusal),
        Change::Enrolled(_) | Change::Logged(..) | Change::Act(_) | Change::StateChanged(..) => None,
    }
}
