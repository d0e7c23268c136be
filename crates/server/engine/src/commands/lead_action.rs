//! Actions of a rep on a lead: reject, mark as spam, note a deal; and their reversal.

use super::chat::{ChatFlow, ChatToRoute, RoutingBasis, route_reopened};
use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::happened::Happened;
use knock_model::{AuditAction, ConversationId, Millis, SignalId};
use knock_ports::{Conversation, Ledger, PrefetchHint, StoreError, View};
use knock_status::chat::{ChatStatus, Event};
use serde_json::json;

/// An action of a rep on the lead of a conversation.
#[derive(Clone, Debug)]
pub struct ActOnLead {
    pub conversation: ConversationId,
    /// An id for the fact: what is done under it once is not done again.
    pub id: SignalId,
    pub what: Event,
    /// An id for an assignment that may follow from it.
    pub follow_up: SignalId,
    pub now: Millis,
}

impl Change for ActOnLead {
    /// Whether there is such a conversation.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok((false, None)) };
        let mut flow = ChatFlow::load(ledger, conversation.lead, self.now)?;
        if flow.has(self.id) {
            // An earlier request did it.
            return Ok((true, None));
        }
        let before = flow.derived().status;
        flow.add(self.id, self.what.clone());
        let derived = flow.settle();
        let (is_spam, is_routed) = (derived.is_spam, derived.fields.rep_owner.is_some());
        // A lead taken for spam was never assigned; after the correction the chat is routed (RR-03).
        if self.what == Event::SpamReversed && !is_spam && !is_routed && flow.lead_messages() > 0 {
            let basis = RoutingBasis::load(ledger, &conversation, self.now)?;
            flow.route(
                &basis,
                &ChatToRoute { standing: None, is_again: false, needs_human: false, id: self.follow_up },
            )?;
            flow.settle();
        }
        route_reopened(ledger, &mut flow, &conversation)?;
        flow.settle();
        let after = flow.derived().status;
        let has_rep = flow.derived().fields.standing_rep().is_some();
        flow.apply(ledger, changes)?;
        if before == after {
            // No status says it: a chat that is done or snoozed waits no more, and a lead by form has no status at all.
            changes.happened(self.now, Happened::ChatNoted { lead: conversation.lead, conversation: conversation.id });
        }
        if has_rep && matches!(self.what, Event::Done { .. }) {
            // It counts no longer for the capacity of its rep.
            changes.happened(self.now, Happened::TeamChanged);
        }
        let Some((action, reason)) = audited(&self.what) else { return Ok((true, None)) };
        let note = note_of(ledger, action, &conversation)?;
        let [before, after] = [before, after].map(|status| status.map_or("", ChatStatus::as_str));
        let note = note.changed(json!({"status": before}), json!({"status": after, "reason": reason}));
        Ok((true, Some(note)))
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        Some(PrefetchHint::Chat { conversation: self.conversation, signals: [self.id; 2], at: self.now })
    }
}

/// The action for the audit log, with its reason; none for events that are not actions of members.
fn audited(what: &Event) -> Option<(AuditAction, Option<&str>)> {
    match what {
        Event::Rejected { reason, .. } => Some((AuditAction::LeadRejected, reason.as_deref())),
        Event::RejectionReversed => Some((AuditAction::LeadRejectionReversed, None)),
        Event::SpamDetected => Some((AuditAction::LeadMarkedSpam, None)),
        Event::SpamReversed => Some((AuditAction::LeadUnmarkedSpam, None)),
        Event::DealOpened => Some((AuditAction::LeadDealOpened, None)),
        Event::LinkClicked
        | Event::ChatActivity
        | Event::LeadMessage { .. }
        | Event::AiMessage
        | Event::Assigned(_)
        | Event::Queued
        | Event::RepMessage { .. }
        | Event::Invited { .. }
        | Event::NudgeFollowed { .. }
        | Event::FormSent { .. }
        | Event::Done { .. }
        | Event::Snoozed { .. }
        | Event::Reopened { .. } => None,
    }
}

/// Returns the audit note of an action in a conversation, named by the address of its lead.
pub(super) fn note_of(view: &dyn View, action: AuditAction, of: &Conversation) -> Result<Note, StoreError> {
    let email = view.lead(of.lead)?.and_then(|lead| lead.email);
    let name = email.map(|email| email.to_text()).unwrap_or_default();
    Ok(Note::new(action, subject("conversation", of.id.to_string(), name)).about(of.lead))
}
