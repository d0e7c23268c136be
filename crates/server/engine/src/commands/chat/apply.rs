//! Applies the decisions of a chat flow: stores them, and says what happened.

use super::flow::{ChatFlow, Routed, Write, is_reps};
use crate::changes::Changes;
use crate::commands::fold::Touched;
use crate::commands::meeting_status;
use crate::happened::{Assigned, ChatSettled, Happened, LastSent, Waited};
use crate::notice::Notice;
use knock_model::{LeadId, Millis, RepId};
use knock_ports::{ChatFact, Lead, Ledger, StoreError, Subject};
use knock_status::chat::{ChatStatus, Derived, Event, RepOwner};

impl ChatFlow {
    /// Stores the decisions, and hides or shows the lead.
    pub(in crate::commands) fn apply(
        mut self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<Derived, StoreError> {
        let is_settled = self.writes.iter().any(|write| matches!(write, Write::Status { .. }));
        for write in std::mem::take(&mut self.writes) {
            match write {
                Write::Fact(fact) => ledger.append_chat_fact(self.lead, &fact)?,
                Write::Type(decided) => ledger.append_type(&decided)?,
                Write::Decision(routed) => {
                    ledger.append_decision(&routed.decided)?;
                    self.tell_of_decision(*routed, changes);
                }
                Write::Status { previous, derived } => {
                    if previous.intent_type != self.intent_type() {
                        changes.extend(self.account().map(Notice::Account));
                    }
                    self.tell_of_change(previous, *derived, changes);
                }
            }
        }
        let derived = self.derived().clone();
        if is_settled {
            self.keep(ledger, &derived, changes)?;
            self.tell_of_progress(changes);
            self.tell_of_wait(&derived, changes);
            self.tell_of_waking(&derived, changes);
        }
        let is_shown_so = |lead: &Lead| lead.is_spam == derived.is_spam;
        if ledger.lead(self.lead)?.as_ref().is_some_and(|lead| !is_shown_so(lead)) {
            meeting_status::show(ledger, self.lead, self.now, changes)?;
        }
        Ok(derived)
    }

    /// Says that the state of the chat changed, if it did.
    fn tell_of_change(&self, previous: LastSent, derived: Derived, changes: &mut Changes) {
        let (lead, intent_type) = (self.lead, self.intent_type());
        let is_same_status = previous.status.as_deref() == derived.status.map(ChatStatus::as_str);
        let is_same = previous.intent_type == intent_type && is_same_status;
        if is_same && self.fields_before() == derived.fields {
            return;
        }
        changes.push(Notice::Lead(lead));
        let why = self.types.last().map(|decided| decided.why);
        let settled = ChatSettled { lead, previous, derived, intent_type, why };
        changes.happened(self.now, Happened::ChatSettled(Box::new(settled)));
    }

    /// Stores the summary for lists and the timer for the clock worker.
    fn keep(&mut self, ledger: &mut dyn Ledger, derived: &Derived, changes: &mut Changes) -> Result<(), StoreError> {
        let Some(summary) = self.summary(derived) else { return Ok(()) };
        ledger.save_chat_summary(&summary)?;
        let due = [self.routing_due(), self.away_due()].into_iter().flatten().map(|(due, _)| due);
        let unanswered = self.form_answer_due().filter(|due| *due > self.now);
        let due = due.chain(self.queue_due(ledger)?).chain(unanswered);
        let by_itself = derived.next_change_at.into_iter().chain(derived.next_folder_at);
        let next = by_itself.chain(due).min();
        ledger.set_timer(Subject::ChatStatus(self.lead), next)?;
        changes.extend([Notice::Chat(self.lead), Notice::Timer]);
        Ok(())
    }

    /// Says that the row of the contact changed, where neither status nor fields did, and that a first deal was opened.
    fn tell_of_progress(&self, changes: &mut Changes) {
        let (before, new) = self.facts.split_at(self.known);
        let has_deal = |facts: &[ChatFact]| facts.iter().any(|fact| fact.what == Event::DealOpened);
        if has_deal(new) && !has_deal(before) {
            changes.happened(self.now, Happened::DealOpened { lead: self.lead });
        }
        let is_shown = |what: &Event| is_reps(what) || *what == Event::DealOpened;
        if self.facts[self.known..].iter().any(|fact| is_shown(&fact.what)) {
            changes.push(Notice::Lead(self.lead));
        }
    }

    /// Says how the lead's wait for an answer went on.
    fn tell_of_wait(&self, derived: &Derived, changes: &mut Changes) {
        let ((before, has_written), after) = (self.wait_before(), self.wait(derived));
        // No one was notified of a wait while it was snoozed, however late the end of the snooze is noticed.
        let before = before.filter(|_| !self.was_snoozed || derived.woken().is_some());
        let responding = derived.fields.responding_rep.as_deref().and_then(|rep| RepId::parse(rep).ok());
        let decided = self.decided.as_ref().filter(|_| before != after);
        let decision = decided.map(|decided| decided.decision.clone());
        let waited = Waited { lead: self.lead, before, after, has_written, responding, decision };
        changes.happened(self.now, Happened::Waited(Box::new(waited)));
    }

    /// Says that a snooze has ended.
    fn tell_of_waking(&self, derived: &Derived, changes: &mut Changes) {
        let Some((_, by)) = derived.woken().filter(|_| self.was_snoozed) else { return };
        let by = by.and_then(|by| RepId::parse(by).ok());
        let member = by.or_else(|| derived.fields.standing_rep().and_then(|rep| RepId::parse(rep).ok()));
        changes.happened(self.now, Happened::SnoozeEnded { lead: self.lead, member });
    }

    fn tell_of_decision(&self, routed: Routed, changes: &mut Changes) {
        let Routed { decided, conversation, to, previous } = routed;
        let Some(to) = to else {
            // The former owner has a place again, also for this lead.
            if matches!(previous, Some(RepOwner::Rep(_))) {
                changes.happened(self.now, Happened::TeamChanged);
            }
            return;
        };
        let (lead, at, decision) = (decided.lead, decided.at, Some(decided.decision));
        let assigned = Assigned { lead, conversation, at, decision, to, previous };
        changes.happened(self.now, Happened::Assigned(Box::new(assigned)));
    }
}

/// Brings the chats of leads into whom another record was merged up to `now`.
pub(in crate::commands) fn settle_merged(
    ledger: &mut dyn Ledger,
    touched: &Touched,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    for (lead, last_sent) in touched.merges() {
        settle_after(ledger, lead, last_sent.chat.clone(), now, changes)?;
        if !ledger.meeting_facts(lead)?.is_empty() {
            meeting_status::settle_after(ledger, lead, last_sent.meeting.clone(), now, changes)?;
            meeting_status::set_reminder_timer(ledger, lead, now, changes)?;
        }
        changes.happened(now, Happened::Merged { lead });
    }
    Ok(())
}

/// Brings the chat of a lead up to `now`.
pub(in crate::commands) fn settle(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<Derived, StoreError> {
    let mut flow = ChatFlow::load(ledger, lead, now)?;
    flow.settle();
    flow.apply(ledger, changes)
}

/// Brings the chat of a lead up to `now`, with `last_sent` as the last sent state.
fn settle_after(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    last_sent: LastSent,
    now: Millis,
    changes: &mut Changes,
) -> Result<Derived, StoreError> {
    let mut flow = ChatFlow::load(ledger, lead, now)?;
    flow.last_sent = last_sent;
    flow.settle();
    flow.apply(ledger, changes)
}

/// Stores the state derived from the facts of a chat, and sends no notifications.
pub(crate) fn rebuild(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<Derived, StoreError> {
    let mut flow = ChatFlow::load(ledger, lead, now)?;
    let derived = flow.derived().clone();
    flow.keep(ledger, &derived, changes)?;
    changes.happened(now, Happened::Rederived { lead });
    Ok(derived)
}
