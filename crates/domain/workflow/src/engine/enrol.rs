//! Enrolment (WF-E3, WF-E5).

use super::steps::Position;
use super::{Change, Engine};
use crate::definition::{Again, Cursor, Version};
use crate::event::{Event, Standing};
use crate::lead::Applied;
use crate::reason::{Refusal, RefusalReason};
use crate::run::{Run, RunState, Waiting};
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::Millis;

impl<'w> Engine<'w> {
    /// Tries each workflow that the event triggers, in their order.
    pub(super) fn enrol_by(&mut self, applied: &Applied<'_>) {
        for place in 0..self.versions.current.len() {
            let version = self.versions.current[place];
            // Signals from before the workflow was switched on count too (WF-T2).
            if version.workflow.trigger.fires(applied, &self.state.lead, 0) {
                match self.refusal(version, applied.event) {
                    Some(reason) => self.refuse(version, applied.event, reason),
                    None => self.begin(version, applied.event),
                }
            }
        }
    }

    /// The first reason against an enrolment.
    fn refusal(&self, version: Version<'w>, event: &Event) -> Option<RefusalReason> {
        let (workflow, lead, now) = (version.workflow, &self.state.lead, event.received_at);
        let last = self.state.runs.iter().rev().find(|run| run.workflow == workflow.id);
        let is_too_soon = |span: Millis| last.is_some_and(|run| now - run.enrolled_at < span);
        let (is_already, is_too_soon) = match workflow.again {
            Again::Once => (last.is_some(), false),
            Again::Always => (false, false),
            Again::AfterMs(span) => (false, is_too_soon(span)),
        };
        let reasons = [
            (RefusalReason::Disabled, !workflow.enabled),
            (RefusalReason::Stale, event.is_stale()),
            (RefusalReason::Spam, lead.standing == Standing::Spam),
            (RefusalReason::Rejected, lead.standing == Standing::Rejected && !workflow.trigger.is_of_rejected()),
            (RefusalReason::Consent, lead.has_denied()),
            (RefusalReason::Active, last.is_some_and(Run::is_active)),
            (RefusalReason::Already, is_already),
            (RefusalReason::TooSoon, is_too_soon),
            (RefusalReason::Conditions, workflow.when.as_ref().is_some_and(|when| !lead.matches(when, now))),
        ];
        reasons.into_iter().find(|(_, applies)| *applies).map(|(reason, _)| reason)
    }

    fn refuse(&mut self, version: Version<'w>, event: &Event, reason: RefusalReason) {
        self.changes.push(Change::Refused(Refusal {
            workflow: version.workflow.id.clone(),
            version: version.number,
            event: event.id.clone(),
            at: event.received_at,
            reason,
        }));
    }

    fn begin(&mut self, version: Version<'w>, event: &Event) {
        let (workflow, now) = (version.workflow, event.received_at);
        let of_workflow = self.state.runs.iter().filter(|run| run.workflow == workflow.id);
        let run = Run {
            workflow: workflow.id.clone(),
            version: version.number,
            number: 1 + of_workflow.map(|run| run.number).max().unwrap_or(0),
            cause: event.id.clone(),
            enrolled_at: now,
            enrolled_by: event.number,
            // Until it goes to its first step.
            state: RunState::Active(Waiting { step: String::new(), entered_at: now, due_at: now, after: event.number }),
            log: Vec::new(),
        };
        self.changes.push(Change::Enrolled(run.clone()));
        self.state.runs.push(run);
        let cursor = Cursor::start(&workflow.steps);
        self.go(self.state.runs.len() - 1, Position { cursor, entered: now, now });
    }
}
