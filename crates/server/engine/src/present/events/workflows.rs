//! What steps of workflows did: one event for each action that was carried out.

use super::{by_workflow, event, first_words};
use crate::present::Presenter;
use knock_model::{LeadId, Millis, SignalId, TimelineEventKind, WorkflowId};
use knock_ports::{StoreError, StoredVersion};
use knock_wire::{StepContent, Texts, TimelineEvent};
use knock_workflow::{Entry, Outcome, Run, RunKey, fill_placeholders};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Versions by workflow and number.
type Versions = BTreeMap<(String, u32), StoredVersion>;

impl Presenter<'_> {
    /// The actions of the workflows of a person that were carried out. Assignments and nudges have events of their own.
    pub(super) fn workflow_events(&self, lead: LeadId) -> Result<Vec<TimelineEvent>, StoreError> {
        let runs = self.view.runs_of_lead(lead, true)?;
        if runs.is_empty() {
            return Ok(Vec::new());
        }
        let (mut events, mut versions) = (Vec::new(), Versions::new());
        let failed = self.view.failed_effects(lead)?;
        for run in runs {
            self.read_versions(&run, &mut versions)?;
            let Some(version) = versions.get(&(run.workflow.clone(), run.version)) else { continue };
            for (place, entry) in run.log.iter().enumerate() {
                let visit = visits(&run.log[..=place], &entry.step);
                let is_it = |(key, step, of, _): &(RunKey, String, u32, String)| {
                    *key == run.key() && *step == entry.step && *of == visit
                };
                let is_done = entry.outcome == Outcome::Done && !failed.iter().any(is_it);
                let content = version.draft.contents.get(&entry.step);
                let Some(content) = content.filter(|_| is_done && entry.at <= self.arrived_by) else { continue };
                let Some((to, text)) = self.acted(content)? else { continue };
                let by = by_workflow(&version.draft.name);
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

    /// The word of an action, and what it is about, for the team; none of one with an event of its own.
    fn acted(&self, content: &StepContent) -> Result<Option<(&'static str, String)>, StoreError> {
        Ok(Some(match content {
            StepContent::Nudge { .. } | StepContent::Assign { .. } => return Ok(None),
            // The chat shows its words.
            StepContent::Message { .. } => ("message", String::new()),
            StepContent::Mail { subject, .. } => ("mail", plain(first(subject))),
            StepContent::Slack { text, .. } => ("slack", plain(text)),
            StepContent::Tag { tag } => {
                let tags = self.view.tags()?;
                let name = tags.into_iter().find(|known| known.id == *tag).map(|known| known.name);
                ("tag", name.unwrap_or_default())
            }
            StepContent::SetField { field, value } => ("set_field", format!("{field}: {value}")),
            StepContent::Webhook { .. } => ("webhook", String::new()),
            StepContent::Task { text, .. } => ("task", plain(text)),
        }))
    }
}

/// The English text, else the first.
fn first(texts: &Texts) -> &str {
    texts.get("en").or_else(|| texts.values().next()).map_or("", String::as_str)
}

/// A text with what its placeholders stand for where nothing is known.
fn plain(text: &str) -> String {
    fill_placeholders(text, |_| None)
}

/// The number of the last visit to a step in a log.
fn visits(log: &[Entry], step: &str) -> u32 {
    let is_visit = |entry: &&Entry| entry.step == step && matches!(entry.outcome, Outcome::Done | Outcome::Skipped(_));
    u32::try_from(log.iter().filter(is_visit).count()).unwrap_or(u32::MAX)
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
    *SignalId::new(Millis(0), &random).as_bytes()
}
