//! What steps of workflows did: one event for each action that was carried out.

use super::{by_workflow, event, first_words};
use crate::present::Presenter;
use knock_model::{LeadId, TimelineEventKind, WorkflowId};
use knock_ports::{StoreError, StoredVersion};
use knock_wire::{StepContent, TimelineEvent};
use knock_workflow::{Outcome, Run};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Versions by workflow and number.
type Versions = BTreeMap<(String, u32), StoredVersion>;

impl Presenter<'_> {
    /// The actions of the workflows of a person.
    pub(super) fn workflow_events(&self, lead: LeadId) -> Result<Vec<TimelineEvent>, StoreError> {
        let (mut events, mut versions) = (Vec::new(), Versions::new());
        for run in self.view.runs_of_lead(lead, true)? {
            self.read_versions(&run, &mut versions)?;
            let version = versions.get(&(run.workflow.clone(), run.version));
            let done = run.log.iter().enumerate().filter(|(_, entry)| entry.outcome == Outcome::Done);
            for (place, entry) in done.filter(|(_, entry)| entry.at <= self.arrived_by) {
                let content = version.and_then(|version| version.draft.contents.get(&entry.step));
                let (to, text) = content.map(|content| self.acted(content)).transpose()?.unwrap_or_default();
                let by = by_workflow(version.map_or("", |version| &version.draft.name));
                let event = event(TimelineEventKind::WorkflowAction, entry.at, source(lead, &run, place));
                events.push(TimelineEvent { by, text: first_words(&text), to: to.to_owned(), ..event });
            }
        }
        Ok(events)
    }

    /// Reads the versions of the workflow of a run, once.
    fn read_versions(&self, run: &Run, known: &mut Versions) -> Result<(), StoreError> {
        let Ok(id) = WorkflowId::parse(&run.workflow) else { return Ok(()) };
        if !known.contains_key(&(run.workflow.clone(), run.version)) {
            let read = self.view.workflow_versions(id)?.into_iter();
            known.extend(read.map(|(version, _)| ((run.workflow.clone(), version.number), version)));
        }
        Ok(())
    }

    /// The word of an action, and what it is about, for the team.
    fn acted(&self, content: &StepContent) -> Result<(&'static str, String), StoreError> {
        let first =
            |texts: &knock_wire::Texts| texts.get("en").or_else(|| texts.values().next()).cloned().unwrap_or_default();
        Ok(match content {
            StepContent::Nudge { text, .. } => ("nudge", first(text)),
            StepContent::Message { text } => ("message", first(text)),
            StepContent::Mail { subject, .. } => ("mail", first(subject)),
            StepContent::Slack { text, .. } => ("slack", text.clone()),
            StepContent::Assign { .. } => ("assign", String::new()),
            StepContent::Tag { tag } => {
                let tags = self.view.tags()?;
                let name = tags.into_iter().find(|known| known.id == *tag).map(|known| known.name);
                ("tag", name.unwrap_or_default())
            }
            StepContent::SetField { field, value } => ("set_field", format!("{field}: {value}")),
            StepContent::Webhook { .. } => ("webhook", String::new()),
            StepContent::Task { text, .. } => ("task", text.clone()),
        })
    }
}

/// The source of an event that has no id of its own.
fn source(lead: LeadId, run: &Run, place: usize) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(lead.as_bytes());
    hash.update(&run.workflow);
    hash.update(run.number.to_be_bytes());
    hash.update(place.to_be_bytes());
    let mut random = [0; 10];
    random.copy_from_slice(&hash.finalize()[..10]);
    *knock_model::SignalId::new(knock_model::Millis(0), &random).as_bytes()
}
