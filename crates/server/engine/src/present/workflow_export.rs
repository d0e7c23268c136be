//! What workflows know of a person and did for them, in an export.

use super::Presenter;
use knock_model::LeadId;
use knock_ports::{Nudge, RefusedLead, StoreError};
use knock_workflow::{Entry, Outcome, Run, RunKey, RunState};
use serde_json::{Value, json};

impl Presenter<'_> {
    /// Returns the runs of a person with their logs, the nudges, the actions that failed and the refused enrolments.
    pub(super) fn exported_workflows(&self, lead: LeadId) -> Result<Value, StoreError> {
        let known = self.view.workflow_lead(lead)?.unwrap_or_default();
        let runs = self.view.runs_of_lead(lead, true)?.into_iter().map(exported_run);
        let nudges = self.view.nudges_of(lead)?.into_iter().map(exported_nudge);
        let failed = self.view.failed_effects(lead)?.into_iter();
        let failed = failed.map(|(RunKey { workflow, number }, step, visit, reason)| {
            json!({"workflow": workflow, "number": number, "step": step, "visit": visit, "reason": reason})
        });
        let refused = self.view.refusals_of(lead)?.into_iter();
        let refused = refused.map(|RefusedLead { workflow, reason, count, last_at, .. }| {
            json!({"workflow": workflow, "reason": reason, "count": count, "last_at": last_at})
        });
        Ok(json!({
            "fields": known.fields,
            "sent": known.sent,
            "runs": runs.collect::<Vec<_>>(),
            "nudges": nudges.collect::<Vec<_>>(),
            "failed": failed.collect::<Vec<_>>(),
            "refused": refused.collect::<Vec<_>>(),
            "mail_stopped_at": self.view.workflow_mail_stopped_at(lead)?,
        }))
    }
}

/// Converts a run, without the member who stopped it.
fn exported_run(run: Run) -> Value {
    let (state, step) = match &run.state {
        RunState::Active(waiting) => ("active", Some(&waiting.step)),
        RunState::Finished => ("finished", None),
        RunState::Stopped(_) => ("stopped", None),
    };
    let log: Vec<Value> = run.log.iter().map(exported_entry).collect();
    json!({"workflow": run.workflow, "number": run.number, "version": run.version, "cause": run.cause,
        "enrolled_at": run.enrolled_at, "state": state, "step": step, "log": log})
}

fn exported_entry(Entry { step, at, outcome }: &Entry) -> Value {
    let until = if let Outcome::Deferred { until } = outcome { Some(until) } else { None };
    json!({"step": step, "at": at, "outcome": outcome.as_str(), "reason": outcome.reason(), "until": until})
}

fn exported_nudge(nudge: Nudge) -> Value {
    json!({"workflow": nudge.run.workflow, "number": nudge.run.number, "step": nudge.step, "content": nudge.content,
        "ready_at": nudge.ready_at, "shown_at": nudge.shown_at, "url": nudge.url, "clicked_at": nudge.clicked_at,
        "closed_at": nudge.closed_at, "withdrawn_at": nudge.withdrawn_at})
}
