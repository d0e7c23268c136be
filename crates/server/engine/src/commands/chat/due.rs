//! Timers of a chat: the answer to the agent's question, and a lead who waits, also for the answer to a form.

use super::agent::say_away;
use super::basis::RoutingBasis;
use super::flow::ChatFlow;
use super::queue::route_queued;
use super::route::ChatToRoute;
use crate::changes::Changes;
use crate::happened::Happened;
use knock_intent::Question;
use knock_model::{LeadId, Millis, SignalId};
use knock_ports::{Ledger, StoreError, Subject, View};
use knock_routing::Note;
use knock_status::Fact;
use knock_status::chat::{Assignee, ChatStatus, Event};

/// The time for which routing waits for the answer to the agent's question.
const ANSWER_WAIT: Millis = Millis(2 * Millis::MINUTE.0);
/// The time for a rep's answer, after which the agent says that they cannot answer right now (R6).
const REP_WAIT: Millis = Millis(2 * Millis::MINUTE.0);
/// The latest time for that message, after an outage or an upgrade: a lead who wrote longer ago has left.
const LATEST: Millis = Millis(60 * Millis::MINUTE.0);

impl ChatFlow {
    /// The instant at which the chat is routed without an answer to the agent's question, and the id of the message
    /// with the question; none if no answer is awaited.
    pub(in crate::commands) fn routing_due(&mut self) -> Option<(Millis, SignalId)> {
        let fields = &self.derived().fields;
        let has_somebody = fields.rep_owner.is_some() || fields.responding_rep.is_some();
        let is_over = self.derived().is_spam || self.derived().status == Some(ChatStatus::Rejected);
        if has_somebody || is_over {
            return None;
        }
        let asked = self.types.iter().rev().find(|decided| decided.question == Question::Asked)?;
        let is_decided = self.decided.as_ref().is_some_and(|decided| decided.at >= asked.at);
        (!is_decided).then_some((asked.at + ANSWER_WAIT, asked.id))
    }

    /// Whether the rep was away or outside working hours when the chat was assigned.
    pub(super) fn is_rep_absent(&self) -> bool {
        let notes = self.decided.as_ref().map_or(&[][..], |decided| &decided.decision.notes);
        notes.iter().any(|note| matches!(note, Note::RepAway | Note::RepOffHours))
    }

    /// The instant at which the agent says that the rep cannot answer right now, at once if they are away, and the id
    /// of that message; none if it was sent, if no rep is awaited, and an hour later.
    pub(super) fn away_due(&mut self) -> Option<(Millis, SignalId)> {
        let derived = self.derived();
        let is_over = matches!(
            derived.status,
            None | Some(ChatStatus::Spam | ChatStatus::Rejected | ChatStatus::Qualified | ChatStatus::Closed)
        );
        let is_waiting = derived.waiting_since.is_some() && derived.fields.standing_rep().is_some();
        if is_over || derived.is_spam || !is_waiting || self.has_human() {
            return None;
        }
        let is_to_rep = |fact: &&Fact<SignalId, Event>| matches!(fact.what, Event::Assigned(Assignee::Rep(_)));
        let assigned = self.facts.iter().filter(is_to_rep).max_by_key(|fact| fact.effective_at())?;
        let id = away_id(assigned.id);
        let is_said = self.facts.iter().any(|fact| fact.id == id);
        let wait = if self.is_rep_absent() { Millis(0) } else { REP_WAIT };
        let due = assigned.effective_at() + wait;
        (!is_said && self.now < due + LATEST).then_some((due, id))
    }

    /// The instant from which a form counts as unanswered by the rep who has its lead: two minutes after it, or after the
    /// assignment, as for a chat (R6). None if no rep is awaited, or the lead waits since a message.
    pub(super) fn form_answer_due(&mut self) -> Option<Millis> {
        let derived = self.derived();
        let since = derived.waiting_since.filter(|_| derived.fields.standing_rep().is_some())?;
        let is_form = |fact: &&Fact<SignalId, Event>| matches!(fact.what, Event::FormSent { .. });
        let mut forms = self.facts.iter().filter(is_form);
        forms.any(|form| form.effective_at() == since).then_some(())?;
        let is_to_rep = |fact: &&Fact<SignalId, Event>| matches!(fact.what, Event::Assigned(Assignee::Rep(_)));
        let assigned = self.facts.iter().filter(is_to_rep).map(Fact::effective_at).max();
        Some(assigned.map_or(since, |assigned| assigned.max(since)) + REP_WAIT)
    }
}

/// Whether a lead waits for the answer of a rep to a form for too long already.
///
/// # Errors
/// When the database fails.
pub fn is_form_unanswered(view: &dyn View, lead: LeadId, now: Millis) -> Result<bool, StoreError> {
    Ok(ChatFlow::load(view, lead, now)?.form_answer_due().is_some_and(|due| due <= now))
}

/// Brings the chat of a lead up to `now` for a timer: routes it after the wait for an answer, or again if no one
/// could take it before, adds the agent's message that the rep cannot answer right now after the wait for a reply, and says
/// that a form was not answered in that time.
pub(in crate::commands) fn settle_due(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let mut flow = ChatFlow::load(ledger, lead, now)?;
    let waited = ledger.chat_summary(lead)?.is_some_and(|chat| chat.waiting_since.is_some());
    let newest = ledger.conversations_of_lead(lead)?.into_iter().next();
    let conversation = newest.as_ref().map(|newest| newest.id);
    if let Some(conversation) = newest {
        if let Some((_, asked)) = flow.routing_due().filter(|(due, _)| *due <= now) {
            let basis = RoutingBasis::load(ledger, &conversation, now)?;
            let id = follow_up(asked);
            flow.route(&basis, &ChatToRoute { standing: None, is_again: false, needs_human: false, id })?;
        }
        route_queued(ledger, &mut flow, &conversation)?;
        if let Some(due) = flow.away_due().filter(|(due, _)| *due <= now) {
            say_away(ledger, &mut flow, &conversation, due, changes)?;
        }
        if flow.form_answer_due().is_some_and(|due| due <= now) {
            changes.happened(now, Happened::FormUnanswered { lead, conversation: conversation.id });
        }
    }
    flow.settle();
    if flow.derived().folder.is_none() {
        ledger.set_timer(Subject::ChatStatus(lead), None)?;
    }
    let waits = flow.apply(ledger, changes)?.waiting_since.is_some();
    if let Some(conversation) = conversation.filter(|_| waits && !waited) {
        // A snooze has ended: no status says it.
        changes.happened(now, Happened::ChatNoted { lead, conversation });
    }
    Ok(())
}

/// Returns the id of the assignment after a question without an answer: the same on every server, and unique.
fn follow_up(asked: SignalId) -> SignalId {
    with_tail(asked, 0xff)
}

/// Returns the id of the agent's message after an assignment without a reply.
fn away_id(assigned: SignalId) -> SignalId {
    with_tail(assigned, 0x5a)
}

/// Returns another id of the same instant and version.
fn with_tail(id: SignalId, turned: u8) -> SignalId {
    let mut id = *id.as_bytes();
    id.iter_mut().skip(9).for_each(|byte| *byte ^= turned);
    SignalId::from_bytes(id)
}
