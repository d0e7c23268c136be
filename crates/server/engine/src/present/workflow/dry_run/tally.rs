//! What a draft would have done, counted over all leads, with examples.

use super::needs::Needs;
use super::past::Past;
use super::run::{Made, run};
use crate::present::Presenter;
use crate::present::workflow::runs::would_be;
use knock_model::{LeadId, Millis, VisitorId};
use knock_ports::{Lead, LeadCandidate, StoreError};
use knock_wire::{ContactRef, DryRun, DryRunAction, DryRunLead, DryRunRefused};
use knock_workflow::{Outcome, Refusal, RefusalReason, Run, StepKind, Workflow};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The most leads that are shown as examples.
const MOST_EXAMPLES: usize = 100;

/// The reason of a lead whose trigger did not fire.
const NEVER: &str = "never";

/// A lead, or a browser that belongs to none.
#[derive(Clone)]
enum Subject {
    Lead(Box<Lead>),
    Browser(VisitorId),
}

struct Example {
    subject: Subject,
    runs: Vec<Run>,
    refused: Vec<Refusal>,
}

/// The counts so far.
pub(super) struct Tally<'t> {
    workflow: &'t Workflow,
    needs: &'t Needs,
    /// Whether one lead alone is asked about: then it is an example also where it is not enrolled.
    is_of_one: bool,
    leads: u64,
    enrolled: u64,
    /// By the ids of steps.
    actions: BTreeMap<String, DryRunAction>,
    refused: BTreeMap<String, (u64, Subject)>,
    examples: Vec<Example>,
}

impl<'t> Tally<'t> {
    pub(super) fn new(workflow: &'t Workflow, needs: &'t Needs, is_of_one: bool) -> Tally<'t> {
        let (actions, refused, examples) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Tally { workflow, needs, is_of_one, leads: 0, enrolled: 0, actions, refused, examples }
    }

    /// Runs the draft for a lead.
    pub(super) fn take_lead(&mut self, candidate: &LeadCandidate, past: Option<Past>, now: Millis) {
        let subject = || Subject::Lead(Box::new(candidate.lead.clone()));
        match past {
            Some(past) => self.take(run((self.workflow, self.needs), past, now), subject),
            None if self.is_of_one => self.take(Made::default(), subject),
            None => {}
        }
    }

    /// Runs the draft for a browser that belongs to no lead.
    pub(super) fn take_browser(&mut self, visitor: VisitorId, past: Past, now: Millis) {
        self.take(run((self.workflow, self.needs), past, now), || Subject::Browser(visitor));
    }

    /// Whether no lead was taken yet.
    pub(super) const fn is_empty(&self) -> bool {
        self.leads == 0
    }

    /// Notes a lead of choice who is marked as spam: they are in no workflow.
    pub(super) fn take_spam(&mut self, lead: Lead, at: Millis) {
        let (workflow, event, reason) = (self.workflow.id.clone(), String::new(), RefusalReason::Spam);
        let refused = vec![Refusal { workflow, version: 1, event, at, reason }];
        self.take(Made { runs: Vec::new(), refused }, || Subject::Lead(Box::new(lead)));
    }

    fn take(&mut self, made: Made, subject: impl FnOnce() -> Subject) {
        let Made { runs, refused } = made;
        self.leads += 1;
        runs.iter().for_each(|run| self.count(run));
        if runs.is_empty() {
            let reason = refused.last().map_or(NEVER, |refusal| refusal.reason.as_str());
            let subject = self.note(reason, subject);
            if let Some(subject) = subject.filter(|_| self.is_of_one) {
                self.examples.push(Example { subject, runs, refused });
            }
            return;
        }
        self.enrolled += 1;
        self.examples.push(Example { subject: subject(), runs, refused });
        if self.examples.len() > 4 * MOST_EXAMPLES {
            self.keep_newest();
        }
    }

    /// Counts a refusal; the first lead of each reason is its example.
    fn note(&mut self, reason: &str, subject: impl FnOnce() -> Subject) -> Option<Subject> {
        if let Some((leads, _)) = self.refused.get_mut(reason) {
            *leads += 1;
            return None;
        }
        let subject = subject();
        self.refused.insert(reason.to_owned(), (1, subject.clone()));
        Some(subject)
    }

    fn count(&mut self, run: &Run) {
        for entry in &run.log {
            let counts = self.actions.entry(entry.step.clone()).or_insert_with(|| none(&entry.step, ""));
            match entry.outcome {
                Outcome::Done => counts.done += 1,
                Outcome::Skipped(reason) => *counts.skipped.entry(reason.as_str().to_owned()).or_default() += 1,
                Outcome::Waited
                | Outcome::Happened
                | Outcome::TimedOut
                | Outcome::Then
                | Outcome::Else
                | Outcome::Stopped
                | Outcome::Deferred { .. } => {}
            }
        }
    }

    fn keep_newest(&mut self) {
        self.examples.sort_by_key(|example| Reverse(example.runs.last().map(|run| run.enrolled_at)));
        self.examples.truncate(MOST_EXAMPLES);
    }

    pub(super) fn answer(mut self, presenter: &Presenter<'_>) -> Result<DryRun, StoreError> {
        self.keep_newest();
        let Tally { workflow, needs: _, is_of_one, leads, enrolled, mut actions, refused, examples } = self;
        let steps = workflow.all_steps().into_iter().filter_map(|(_, step)| match &step.kind {
            StepKind::Act { action, .. } => {
                let counted = actions.remove(&step.id).unwrap_or_else(|| none(&step.id, ""));
                Some(DryRunAction { action: action.as_str().to_owned(), ..counted })
            }
            StepKind::Wait(_)
            | StepKind::WaitUntil(_)
            | StepKind::WaitFor(_)
            | StepKind::Branch { .. }
            | StepKind::Stop => None,
        });
        let actions = steps.collect();
        let refused = refused.into_iter().map(|(reason, (leads, example))| {
            let example = Some(contact(presenter, &example)?);
            Ok(DryRunRefused { reason, leads, example })
        });
        let mut refused: Vec<DryRunRefused> = refused.collect::<Result<_, StoreError>>()?;
        refused.sort_by_key(|refused| Reverse(refused.leads));
        let shown = examples.into_iter().map(|example| shown(presenter, workflow, example));
        Ok(DryRun {
            leads,
            enrolled,
            actions,
            refused,
            examples: shown.collect::<Result<_, _>>()?,
            is_everybody: !is_of_one && leads > 0 && enrolled == leads,
        })
    }
}

fn none(step: &str, action: &str) -> DryRunAction {
    DryRunAction { step: step.to_owned(), action: action.to_owned(), done: 0, skipped: BTreeMap::new() }
}

fn shown(presenter: &Presenter<'_>, workflow: &Workflow, example: Example) -> Result<DryRunLead, StoreError> {
    let Example { subject, runs, refused } = example;
    let contact = contact(presenter, &subject)?;
    let is_never = runs.is_empty() && refused.is_empty();
    let reasons = refused.into_iter().map(|refusal| (refusal.reason.as_str().to_owned(), Some(refusal.at)));
    let never = is_never.then(|| (NEVER.to_owned(), None));
    Ok(DryRunLead {
        runs: runs.iter().map(|run| would_be(contact.clone(), run, workflow)).collect(),
        refused: reasons.chain(never).collect(),
        is_unnamed: matches!(subject, Subject::Browser(_)),
        contact,
    })
}

fn contact(presenter: &Presenter<'_>, subject: &Subject) -> Result<ContactRef, StoreError> {
    match subject {
        Subject::Lead(lead) => presenter.contact_ref(lead),
        Subject::Browser(visitor) => Ok(ContactRef {
            // Of no contact: the browser has none.
            id: LeadId::new(*visitor.as_bytes()),
            email: String::new(),
            display_name: visitor.label(),
            phone: String::new(),
        }),
    }
}
