//! Events of a chat: assignments, statuses, and what was said about the lead and the work.

use super::{beside, event, first_words, numbered};
use crate::present::Presenter;
use knock_model::{AI_AGENT, AuditAction, ConversationId, LeadId, TimelineEventKind};
use knock_ports::{ChatFact, StoreError, StoredAudit};
use knock_status::arrange;
use knock_status::chat::{Assignee, Event, Rejecter, derive};
use knock_wire::TimelineEvent;

impl Presenter<'_> {
    /// The events by the facts of a chat; messages are not among them.
    pub(super) fn chat_events(
        &self,
        lead: LeadId,
        newest: Option<ConversationId>,
        log: &[StoredAudit],
    ) -> Result<Vec<TimelineEvent>, StoreError> {
        let facts = self.chat_facts(lead)?;
        let (mut events, mut owner) = (Vec::new(), String::new());
        for fact in arrange(&facts, self.now) {
            let from = owner.clone();
            if let Event::Assigned(assignee) = &fact.what {
                owner = match assignee {
                    Assignee::AiAgent => AI_AGENT.to_owned(),
                    Assignee::Rep(rep) => self.named_rep(rep)?,
                };
            }
            let Some(said) = self.chat_event(lead, fact, log)? else { continue };
            let is_assignment = matches!(fact.what, Event::Assigned(_));
            let (from, to) = if is_assignment { (from, owner.clone()) } else { (String::new(), said.to) };
            events.push(TimelineEvent { from, to, conversation: newest, ..said });
        }
        for (number, entry) in (0..).zip(derive(&facts, self.now).timeline) {
            let event = event(TimelineEventKind::ChatStatus, entry.at, numbered(number));
            events.push(TimelineEvent { to: entry.status.as_str().to_owned(), conversation: newest, ..event });
        }
        Ok(events)
    }

    /// The event of a fact; none for messages, and for what the lead did, which is a signal.
    fn chat_event(
        &self,
        lead: LeadId,
        fact: &ChatFact,
        log: &[StoredAudit],
    ) -> Result<Option<TimelineEvent>, StoreError> {
        let by = |action| self.author(log, action, fact.received_at);
        let member = |by: &Option<String>| self.member_name(by.as_deref());
        let (kind, by) = match &fact.what {
            Event::Assigned(_) => (TimelineEventKind::Assigned, by(AuditAction::ChatAssigned)?),
            Event::Queued => (TimelineEventKind::Queued, String::new()),
            Event::Rejected { by: Rejecter::Ai, .. } => (TimelineEventKind::Rejected, AI_AGENT.to_owned()),
            // Facts of earlier versions do not name the member.
            Event::Rejected { by: Rejecter::Rep, member: None, .. } => {
                (TimelineEventKind::Rejected, by(AuditAction::LeadRejected)?)
            }
            Event::Rejected { by: Rejecter::Rep, member: by, .. } => (TimelineEventKind::Rejected, member(by)?),
            Event::RejectionReversed => (TimelineEventKind::RejectionUndone, by(AuditAction::LeadRejectionReversed)?),
            Event::SpamDetected => (TimelineEventKind::MarkedSpam, by(AuditAction::LeadMarkedSpam)?),
            Event::SpamReversed => (TimelineEventKind::UnmarkedSpam, by(AuditAction::LeadUnmarkedSpam)?),
            Event::DealOpened => (TimelineEventKind::DealOpened, by(AuditAction::LeadDealOpened)?),
            Event::Done { by: None } => (TimelineEventKind::Done, self.ended_by(lead, fact.id)?),
            Event::Done { by } => (TimelineEventKind::Done, member(by)?),
            Event::Snoozed { by, .. } => (TimelineEventKind::Snoozed, member(by)?),
            Event::Reopened { by } => (TimelineEventKind::Reopened, member(by)?),
            Event::LinkClicked
            | Event::ChatActivity
            | Event::LeadMessage { .. }
            | Event::AiMessage
            | Event::RepMessage { .. }
            | Event::Invited { .. }
            | Event::NudgeFollowed { .. }
            | Event::FormSent { .. } => return Ok(None),
        };
        let until = if let Event::Snoozed { until, .. } = fact.what { Some(until) } else { None };
        let event = event(kind, fact.effective_at(), *fact.id.as_bytes());
        Ok(Some(TimelineEvent { by, text: reason(fact, log), until, ..event }))
    }
}

/// The reason of a rejection, in the fact; of an assignment by hand, in the audit log.
fn reason(fact: &ChatFact, log: &[StoredAudit]) -> String {
    let text = match &fact.what {
        Event::Rejected { reason, .. } => reason.as_deref(),
        Event::Assigned(_) => {
            let entry = beside(log, AuditAction::ChatAssigned, fact.received_at);
            entry.and_then(|entry| entry.after.get("reason")).and_then(|reason| reason.as_str())
        }
        _ => None,
    };
    first_words(text.unwrap_or_default())
}
