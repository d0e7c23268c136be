//! Chat Status from facts, and what lists need of it.

use super::fold::Touched;
use crate::notice::Notice;
use knock_model::{IntentType, LeadId, Millis};
use knock_ports::{ChatSummary, Ledger, StoreError, Subject};
use knock_status::Fact;
use knock_status::chat::{Derived, derive};

/// Derives the status of a lead's chat at `now` and keeps what lists and the clock worker need of it.
pub(super) fn settle(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<Derived, StoreError> {
    let facts = ledger.chat_facts(lead)?;
    let derived = derive(&facts, now);
    let known = ledger.chat_summary(lead)?;
    let Some(status) = derived.status else { return Ok(derived) };
    let summary = ChatSummary {
        lead,
        status: status.as_str().to_owned(),
        is_spam: derived.is_spam,
        intent_type: known.as_ref().map_or(IntentType::Unknown, |known| known.intent_type),
        active_at: facts.iter().map(Fact::effective_at).max().unwrap_or(now),
    };
    ledger.save_chat_summary(&summary)?;
    ledger.set_timer(Subject::ChatStatus(lead), derived.next_change_at)?;
    if known.is_some_and(|known| known.is_spam) != derived.is_spam {
        hide(ledger, lead, derived.is_spam, now, notices)?;
    }
    notices.push(Notice::Chat(lead));
    notices.push(Notice::Timer);
    Ok(derived)
}

/// Marked as spam, a lead is out of every view and count, and so is what it adds to its company (MS-08).
fn hide(
    ledger: &mut dyn Ledger,
    id: LeadId,
    is_spam: bool,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let Some(mut lead) = ledger.lead(id)? else { return Ok(()) };
    lead.is_spam = is_spam;
    ledger.save_lead(&lead)?;
    let mut touched = Touched::default();
    touched.refold(id);
    super::fold::fold(ledger, &touched, now, notices)
}

/// Sets the final type of a lead (IF-03).
pub(super) fn set_type(ledger: &mut dyn Ledger, lead: LeadId, kind: IntentType) -> Result<(), StoreError> {
    if let Some(summary) = ledger.chat_summary(lead)? {
        ledger.save_chat_summary(&ChatSummary { intent_type: kind, ..summary })?;
    }
    Ok(())
}
