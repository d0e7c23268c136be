//! The cases of `tests/vectors/workflow.json` on a store, each with a lead of its own. The values of their fields come as
//! custom fields; what a server has no event for is left out.

use super::Keep;
use crate::story::{Step, Story, session, visitor};
use knock_engine::commands::{AppendSignals, SaveCustomFields, SetCustomValues};
use knock_intent::strength;
use knock_model::{
    Category, CustomFieldSource, CustomFieldType, Email, LeadId, Millis, SignalId, SignalType, SiteId, WorkflowId,
};
use knock_ports::{Detail, NewSignal, StoredVersion, StoredWorkflow, Subject};
use knock_routing::Value as FieldValue;
use knock_wire::{CustomField, CustomFields, WorkflowDraft, WorkflowState};
use knock_workflow::{Outcome, Run, RunState, StoppedBy};
use serde_json::Value;
use std::collections::BTreeMap;

const VECTORS: &str = include_str!("../../../../../../tests/vectors/workflow.json");
const HOUR: Millis = Millis(60 * Millis::MINUTE.0);
/// The fields of the cases: `intent.score` is `custom.intent_score`.
const FIELDS: [(&str, CustomFieldType); 5] = [
    ("intent.score", CustomFieldType::Text),
    ("intent.type", CustomFieldType::Text),
    ("meeting.status", CustomFieldType::Text),
    ("company.country", CustomFieldType::Text),
    ("company.employees", CustomFieldType::Number),
];

#[test]
fn every_case_passes_on_a_store() {
    let mut story = Story::begin();
    let own = |(name, value_type): (&str, CustomFieldType)| {
        let (name, label) = (name.replace('.', "_"), name.to_owned());
        CustomField { name, label, value_type, sources: vec![CustomFieldSource::Api], form_field: None }
    };
    story.change(SaveCustomFields { fields: CustomFields { fields: FIELDS.map(own).to_vec() } });
    let mut text = VECTORS.to_owned();
    for (name, _) in FIELDS {
        let own = format!("\"custom.{}\"", name.replace('.', "_"));
        text = text.replace(&format!("\"{name}\""), &own);
    }
    let all: Value = serde_json::from_str(&text).expect("JSON");
    let cases = all["cases"].as_array().expect("cases");
    let mut passed = 0;
    for (number, case) in (0..).zip(cases) {
        let has_events = array(case, "events").iter().all(|event| !["sent", "consent"].contains(&word(event, "type")));
        if has_events {
            Played::play(&mut story, number, case).check(case);
            passed += 1;
        }
    }
    assert!(passed > 35, "{passed} cases");
}

/// A case, while it is played.
struct Played<'s> {
    story: &'s mut Story,
    number: u8,
    lead: LeadId,
    /// The names of the workflows in the case.
    names: BTreeMap<String, String>,
    /// The ids of the signals, by those of the case.
    signals: BTreeMap<String, SignalId>,
    outages: Vec<(Millis, Millis)>,
}

impl<'s> Played<'s> {
    fn play(story: &'s mut Story, number: u8, case: &Value) -> Played<'s> {
        let mut events: Vec<&Value> = array(case, "events").iter().collect();
        events.sort_by_key(|event| received(event));
        let begin = events.first().map_or(instant(&case["evaluate_at"]), |first| received(first));
        story.now = begin - Millis(2 * HOUR.0);
        if events.iter().any(|event| word(event, "type") == "message") {
            story.step(Step::Open { visitor: number });
            story.step(Step::Write { visitor: number, text: 0 });
        }
        let email = format!("case{number}@gmail.com");
        let detail = Detail { email: email.clone(), ..Detail::default() };
        let id = story.signal_id();
        send(story, number, (id, SignalType::Identify, Category::Home), story.now, detail);
        let address = Email::parse(&email).expect("an address");
        let lead = story.view(|view| view.lead_by_email(&address)).expect("a lead").id;
        story.now = begin - HOUR;
        let names = save(story, number, case);
        let outages = case["outages"].as_array().into_iter().flatten();
        let outages = outages.map(|outage| (instant(&outage[0]), instant(&outage[1]))).collect();
        let mut played = Played { story, number, lead, names, signals: BTreeMap::new(), outages };
        for event in events {
            played.pass(received(event) - Millis(1));
            played.story.now = received(event);
            played.happen(event);
        }
        played.pass(instant(&case["evaluate_at"]));
        played
    }

    /// Lets time pass up to an instant, with every timer fired when the server runs.
    fn pass(&mut self, until: Millis) {
        loop {
            let due = self.story.view(|view| view.next_due()).map(|due| self.carried_out_at(due.max(self.story.now)));
            let Some(now) = due.filter(|due| *due <= until) else { break };
            self.story.now = now;
            self.story.fire();
        }
        self.story.now = until.max(self.story.now);
    }

    fn carried_out_at(&self, due: Millis) -> Millis {
        let mut now = due;
        while let Some((_, end)) = self.outages.iter().find(|(from, to)| *from <= now && now < *to) {
            now = *end;
        }
        now
    }

    fn happen(&mut self, event: &Value) {
        let visitor = self.number;
        match (word(event, "type"), event["by"].as_str()) {
            ("signal", _) => {
                let id = match self.signals.get(word(event, "id")) {
                    Some(id) => *id,
                    None => self.story.signal_id(),
                };
                self.signals.insert(word(event, "id").to_owned(), id);
                let kind = SignalType::parse(word(event, "signal")).expect("a type");
                let category = Category::parse(word(event, "category")).expect("a category");
                send(self.story, visitor, (id, kind, category), instant(&event["at"]), Detail::default());
            }
            ("message", Some("lead")) => self.story.step(Step::Write { visitor, text: 0 }),
            ("message", Some("rep")) => self.story.step(Step::Answer { visitor }),
            ("field", _) => {
                let name = word(event, "field").trim_start_matches("custom.").to_owned();
                let value: Option<FieldValue> = serde_json::from_value(event["value"].clone()).expect("a value");
                let (id, now) = (self.story.signal_id(), self.story.now);
                self.story.change(SetCustomValues {
                    lead: self.lead,
                    values: BTreeMap::from([(name, value)]),
                    source: CustomFieldSource::Api,
                    id,
                    now,
                });
            }
            (other, by) => panic!("no event of a server: {other} {by:?}"),
        }
    }

    fn check(self, case: &Value) {
        let lead = self.lead;
        let runs = self.story.view(|view| view.runs_of_lead(lead, true));
        let runs: Vec<String> = runs.iter().map(|run| self.line(run, case)).collect();
        let expected: Vec<String> = array(&case["expect"], "runs").iter().map(expected_line).collect();
        assert_eq!(runs, expected, "{}", case["id"]);

        let refused = self.story.view(|view| view.refusals_of(lead));
        let mut refused: Vec<(String, &str, u64, Millis)> = refused
            .iter()
            .map(|one| (self.names[&one.workflow].clone(), one.reason.as_str(), one.count, one.last_at))
            .collect();
        refused.sort();
        assert_eq!(refused, expected_refusals(case), "{}", case["id"]);

        let far = Millis(i64::from(u32::MAX) * 1_000);
        let timers = self.story.view(|view| view.due_timers(far, 10_000));
        let next = timers.iter().find(|timer| timer.subject == Subject::Workflow(lead)).map(|timer| timer.due_at);
        let expected = Some(&case["expect"]["next_change_at"]).filter(|next| !next.is_null()).map(instant);
        assert_eq!(next, expected, "{}", case["id"]);
        self.archive();
    }

    /// Leaves the next case without these workflows.
    fn archive(self) {
        let stored = self.story.view(|view| view.workflows());
        let archived = stored.into_iter().filter(|workflow| workflow.state != WorkflowState::Archived);
        let archived = archived.map(|workflow| (StoredWorkflow { state: WorkflowState::Archived, ..workflow }, None));
        self.story.commit(Keep { workflows: archived.collect(), now: self.story.now });
    }

    fn line(&self, run: &Run, case: &Value) -> String {
        let (state, detail) = match &run.state {
            RunState::Active(waiting) => ("active", format!("at {}", waiting.step)),
            RunState::Finished => ("finished", String::new()),
            RunState::Stopped(StoppedBy::Event(event)) => ("stopped", format!("event:{}", self.event(event, case))),
            RunState::Stopped(StoppedBy::Step(step)) => ("stopped", format!("step:{step}")),
            RunState::Stopped(other) => panic!("{other:?}"),
        };
        let log = run.log.iter().map(|entry| {
            let until = if let Outcome::Deferred { until } = entry.outcome { Some(until) } else { None };
            entry_line(&entry.step, entry.at, entry.outcome.as_str(), entry.outcome.reason(), until)
        });
        let (name, cause) = (&self.names[&run.workflow], self.event(&run.cause, case));
        run_line((name, run.number.into()), &format!("event:{cause}"), run.enrolled_at, (state, &detail), log.collect())
    }

    /// The id in the case of an event of the server: by its own id, or by the instant that is in it.
    fn event(&self, id: &str, case: &Value) -> String {
        let (kind, rest) = id.split_once(':').expect("a kind");
        let is_it = |event: &&Value| match kind {
            "signal" => self.signals.get(word(event, "id")).is_some_and(|known| known.to_string() == rest),
            "message" => {
                let ms = i64::from_str_radix(&rest.replace('-', "")[..12], 16).ok();
                word(event, "type") == "message" && ms == Some(received(event).0)
            }
            "field" => {
                let (field, number) = rest.rsplit_once(':').expect("a number");
                let ms = number.parse::<i64>().ok().map(|number| number / 4_096);
                event["field"] == field && ms == Some(received(event).0)
            }
            other => panic!("{other}"),
        };
        let found = array(case, "events").iter().find(is_it);
        word(found.unwrap_or_else(|| panic!("{}: {id}", case["id"])), "id").to_owned()
    }
}

/// Saves the workflows of a case; returns their names by their ids.
fn save(story: &Story, number: u8, case: &Value) -> BTreeMap<String, String> {
    let (mut names, mut workflows) = (BTreeMap::new(), Vec::new());
    for (place, one) in (0..).zip(array(case, "workflows")) {
        let id = WorkflowId::new(std::array::from_fn(|at| if at < 8 { number } else { place }));
        let mut definition = one.clone();
        definition["id"] = Value::from(id.to_string());
        let definition = serde_json::from_value(definition).expect("a workflow");
        let is_on = one["enabled"].as_bool() != Some(false);
        let state = if is_on { WorkflowState::On } else { WorkflowState::Off };
        let draft = WorkflowDraft { name: word(one, "id").to_owned(), definition, contents: BTreeMap::new() };
        let version = StoredVersion { workflow: id, number: 1, draft, saved_at: story.now, saved_by: None };
        workflows.push((StoredWorkflow { id, position: place.into(), state, version: 1 }, Some(version)));
        names.insert(id.to_string(), word(one, "id").to_owned());
    }
    story.commit(Keep { workflows, now: story.now });
    names
}

/// A browser sends a signal.
fn send(story: &mut Story, number: u8, signal: (SignalId, SignalType, Category), at: Millis, detail: Detail) {
    let ((id, kind, category), received_at) = (signal, story.now);
    let signal = NewSignal {
        id,
        session: session(number, received_at),
        kind,
        at,
        received_at,
        clamped: false,
        category,
        strength: strength(kind),
        seq: None,
        view: None,
        detail: detail.into(),
    };
    let fresh = vec![story.fresh()];
    story.commit(AppendSignals {
        site: SiteId(1),
        visitor: visitor(number),
        received_at,
        signals: vec![signal],
        fresh,
    });
}

fn array<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn word<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

fn instant(value: &Value) -> Millis {
    let at: jiff::Timestamp = value.as_str().and_then(|text| text.parse().ok()).expect("an instant");
    Millis(at.as_millisecond())
}

fn received(event: &Value) -> Millis {
    instant(if event["recv"].is_null() { &event["at"] } else { &event["recv"] })
}

fn expected_line(run: &Value) -> String {
    let detail = match (run["by"].as_str(), run["step"].as_str()) {
        (Some(by), _) => by.to_owned(),
        (None, Some(step)) => format!("at {step}"),
        (None, None) => String::new(),
    };
    let log = array(run, "log").iter().map(|entry| {
        let until = Some(&entry["until"]).filter(|until| !until.is_null()).map(instant);
        entry_line(word(entry, "step"), instant(&entry["at"]), word(entry, "what"), entry["reason"].as_str(), until)
    });
    let number = run["n"].as_u64().expect("a number");
    let of = (word(run, "workflow"), number);
    run_line(of, word(run, "cause"), instant(&run["enrolled_at"]), (word(run, "state"), &detail), log.collect())
}

fn run_line(
    (workflow, number): (&str, u64),
    cause: &str,
    enrolled_at: Millis,
    (state, detail): (&str, &str),
    log: Vec<String>,
) -> String {
    format!("{workflow} {number} by {cause} at {}: {state} {detail} [{}]", enrolled_at.0, log.join(", "))
}

fn entry_line(step: &str, at: Millis, what: &str, reason: Option<&str>, until: Option<Millis>) -> String {
    format!("{step} {what} {} {} at {}", reason.unwrap_or_default(), until.map_or(0, |until| until.0), at.0)
}

/// Refusals by workflow and reason, with their number and the last instant.
fn expected_refusals(case: &Value) -> Vec<(String, &str, u64, Millis)> {
    let mut counted: BTreeMap<(String, &str), (u64, Millis)> = BTreeMap::new();
    for refusal in array(&case["expect"], "refused") {
        let key = (word(refusal, "workflow").to_owned(), word(refusal, "reason"));
        let (count, last) = counted.entry(key).or_insert((0, Millis(0)));
        (*count, *last) = (*count + 1, instant(&refusal["at"]).max(*last));
    }
    counted.into_iter().map(|((workflow, reason), (count, last))| (workflow, reason, count, last)).collect()
}
