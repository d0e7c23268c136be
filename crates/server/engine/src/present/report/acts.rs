//! What was done about persons, as reports count it.

use knock_model::{LeadId, Millis, RepId};
use knock_ports::{ReportDecision, ReportRun, ReportWrite, StoreError, View};
use knock_report::{Acts, Needs, Routed, RoutedTo, Run, StepTaken, Written};
use knock_routing::{Assignee, Outcome};
use knock_workflow::Entry;
use std::collections::HashMap;

/// The id of the Fallback Segment of every rule.
pub(super) const FALLBACK: &str = "fallback";

/// Returns what was done about all leads since an instant, as far as it is needed; decisions from the first one on.
pub(super) fn acts_by_lead(view: &dyn View, needs: Needs, since: Millis) -> Result<HashMap<LeadId, Acts>, StoreError> {
    let mut by_lead: HashMap<LeadId, Acts> = HashMap::new();
    if needs.decisions {
        for decision in view.report_decisions()? {
            by_lead.entry(decision.lead).or_default().decisions.push(routed(decision));
        }
    }
    if needs.runs {
        for stored in view.report_runs(since)? {
            by_lead.entry(stored.lead).or_default().runs.push(run(&stored));
        }
    }
    if needs.writes {
        for write in view.report_writes(since)? {
            let ReportWrite { lead, crm, cause, cause_at, written_at } = write;
            by_lead.entry(lead).or_default().writes.push(Written { crm, cause, cause_at, written_at });
        }
    }
    if needs.questions {
        for (lead, at) in view.report_questions(since)? {
            by_lead.entry(lead).or_default().questions.push(at);
        }
    }
    Ok(by_lead)
}

fn routed(decision: ReportDecision) -> Routed {
    let ReportDecision { lead: _, at, funnel, rule, segment, outcome, assignee, reason, turn, skipped, score } =
        decision;
    let skipped = skipped.into_iter().filter_map(|one| Some((RepId::parse(&one.rep).ok()?, one.reason.as_str())));
    Routed {
        at,
        funnel: funnel.as_str(),
        segment: segment.as_deref().map_or_else(String::new, |segment| format!("{rule}/{segment}")),
        to: routed_to(outcome, assignee.as_ref(), turn.as_deref()),
        reason: reason.as_str(),
        is_fallback: segment.as_deref() == Some(FALLBACK),
        is_by_turn: turn.is_some(),
        skipped: skipped.collect(),
        score,
        rule,
    }
}

fn routed_to(outcome: Outcome, assignee: Option<&Assignee>, turn: Option<&str>) -> RoutedTo {
    match outcome {
        Outcome::Assigned => assigned_to(assignee, turn),
        Outcome::Waiting => RoutedTo::Waiting,
        Outcome::Disqualified => RoutedTo::Disqualified,
        Outcome::Pending => RoutedTo::Pending,
        Outcome::Unbookable => RoutedTo::Unbookable,
    }
}

/// Of a set of calendars, the owner counts where it is known before a time is chosen: by name, or by turn.
fn assigned_to(assignee: Option<&Assignee>, turn: Option<&str>) -> RoutedTo {
    match assignee {
        Some(Assignee::Rep { id }) => RepId::parse(id).map_or(RoutedTo::Unbookable, RoutedTo::Rep),
        Some(Assignee::AiAgent { .. }) => RoutedTo::Agent,
        Some(Assignee::CalendarSet { owner, .. }) => {
            let known = owner.as_deref().or(turn).and_then(|rep| RepId::parse(rep).ok());
            known.map_or(RoutedTo::Calendars, RoutedTo::Rep)
        }
        None => RoutedTo::Unbookable,
    }
}

/// The end of a stopped run is not stored: it counts as ended with the last step that is known of it.
fn run(stored: &ReportRun) -> Run {
    let workflow = stored.workflow.to_string();
    let last = stored.log.iter().map(|entry| entry.at).fold(stored.enrolled_at, Millis::max);
    Run {
        enrolled_at: stored.enrolled_at,
        ended_at: stored.is_over.then_some(last),
        is_stopped: stored.is_stopped,
        steps: stored.log.iter().map(|entry| step(&workflow, entry)).collect(),
        workflow,
    }
}

fn step(workflow: &str, entry: &Entry) -> StepTaken {
    StepTaken {
        step: format!("{workflow}/{}", entry.step),
        at: entry.at,
        outcome: entry.outcome.as_str(),
        reason: entry.outcome.reason().unwrap_or_default().to_owned(),
    }
}
