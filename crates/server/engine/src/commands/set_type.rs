//! The intent type of a lead, set by a member.

use super::chat::ChatFlow;
use super::lead_action::note_of;
use crate::audited::{Change, Note};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_intent::{Question, TypeWhy};
use knock_model::{AuditAction, ConversationId, IntentType, Millis, SignalId};
use knock_ports::{Ledger, PrefetchHint, StoreError, TypeDecided};
use serde_json::json;

/// Sets the intent type of the lead of a conversation; no message changes it any more (IF-03).
#[derive(Clone, Copy, Debug)]
pub struct SetType {
    pub conversation: ConversationId,
    /// An id for the fact: what is set under it once is not set again.
    pub id: SignalId,
    pub kind: IntentType,
    pub now: Millis,
}

impl Change for SetType {
    /// Whether there is such a conversation.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok((false, None)) };
        let mut flow = ChatFlow::load(ledger, conversation.lead, self.now)?;
        if flow.has_type(self.id) {
            // An earlier request did it.
            return Ok((true, None));
        }
        let before = flow.intent_type();
        flow.set_type(TypeDecided {
            id: self.id,
            lead: conversation.lead,
            at: self.now,
            kind: self.kind,
            margin: 0.0,
            why: TypeWhy::SetByRep,
            question: Question::Off,
        });
        flow.settle();
        flow.apply(ledger, changes)?;
        changes.push(Notice::Lead(conversation.lead));
        let note = note_of(ledger, AuditAction::LeadTypeSet, &conversation)?;
        Ok((true, Some(note.changed(json!({"type": before.as_str()}), json!({"type": self.kind.as_str()})))))
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        Some(PrefetchHint::Chat { conversation: self.conversation, signals: [self.id; 2], at: self.now })
    }
}
