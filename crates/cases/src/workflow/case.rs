//! The JSON of a case.

use super::event::CaseEvent;
use crate::instant;
use crate::refused::Refused;
use knock_model::Millis;
use knock_routing::{InvalidCondition, LeadFields};
use knock_workflow::{Event, Outage, Workflow};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(super) workflows: Vec<Workflow>,
    #[serde(default)]
    pub(super) lead: LeadFields,
    events: Vec<CaseEvent>,
    #[serde(default)]
    outages: Vec<CaseOutage>,
    #[serde(deserialize_with = "instant::read")]
    pub(super) evaluate_at: Millis,
}

#[derive(Deserialize)]
struct CaseOutage(
    #[serde(deserialize_with = "instant::read")] Millis,
    #[serde(deserialize_with = "instant::read")] Millis,
);

impl Case {
    /// Refuses workflows and steps without an id, two workflows with one, and conditions beyond their limits.
    pub(super) fn check(&self) -> Result<(), Refused> {
        for (place, workflow) in self.workflows.iter().enumerate() {
            let refused =
                |field: &str, reason: String| Err(Refused { field: format!("workflows[{place}].{field}"), reason });
            if workflow.id.is_empty() {
                return refused("id", "expected an id".into());
            }
            if self.workflows[..place].iter().any(|other| other.id == workflow.id) {
                return refused("id", "another workflow has this id".into());
            }
            if let Some((step, _)) = workflow.all_steps().iter().find(|(_, step)| step.id.is_empty()) {
                return refused(&format!("{step}.id"), "expected an id".into());
            }
            for (field, condition) in workflow.conditions() {
                if let Err(InvalidCondition(reason)) = condition.check() {
                    return refused(&field, reason);
                }
            }
        }
        Ok(())
    }

    /// The outages; each ends after it begins.
    pub(super) fn outages(&self) -> Result<Vec<Outage>, Refused> {
        let outages = self.outages.iter().enumerate();
        outages
            .map(|(place, CaseOutage(from, to))| {
                if from < to {
                    return Ok(Outage { from: *from, to: *to });
                }
                let reason = "expected an end after the beginning".into();
                Err(Refused { field: format!("outages[{place}]"), reason })
            })
            .collect()
    }

    /// The events in order of delivery; none is received in an outage.
    pub(super) fn events(&self, outages: &[Outage]) -> Result<Vec<Event>, Refused> {
        let events = self.events.iter().enumerate();
        events
            .map(|(place, event)| {
                let event = event.read(place)?;
                let at = event.received_at;
                if outages.iter().any(|outage| outage.from <= at && at < outage.to) {
                    let (field, reason) = (format!("events[{place}]"), "received in an outage".into());
                    return Err(Refused { field, reason });
                }
                Ok(event)
            })
            .collect()
    }
}
