//! The JSON of an answer.

use crate::instant;
use knock_model::Millis;
use knock_workflow::{Entry, Outcome, Refusal, RefusalReason, Replay, Run, RunState, StoppedBy};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Answer {
    runs: Vec<CaseRun>,
    refused: Vec<CaseRefusal>,
    #[serde(serialize_with = "instant::write_maybe")]
    next_change_at: Option<Millis>,
}

#[derive(Serialize)]
struct CaseRun {
    workflow: String,
    n: u32,
    cause: String,
    #[serde(serialize_with = "instant::write")]
    enrolled_at: Millis,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    log: Vec<CaseEntry>,
}

#[derive(Serialize)]
struct CaseEntry {
    step: String,
    #[serde(serialize_with = "instant::write")]
    at: Millis,
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "instant::write_maybe")]
    until: Option<Millis>,
}

#[derive(Serialize)]
struct CaseRefusal {
    workflow: String,
    event: String,
    #[serde(serialize_with = "instant::write")]
    at: Millis,
    reason: RefusalReason,
}

impl From<Replay> for Answer {
    fn from(replay: Replay) -> Answer {
        Answer {
            runs: replay.runs.into_iter().map(CaseRun::from).collect(),
            refused: replay.refused.into_iter().map(CaseRefusal::from).collect(),
            next_change_at: replay.next_change_at,
        }
    }
}

impl From<Run> for CaseRun {
    fn from(run: Run) -> CaseRun {
        let (state, by, step) = match run.state {
            RunState::Active(waiting) => ("active", None, Some(waiting.step)),
            RunState::Finished => ("finished", None, None),
            RunState::Stopped(by) => ("stopped", Some(stopped_by(&by)), None),
        };
        CaseRun {
            workflow: run.workflow,
            n: run.number,
            cause: format!("event:{}", run.cause),
            enrolled_at: run.enrolled_at,
            state,
            by,
            step,
            log: run.log.into_iter().map(CaseEntry::from).collect(),
        }
    }
}

fn stopped_by(by: &StoppedBy) -> String {
    match by {
        StoppedBy::Event(id) => format!("event:{id}"),
        StoppedBy::Step(id) => format!("step:{id}"),
        StoppedBy::Member(id) => format!("member:{id}"),
        StoppedBy::Spam => "spam".into(),
        StoppedBy::Merged => "merged".into(),
    }
}

impl From<Entry> for CaseEntry {
    fn from(Entry { step, at, outcome }: Entry) -> CaseEntry {
        let until = match outcome {
            Outcome::Deferred { until } => Some(until),
            Outcome::Waited
            | Outcome::Happened
            | Outcome::TimedOut
            | Outcome::Then
            | Outcome::Else
            | Outcome::Stopped
            | Outcome::Done
            | Outcome::Skipped(_) => None,
        };
        CaseEntry { step, at, what: outcome.as_str(), reason: outcome.reason(), until }
    }
}

impl From<Refusal> for CaseRefusal {
    fn from(refusal: Refusal) -> CaseRefusal {
        CaseRefusal { workflow: refusal.workflow, event: refusal.event, at: refusal.at, reason: refusal.reason }
    }
}
