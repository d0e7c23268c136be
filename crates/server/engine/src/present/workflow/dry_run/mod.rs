//! A draft over what leads did in the last days, without sending anything: who would have been enrolled, what would have
//! been done, and for everybody else why not.

mod fields;
mod needs;
mod past;
mod reader;
mod run;
mod tally;
mod unnamed;

use crate::lead_fields::connected_crms;
use crate::present::Presenter;
use knock_model::{LeadId, Millis};
use knock_ports::{LeadCandidate, LeadFilter, LeadQuery, StoreError};
use knock_routing::Condition;
use knock_wire::{DryRun, DryRunAsk, WorkflowSettings};
use knock_workflow::Workflow;
use reader::Reader;
use tally::Tally;

/// The days to look back where the caller names none.
const USUAL_DAYS: u32 = 30;
/// Leads whose histories are fetched at once.
const AT_ONCE: usize = 500;
/// How much longer than the days to look back a lead may have been away, where a status can change without them.
const SILENCE: Millis = Millis::days(90);

impl Presenter<'_> {
    /// Runs a draft over the histories of leads. It counts as if it had been the only workflow, switched on at the first
    /// of these days.
    ///
    /// # Errors
    /// When the database fails.
    pub fn workflow_dry_run(&self, ask: &DryRunAsk) -> Result<DryRun, StoreError> {
        let workflow = prepared(ask, &self.view.workflow_settings()?);
        let from = self.now - Millis::days(i64::from(ask.days.unwrap_or(USUAL_DAYS)));
        let reader = Reader::new(self, &workflow, (ask.workflow, from))?;
        let mut tally = Tally::new(&workflow, &reader.needs, ask.lead.is_some());
        self.leads_of(ask, &reader, &mut tally)?;
        if ask.lead.is_none() && reader.needs.is_of_browsers {
            self.browsers_of(&reader, &mut tally)?;
        }
        tally.answer(self)
    }

    /// Runs it for all leads, or for one.
    fn leads_of(&self, ask: &DryRunAsk, reader: &Reader<'_>, tally: &mut Tally<'_>) -> Result<(), StoreError> {
        let lead = ask.lead.map(|lead| self.view.merged_into(lead)).transpose()?;
        let mut query = LeadQuery {
            filter: LeadFilter {
                ids: lead.map(|lead| vec![lead]),
                condition: Some(asks(reader.workflow)),
                ..LeadFilter::default()
            },
            limit: LeadQuery::SCANNED,
            now: self.now,
            ..LeadQuery::default()
        };
        if query.asks_relation() {
            query.crms = connected_crms(self.view)?;
        }
        let since = if reader.needs.is_of_statuses { reader.from - SILENCE } else { reader.from };
        loop {
            let mut candidates: Vec<LeadCandidate> = Vec::new();
            let page = self.view.search_leads(&query, &mut |candidate| {
                candidates.push(candidate.clone());
                true
            })?;
            let is_seen = |candidate: &LeadCandidate| lead.is_some() || candidate.lead.last_seen_at >= since;
            let is_last = !candidates.last().is_some_and(is_seen);
            candidates.retain(is_seen);
            self.each(&candidates, reader, tally)?;
            query.after = page.next;
            if is_last || query.after.is_none() {
                break;
            }
        }
        // Leads marked as spam are in no list.
        let of_choice = lead.filter(|_| tally.is_empty()).map(|lead| self.view.lead(lead)).transpose()?.flatten();
        of_choice.into_iter().for_each(|lead| tally.take_spam(lead, self.now));
        Ok(())
    }

    fn each(&self, leads: &[LeadCandidate], reader: &Reader<'_>, tally: &mut Tally<'_>) -> Result<(), StoreError> {
        for some in leads.chunks(AT_ONCE) {
            let ids: Vec<LeadId> = some.iter().map(|candidate| candidate.lead.id).collect();
            self.view.fetch_histories(&ids, reader.signals_from())?;
            for candidate in some {
                tally.take_lead(candidate, reader.past(candidate)?, self.now);
            }
        }
        Ok(())
    }
}

/// The draft as it would run: enabled, with the cap and the quiet hours of the workspace where it has none.
fn prepared(ask: &DryRunAsk, settings: &WorkflowSettings) -> Workflow {
    let mut workflow = ask.draft.definition.clone();
    workflow.id = ask.workflow.map_or_else(|| "draft".to_owned(), |id| id.to_string());
    workflow.enabled = true;
    workflow.quiet = workflow.quiet.or_else(|| settings.quiet.clone());
    workflow.cap = workflow.cap.or(settings.cap);
    workflow
}

/// A condition that every lead matches, with the fields that the workflow asks for: a store reads what it names.
fn asks(workflow: &Workflow) -> Condition {
    let named = workflow.conditions().into_iter().map(|(_, condition)| condition.clone());
    Condition::Any(std::iter::once(Condition::All(Vec::new())).chain(named).collect())
}
