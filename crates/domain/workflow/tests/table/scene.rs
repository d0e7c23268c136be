//! Histories of one lead, written shortly, and what workflows made of them.

use jiff::Timestamp;
use knock_model::{Category, Millis, SignalType};
use knock_routing::{Field, LeadFields};
use knock_workflow::{
    Author, Consent, Event, EventKind, History, Origin, Outage, Outcome, Replay, Run, RunState, StoppedBy, Workflow,
    replay,
};
use serde_json::{Value, json};

/// An instant: `09:00`, `09:00:30`, `09:00:00.001` of 2 March 2026 UTC, or with a date before it: `10-25 00:30`.
pub(crate) fn at(text: &str) -> Millis {
    let (date, time) = text.split_once(' ').unwrap_or(("03-02", text));
    let seconds = if time.len() == 5 { ":00" } else { "" };
    let at: Timestamp = format!("2026-{date}T{time}{seconds}Z").parse().expect("an instant");
    Millis(at.as_millisecond())
}

/// The shortest text of an instant that [`at`] reads.
pub(crate) fn text(at: Millis) -> String {
    let written = Timestamp::from_millisecond(at.0).expect("an instant").strftime("%m-%d %H:%M:%S%.3f").to_string();
    let written = written.strip_suffix(".000").unwrap_or(&written);
    let written = written.strip_suffix(":00").unwrap_or(written);
    written.strip_prefix("03-02 ").unwrap_or(written).to_owned()
}

pub(crate) fn workflow(definition: Value) -> Workflow {
    serde_json::from_value(definition).expect("a workflow")
}

/// The trigger of most tests, which `high` fires.
pub(crate) fn on_high() -> Value {
    json!({"on": "field", "field": "intent.score", "to": ["High"]})
}

/// A workflow on `high` with these steps.
pub(crate) fn steps(steps: Value) -> Value {
    json!({"id": "w", "trigger": on_high(), "steps": steps})
}

/// A workflow with more keys, or others.
pub(crate) fn with(mut definition: Value, more: Value) -> Value {
    let (whole, more) = (definition.as_object_mut().expect("an object"), more.as_object().expect("an object").clone());
    whole.extend(more);
    definition
}

pub(crate) fn field(name: &str, value: Value) -> EventKind {
    let value = serde_json::from_value(value).expect("a value");
    EventKind::Field { field: Field::parse(name).expect("a field"), value: Some(value) }
}

pub(crate) fn high() -> EventKind {
    field("intent.score", json!("High"))
}

pub(crate) fn low() -> EventKind {
    field("intent.score", json!("Low"))
}

pub(crate) fn pricing() -> EventKind {
    EventKind::Signal { signal: SignalType::PageView, category: Category::Pricing }
}

pub(crate) fn message(by: Author) -> EventKind {
    EventKind::Message { by }
}

pub(crate) fn denied() -> EventKind {
    EventKind::Consent(Consent::Denied)
}

/// The events of a history.
#[derive(Clone, Default)]
pub(crate) struct Story {
    pub(crate) lead: LeadFields,
    pub(crate) events: Vec<Event>,
    pub(crate) outages: Vec<Outage>,
}

/// A history of events, each received when it happened; their ids are `e1`, `e2` and so on.
pub(crate) fn story<const N: usize>(events: [(&str, EventKind); N]) -> Story {
    events.into_iter().fold(Story::default(), |story, (when, kind)| story.then(when, when, kind))
}

impl Story {
    /// One event more, which happened at one instant and was received at another.
    pub(crate) fn then(mut self, when: &str, received: &str, kind: EventKind) -> Story {
        let number = self.events.len() as u64 + 1;
        let (when, received_at) = (at(when), at(received));
        let id = format!("e{number}");
        self.events.push(Event { id, number, at: when, received_at, origin: Origin::Outside, kind });
        self
    }

    pub(crate) fn lead(mut self, lead: Value) -> Story {
        self.lead = serde_json::from_value(lead).expect("fields");
        self
    }

    pub(crate) fn outage(mut self, from: &str, to: &str) -> Story {
        self.outages.push(Outage { from: at(from), to: at(to) });
        self
    }

    pub(crate) fn replay<const N: usize>(&self, workflows: [Value; N], until: &str) -> Replay {
        let workflows = workflows.map(workflow);
        let Story { lead, events, outages } = self.clone();
        replay(&History { workflows: &workflows, lead, events, outages }, at(until))
    }

    /// What workflows made of it by an instant, see [`gist`].
    pub(crate) fn gist<const N: usize>(&self, workflows: [Value; N], until: &str) -> Vec<String> {
        gist(&self.replay(workflows, until))
    }
}

/// A line for each run with its log, one for each refusal, and one for the next change.
pub(crate) fn gist(replay: &Replay) -> Vec<String> {
    let runs = replay.runs.iter().map(line);
    let refused = replay.refused.iter();
    let refused = refused.map(|it| format!("{} {} {}: {}", it.workflow, it.event, text(it.at), it.reason.as_str()));
    let next = replay.next_change_at.iter().map(|at| format!("next {}", text(*at)));
    runs.chain(refused).chain(next).collect()
}

fn line(run: &Run) -> String {
    let entries = run.log.iter().map(|entry| {
        let what = entry.outcome.reason().unwrap_or(entry.outcome.as_str());
        let until = match entry.outcome {
            Outcome::Deferred { until } => format!(" until {}", text(until)),
            _ => String::new(),
        };
        format!("{} {} {what}{until}", entry.step, text(entry.at))
    });
    let state = match &run.state {
        RunState::Active(waiting) => format!("at {}", waiting.step),
        RunState::Finished => "finished".to_owned(),
        RunState::Stopped(StoppedBy::Event(id) | StoppedBy::Step(id)) => format!("stopped by {id}"),
        RunState::Stopped(by) => format!("stopped by {by:?}"),
    };
    let log: Vec<String> = entries.collect();
    let name = format!("{}{} {} {}", run.workflow, run.number, run.cause, text(run.enrolled_at));
    format!("{name} {state}: {}", log.join(", "))
}
