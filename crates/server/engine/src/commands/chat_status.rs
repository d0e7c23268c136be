//! Chat Status from facts, and what lists need of it.

use super::fold::Touched;
use super::outbox;
use crate::notice::Notice;
use knock_model::{IntentType, LeadId, Millis};
use knock_ports::{ChatSummary, Lead, Ledger, StoreError, Subject};
use knock_status::Fact;
use knock_status::chat::{Derived, derive};

/// Derives the status of a lead's chat at `now`, keeps what lists and the clock worker need of it, tells those outside
/// who want to know, and hides or shows the lead.
pub(super) fn settle(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<Derived, StoreError> {
    let before = told(ledger, lead)?;
    settle_after(ledger, lead, before, now, notices)
}

/// What others were told of a lead's chat: the status it had before.
pub(super) fn told(ledger: &mut dyn Ledger, lead: LeadId) -> Result<Option<String>, StoreError> {
    Ok(ledger.chat_summary(lead)?.map(|summary| summary.status))
}

/// The same as [`settle`], where others were told `before`.
pub(super) fn settle_after(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    before: Option<String>,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<Derived, StoreError> {
    let derived = keep(ledger, lead, now, notices)?;
    outbox::status_changed(ledger, lead, before, &derived, now, notices)?;
    if let Some(lead) = ledger.lead(lead)?.filter(|lead| lead.is_spam != derived.is_spam) {
        hide(ledger, lead, derived.is_spam, now, notices)?;
    }
    Ok(derived)
}

/// Derives the status of a lead's chat at `now` and keeps what lists and the clock worker need of it.
pub(super) fn keep(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<Derived, StoreError> {
    let facts = ledger.chat_facts(lead)?;
    // A command that waited its turn must not forget what was recorded meanwhile.
    let now = facts.iter().map(|fact| fact.received_at).fold(now, Ord::max);
    let derived = derive(&facts, now);
    let Some(status) = derived.status else { return Ok(derived) };
    let intent_type = type_of(ledger, lead)?;
    ledger.save_chat_summary(&ChatSummary {
        lead,
        status: status.as_str().to_owned(),
        is_spam: derived.is_spam,
        intent_type,
        active_at: facts.iter().map(Fact::effective_at).max().unwrap_or(now),
    })?;
    ledger.set_timer(Subject::ChatStatus(lead), derived.next_change_at)?;
    notices.push(Notice::Chat(lead));
    notices.push(Notice::Timer);
    Ok(derived)
}

/// The type decided last (IF-03).
pub(super) fn type_of(ledger: &mut dyn Ledger, lead: LeadId) -> Result<IntentType, StoreError> {
    Ok(ledger.type_decisions(lead)?.last().map_or(IntentType::Unknown, |decided| decided.kind))
}

/// Marked as spam, a lead is out of every view and count, and so is what it adds to its company (MS-08).
fn hide(
    ledger: &mut dyn Ledger,
    mut lead: Lead,
    is_spam: bool,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    lead.is_spam = is_spam;
    ledger.save_lead(&lead)?;
    let mut touched = Touched::default();
    touched.refold(lead.id);
    if !is_spam {
        // Nobody was told of them meanwhile.
        touched.introduced(lead.id);
    }
    super::fold::fold(ledger, &touched, now, notices)
}
