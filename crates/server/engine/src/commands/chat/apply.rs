//! Applies the decisions of a chat flow: stores them and sends their notifications.

use super::flow::{ChatFlow, Routed, Write};
use crate::commands::alerts::{self, Alert};
use crate::commands::crm_change::{Cause, changed};
use crate::commands::fold::Touched;
use crate::commands::meeting_status;
use crate::commands::outbox::{self, LastSent};
use crate::notice::Notice;
use knock_model::{LeadId, Millis, RepId};
use knock_ports::{Lead, Ledger, StoreError, Subject};
use knock_status::chat::{ChatStatus, Derived};

impl ChatFlow {
    /// Stores the decisions, and hides or shows the lead.
    pub(in crate::commands) fn apply(
        mut self,
        ledger: &mut dyn Ledger,
        notices: &mut Vec<Notice>,
    ) -> Result<Derived, StoreError> {
        let is_settled = self.writes.iter().any(|write| matches!(write, Write::Status { .. }));
        for write in std::mem::take(&mut self.writes) {
            match write {
                Write::Fact(fact) => ledger.append_chat_fact(self.lead, &fact)?,
                Write::Type(decided) => ledger.append_type(&decided)?,
                Write::Decision(routed) => {
                    ledger.append_decision(&routed.decided)?;
                    self.notify_of_decision(ledger, &routed, notices)?;
                }
                Write::Status { previous, derived } => {
                    if previous.intent_type != self.intent_type() {
                        notices.extend(self.account().map(Notice::Account));
                    }
                    self.sync(ledger, &previous, &derived, notices)?;
                    self.notify_of_change(ledger, previous, &derived, notices)?;
                }
            }
        }
        let derived = self.derived().clone();
        if is_settled {
            self.keep(ledger, &derived, notices)?;
            self.notify_members(ledger, &derived, notices)?;
        }
        let is_shown_so = |lead: &Lead| lead.is_spam == derived.is_spam;
        if ledger.lead(self.lead)?.as_ref().is_some_and(|lead| !is_shown_so(lead)) {
            meeting_status::show(ledger, self.lead, self.now, notices)?;
        }
        Ok(derived)
    }

    /// Enqueues a write of the lead to the CRM if the written values of the chat changed.
    fn sync(
        &self,
        ledger: &mut dyn Ledger,
        previous: &LastSent,
        derived: &Derived,
        notices: &mut Vec<Notice>,
    ) -> Result<(), StoreError> {
        let cause = if previous.intent_type != self.intent_type() { Cause::Type } else { Cause::Chat };
        let is_same_status = previous.status.as_deref() == derived.status.map(ChatStatus::as_str);
        if cause == Cause::Chat && is_same_status && self.fields_before() == derived.fields {
            return Ok(());
        }
        changed(ledger, self.lead, cause, self.now, notices)
    }

    /// Stores the summary for lists and the timer for the clock worker.
    fn keep(
        &mut self,
        ledger: &mut dyn Ledger,
        derived: &Derived,
        notices: &mut Vec<Notice>,
    ) -> Result<(), StoreError> {
        let Some(summary) = self.summary(derived) else { return Ok(()) };
        ledger.save_chat_summary(&summary)?;
        let due = [self.routing_due(), self.away_due()].into_iter().flatten().map(|(due, _)| due);
        let by_itself = derived.next_change_at.into_iter().chain(derived.next_folder_at);
        let next = by_itself.chain(due).min();
        ledger.set_timer(Subject::ChatStatus(self.lead), next)?;
        notices.extend([Notice::Chat(self.lead), Notice::Timer]);
        Ok(())
    }

    /// Notifies members of a wait that began or changed, and sets the timer for the next notification of it.
    fn notify_members(
        &self,
        ledger: &mut dyn Ledger,
        derived: &Derived,
        notices: &mut Vec<Notice>,
    ) -> Result<(), StoreError> {
        let ((before, has_written), after) = (self.wait_before(), self.wait(derived));
        if before != after {
            alerts::set_wait_timer(ledger, self.lead, after.as_ref(), self.now)?;
        }
        let responding = derived.fields.responding_rep.as_deref().and_then(|rep| RepId::parse(rep).ok());
        match Alert::of(before.as_ref(), after.as_ref(), has_written, responding) {
            Some(alert) => alerts::push_alert(ledger, self.lead, alert, self.now, notices),
            None => Ok(()),
        }
    }

    fn notify_of_change(
        &self,
        ledger: &mut dyn Ledger,
        previous: LastSent,
        derived: &Derived,
        notices: &mut Vec<Notice>,
    ) -> Result<(), StoreError> {
        let (lead, intent_type, why) = (self.lead, self.intent_type(), self.types.last().map(|decided| decided.why));
        let change = outbox::IntentTypeChange { lead, previous: previous.intent_type, intent_type, why };
        outbox::type_changed(ledger, &change, self.now, notices)?;
        let change = outbox::StatusChange { lead, previous: previous.status, derived, intent_type };
        outbox::status_changed(ledger, change, self.now, notices)
    }

    fn notify_of_decision(
        &self,
        ledger: &mut dyn Ledger,
        routed: &Routed,
        notices: &mut Vec<Notice>,
    ) -> Result<(), StoreError> {
        let Routed { decided, conversation, to, previous } = routed;
        let Some(to) = to else { return Ok(()) };
        let (lead, at, decision, previous) = (decided.lead, decided.at, Some(&decided.decision), previous.as_ref());
        let assignment = outbox::Assignment { lead, conversation: *conversation, at, decision, to, previous };
        outbox::chat_assigned(ledger, &assignment, self.now, notices)?;
        match alerts::notified_owner(&decided.decision) {
            Some(owner) => alerts::push_alert(ledger, lead, Alert::Owned(owner), self.now, notices),
            None => Ok(()),
        }
    }
}

/// Brings the chats of leads into whom another record was merged up to `now`.
pub(in crate::commands) fn settle_merged(
    ledger: &mut dyn Ledger,
    touched: &Touched,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    for (lead, last_sent) in touched.merges() {
        settle_after(ledger, lead, last_sent.clone(), now, notices)?;
        if !ledger.meeting_facts(lead)?.is_empty() {
            meeting_status::settle(ledger, lead, now, notices)?;
            meeting_status::set_reminder_timer(ledger, lead, now, notices)?;
        }
        changed(ledger, lead, Cause::Merged, now, notices)?;
        let wait = ledger.wait_of(lead)?;
        alerts::set_wait_timer(ledger, lead, wait.as_ref(), now)?;
        crate::commands::mail::set_timer(ledger, lead, notices)?;
    }
    Ok(())
}

/// Brings the chat of a lead up to `now`.
pub(in crate::commands) fn settle(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<Derived, StoreError> {
    let mut flow = ChatFlow::load(ledger, lead, now)?;
    flow.settle();
    flow.apply(ledger, notices)
}

/// Brings the chat of a lead up to `now`, with `last_sent` as the last sent state.
fn settle_after(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    last_sent: LastSent,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<Derived, StoreError> {
    let mut flow = ChatFlow::load(ledger, lead, now)?;
    flow.last_sent = last_sent;
    flow.settle();
    flow.apply(ledger, notices)
}

/// Stores the state derived from the facts of a chat, and sends no notifications.
pub(crate) fn rebuild(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<Derived, StoreError> {
    let mut flow = ChatFlow::load(ledger, lead, now)?;
    let derived = flow.derived().clone();
    flow.keep(ledger, &derived, notices)?;
    alerts::set_wait_timer(ledger, lead, flow.wait(&derived).as_ref(), now)?;
    Ok(derived)
}
