//! Workflows in the store: versions, runs with their logs, counts, nudges, merges and erasures.

mod counts;
mod merges;
mod nudges;
mod runs;
mod signals;
mod versions;

use knock_model::{LeadId, Millis, WorkflowId};
use knock_ports::{Ledger, Store, StoreError, View};
use knock_workflow::{Action, Effect, Entry, Outcome, Refusal, RefusalReason, Run, RunKey, RunState, Waiting};
use std::sync::Arc;

const ANN: LeadId = LeadId::from_bytes([1; 16]);
const BOB: LeadId = LeadId::from_bytes([2; 16]);

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is kept");
}

fn read<T>(store: &Arc<dyn Store>, work: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    let read = store.read(&mut |view| {
        found = Some(work(view)?);
        Ok(())
    });
    read.expect("it is read");
    found.expect("it was read")
}

fn workflow(number: u8) -> WorkflowId {
    WorkflowId::new([number; 16])
}

fn key(of: u8, number: u32) -> RunKey {
    RunKey { workflow: workflow(of).to_string(), number }
}

fn waiting(step: &str, at: i64) -> RunState {
    let after = at.unsigned_abs();
    RunState::Active(Waiting { step: step.into(), entered_at: Millis(at), due_at: Millis(at + 100), after })
}

/// A run that waits at the step `a`.
fn run(of: u8, number: u32, enrolled_at: i64) -> Run {
    Run {
        workflow: workflow(of).to_string(),
        version: 1,
        number,
        cause: format!("signal:{enrolled_at}"),
        enrolled_at: Millis(enrolled_at),
        enrolled_by: enrolled_at.unsigned_abs() * 4_096,
        state: waiting("a", enrolled_at),
        log: Vec::new(),
    }
}

fn entry(step: &str, at: i64, outcome: Outcome) -> Entry {
    Entry { step: step.into(), at: Millis(at), outcome }
}

fn effect(of: u8, number: u32, step: &str, visit: u32) -> Effect {
    Effect { run: key(of, number), step: step.into(), visit, action: Action::Slack, at: Millis(50) }
}

fn refusal(of: u8, reason: RefusalReason, at: i64) -> Refusal {
    Refusal { workflow: workflow(of).to_string(), version: 1, event: format!("message:{at}"), at: Millis(at), reason }
}
