//! Workflows and histories of all shapes. Ids of steps are given in order, so that they are unique.

use knock_model::{Category, Millis, SignalType};
use knock_routing::{Field, LeadFields};
use knock_workflow::{Author, Consent, Event, EventKind, History, Origin, Outage, Workflow};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// The evening before clocks change in Berlin.
pub(crate) const START: Millis = Millis(1_792_864_800_000);
/// The number of cases of each law. Most of the time of one goes into its workflows.
pub(crate) const CASES: u32 = 500;
const MINUTE: i64 = 60_000;
const SPANS: [i64; 10] =
    [0, 1, 1_000, MINUTE, 10 * MINUTE, 30 * MINUTE, 30 * MINUTE + 1, 60 * MINUTE, 360 * MINUTE, 1_440 * MINUTE];

/// A history, its workflows apart.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) workflows: Vec<Workflow>,
    pub(crate) events: Vec<Event>,
    pub(crate) outages: Vec<Outage>,
    /// The instant at which it is looked at.
    pub(crate) until: Millis,
}

impl Made {
    pub(crate) fn history(&self) -> History<'_> {
        let (events, outages) = (self.events.clone(), self.outages.clone());
        History { workflows: &self.workflows, lead: LeadFields::default(), events, outages }
    }
}

fn span() -> impl Strategy<Value = i64> {
    select(SPANS.to_vec())
}

fn condition() -> impl Strategy<Value = Value> {
    let leaf = select(vec![
        json!({"field": "intent.score", "op": "eq", "value": "High"}),
        json!({"field": "tags", "op": "has_any", "value": ["vip"]}),
        json!({"field": "company.country", "op": "is_set"}),
        json!({"all": []}),
        json!({"any": []}),
    ]);
    (leaf, any::<bool>()).prop_map(|(leaf, is_negated)| if is_negated { json!({"not": leaf}) } else { leaf })
}

fn trigger() -> impl Strategy<Value = Value> {
    let signal = (option::of(select(vec!["Pricing", "Docs"])), option::of((1..4_u32, span())));
    let signal = signal.prop_map(|(category, window)| {
        let mut trigger = json!({"on": "signal"});
        if let Some(category) = category {
            trigger["category"] = json!(category);
        }
        if let Some((count, within)) = window {
            (trigger["count"], trigger["within_ms"]) = (json!(count), json!(within));
        }
        trigger
    });
    let other = select(vec![
        json!({"on": "field", "field": "intent.score", "to": ["High"]}),
        json!({"on": "field", "field": "tags", "to": ["vip", "hot"]}),
        json!({"on": "message", "by": "lead"}),
        json!({"on": "message"}),
        json!({"on": "form"}),
    ]);
    prop_oneof![2 => signal, 3 => other]
}

fn time() -> impl Strategy<Value = &'static str> {
    select(vec!["00:00", "02:00", "02:30", "03:00", "08:00", "22:00"])
}

fn steps() -> impl Strategy<Value = Vec<Value>> {
    let action = (select(vec!["nudge", "message", "mail", "task"]), option::of(span()));
    let action = action.prop_map(|(action, expires)| match expires {
        Some(expires) => json!({"do": action, "expires_ms": expires}),
        None => json!({"do": action}),
    });
    let until = time().prop_map(|time| json!({"wait_until": {"time": time, "zone": "Europe/Berlin"}}));
    let wait = span().prop_map(|span| json!({"wait": {"for_ms": span}}));
    let leaf = prop_oneof![4 => action, 3 => wait, 1 => until, 1 => Just(json!({"stop": true}))];
    let step = leaf.prop_recursive(3, 12, 3, |inner| {
        let wait = prop_oneof![trigger().prop_map(|it| ("event", it)), condition().prop_map(|it| ("is", it))];
        let branches = (vec(inner.clone(), 0..3), vec(inner, 0..3));
        prop_oneof![
            (condition(), branches.clone())
                .prop_map(|(branch, (then, other))| json!({"branch": branch, "then": then, "else": other})),
            (wait, span(), branches).prop_map(|((kind, of), within, (then, other))| {
                json!({"wait_for": {kind: of, "within_ms": within}, "then": then, "else": other})
            }),
        ]
    });
    vec(step, 0..5)
}

/// Gives steps ids in the order in which they are written.
fn name(steps: &mut Value, next: &mut u32) {
    for step in steps.as_array_mut().into_iter().flatten() {
        *next += 1;
        step["id"] = json!(format!("s{next}"));
        for branch in ["then", "else"] {
            step.get_mut(branch).into_iter().for_each(|steps| name(steps, next));
        }
    }
}

fn workflow() -> impl Strategy<Value = Value> {
    let again = select(vec![json!("once"), json!("always"), json!({"after_ms": 10 * MINUTE})]);
    let quiet = (time(), time(), any::<bool>());
    let quiet = quiet.prop_map(|(from, to, is_sunday)| {
        let days = if is_sunday { vec!["sun"] } else { vec![] };
        json!({"from": from, "to": to, "zone": "Europe/Berlin", "days": days})
    });
    let cap = (1..3_u32, span()).prop_map(|(actions, within)| json!({"actions": actions, "within_ms": within}));
    let parts = (trigger(), option::weighted(0.3, condition()), again, vec(trigger(), 0..2));
    (parts, option::weighted(0.4, quiet), option::weighted(0.4, cap), steps()).prop_map(
        |((trigger, when, again, stop_when), quiet, cap, steps)| {
            let mut steps = json!(steps);
            name(&mut steps, &mut 0);
            json!({"trigger": trigger, "when": when, "again": again, "stop_when": stop_when, "quiet": quiet,
                "cap": cap, "steps": steps})
        },
    )
}

pub(crate) fn workflows() -> impl Strategy<Value = Vec<Workflow>> {
    vec(workflow(), 1..4).prop_map(|workflows| {
        let named = workflows.into_iter().enumerate().map(|(place, mut workflow)| {
            workflow["id"] = json!(format!("w{place}"));
            serde_json::from_value(workflow).expect("a workflow")
        });
        named.collect()
    })
}

fn kind() -> impl Strategy<Value = EventKind> {
    let signal = |category| EventKind::Signal { signal: SignalType::PageView, category };
    let field = |name: &str, value: Value| EventKind::Field {
        field: Field::parse(name).expect("a field"),
        value: Some(serde_json::from_value(value).expect("a value")),
    };
    select(vec![
        signal(Category::Pricing),
        signal(Category::Docs),
        field("intent.score", json!("High")),
        field("intent.score", json!("Low")),
        field("tags", json!(["vip"])),
        field("tags", json!([])),
        field("company.country", json!("DE")),
        field("company.country", json!(null)),
        EventKind::Message { by: Author::Lead },
        EventKind::Message { by: Author::Rep },
        EventKind::Form { form: None },
        EventKind::Consent(Consent::Denied),
        EventKind::Consent(Consent::Granted),
        EventKind::Sent,
    ])
}

/// Events in the order in which they are received: some at one instant, some late, some stamped after their arrival.
fn events() -> impl Strategy<Value = Vec<Event>> {
    let delay = prop_oneof![4 => Just(0), 1 => span(), 1 => Just(-MINUTE)];
    vec((kind(), span(), delay), 0..14).prop_map(|drawn| {
        let mut received_at = START;
        let events = (1..).zip(drawn).map(|(number, (kind, gap, delay))| {
            received_at = received_at + Millis(gap);
            let (id, at) = (format!("e{number}"), received_at - Millis(delay));
            Event { id, number, at, received_at, origin: Origin::Outside, kind }
        });
        events.collect()
    })
}

/// Histories in which the server never stops.
pub(crate) fn punctual() -> impl Strategy<Value = Made> {
    (workflows(), events(), span()).prop_map(|(workflows, events, rest)| {
        let last = events.last().map_or(START, |event| event.received_at);
        Made { workflows, events, outages: Vec::new(), until: last + Millis(rest) }
    })
}

/// The same with an outage after some event, which ends before the next one.
pub(crate) fn any_history() -> impl Strategy<Value = Made> {
    (punctual(), any::<prop::sample::Index>(), span(), span()).prop_map(|(mut made, event, after, length)| {
        if !made.events.is_empty() {
            let from = made.events[event.index(made.events.len())].received_at + Millis(after + 1);
            let next = made.events.iter().map(|event| event.received_at).find(|at| *at > from);
            let to = (from + Millis(length + 1)).min(next.unwrap_or(Millis(i64::MAX)));
            if made.events.iter().all(|event| event.received_at != from) {
                made.outages.push(Outage { from, to });
            }
        }
        made
    })
}
