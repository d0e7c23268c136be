//! The JSON of an answer.

use knock_routing::{Assignee, Decision, Note, Notified, Outcome, Reason, SegmentTried, Value};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(crate) struct Answer {
    rule: String,
    version: u32,
    segment: Option<String>,
    outcome: Outcome,
    assignee: Option<Assignee>,
    reason: Reason,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Note>,
    notify: Vec<Notified>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    crm: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state_after: Option<StateAfter>,
    why: Vec<EvaluatedSegment>,
}

#[derive(Serialize)]
struct StateAfter {
    last_assigned: BTreeMap<String, u64>,
}

/// A segment that was asked.
#[derive(Serialize)]
struct EvaluatedSegment {
    segment: String,
    holds: bool,
    because: Vec<Because>,
}

/// A comparison that decided.
#[derive(Serialize)]
struct Because {
    field: String,
    op: &'static str,
    value: Option<Value>,
    lead: Option<Value>,
    holds: bool,
}

impl Answer {
    pub(super) fn new(decision: &Decision, tried: Vec<SegmentTried<'_>>, before: &BTreeMap<String, u64>) -> Answer {
        let state_after = decision.turn.as_ref().map(|turn| {
            let mut last_assigned = before.clone();
            last_assigned.insert(turn.rep.clone(), turn.number);
            StateAfter { last_assigned }
        });
        Answer {
            rule: decision.rule.clone(),
            version: decision.version,
            segment: decision.segment.clone(),
            outcome: decision.outcome,
            assignee: decision.assignee.clone(),
            reason: decision.reason,
            notes: decision.notes.clone(),
            notify: decision.notify.clone(),
            crm: decision.crm_fields(),
            state_after,
            why: tried.into_iter().map(asked).collect(),
        }
    }
}

fn asked(tried: SegmentTried<'_>) -> EvaluatedSegment {
    let because = tried.deciding.iter().map(|tried| Because {
        field: tried.leaf.field().name().to_owned(),
        op: tried.leaf.operator().as_str(),
        value: tried.leaf.value().cloned(),
        lead: tried.value.cloned(),
        holds: tried.holds,
    });
    EvaluatedSegment { segment: tried.id.to_owned(), holds: tried.holds, because: because.collect() }
}
