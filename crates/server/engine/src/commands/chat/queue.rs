//! Chats that wait until somebody can take them, and chats of a member who leaves (7.1, 7.3).

use super::basis::RoutingBasis;
use super::flow::{ChatFlow, is_reps};
use super::route::ChatToRoute;
use super::thread::Thread;
use crate::changes::Changes;
use crate::happened::{Assigned, Happened};
use crate::queue::Awaited;
use knock_model::{Millis, RepId, SignalId};
use knock_ports::{Conversation, Ledger, StoreError, View};
use knock_status::chat::{Assignee, Event, Folder, RepOwner};

impl ChatFlow {
    /// Whether the chat waits until somebody can take it.
    pub(in crate::commands) fn is_queued(&mut self) -> bool {
        let derived = self.derived();
        derived.is_queued && derived.folder == Some(Folder::Open)
    }

    /// Whether a rep had the chat before.
    fn had_rep(&self) -> bool {
        let is_given = |what: &Event| matches!(what, Event::Assigned(Assignee::Rep(_)));
        self.facts.iter().any(|fact| is_given(&fact.what) || is_reps(&fact.what))
    }

    /// The id of an assignment that follows from no message: the same on every server, and another for each.
    pub(in crate::commands) fn next_id(&self) -> SignalId {
        let mut own = [0; 10];
        own.iter_mut().zip(&self.lead.as_bytes()[6..]).for_each(|(byte, of_lead)| *byte = *of_lead);
        let count = u16::try_from(self.facts.len()).unwrap_or(u16::MAX).to_be_bytes();
        own.iter_mut().zip(count).for_each(|(byte, count)| *byte ^= count);
        self.after_last(SignalId::new(self.now, &own))
    }

    /// The id of a new decision, after that of the last one: decisions of one instant are ordered by their ids.
    pub(super) fn after_last(&self, id: SignalId) -> SignalId {
        let before = self.decided.as_ref().map(|decided| decided.id).filter(|before| id <= *before);
        before.map_or(id, following)
    }

    /// The instant at which somebody may be able to take a queued chat, as far as it is known.
    pub(super) fn queue_due(&mut self, view: &dyn View) -> Result<Option<Millis>, StoreError> {
        if !self.is_queued() {
            return Ok(None);
        }
        let Some(decided) = &self.decided else { return Ok(None) };
        Ok(Awaited::load(view, &decided.decision, self.now)?.next())
    }
}

/// Whether the rep of the chat has left the team.
pub(in crate::commands) fn is_orphan(view: &dyn View, flow: &mut ChatFlow) -> Result<bool, StoreError> {
    let derived = flow.derived();
    let Some(rep) = derived.fields.standing_rep().and_then(|rep| RepId::parse(rep).ok()) else { return Ok(false) };
    let is_here = view.members()?.iter().any(|member| member.id == rep);
    Ok(!is_here && !flow.derived().is_spam)
}

/// Routes a chat that came back to the open ones while its rep is no longer in the team, or no one could take it before.
pub(in crate::commands) fn route_reopened(
    view: &dyn View,
    flow: &mut ChatFlow,
    conversation: &Conversation,
) -> Result<(), StoreError> {
    if flow.derived().folder == Some(Folder::Open) && is_orphan(view, flow)? {
        let basis = RoutingBasis::load(view, conversation, flow.now)?;
        let id = flow.next_id();
        flow.route(&basis, &ChatToRoute { standing: None, is_again: false, needs_human: true, id })?;
    }
    route_queued(view, flow, conversation)
}

/// The next id of the same instant.
fn following(id: SignalId) -> SignalId {
    let next = u128::from_be_bytes(*id.as_bytes()).wrapping_add(1);
    SignalId::from_bytes(next.to_be_bytes())
}

/// Routes a queued chat again; it stays as it is where still no one can take it.
pub(super) fn route_queued(
    view: &dyn View,
    flow: &mut ChatFlow,
    conversation: &Conversation,
) -> Result<(), StoreError> {
    if !flow.is_queued() {
        return Ok(());
    }
    let basis = RoutingBasis::load(view, conversation, flow.now)?;
    let needs_human = flow.had_rep() || Thread::load(view, conversation)?.asks_for_human();
    let id = flow.next_id();
    flow.route(&basis, &ChatToRoute { standing: None, is_again: true, needs_human, id })
}

/// Gives the open chats of a member to a successor, or routes them anew; returns the number that the member no longer
/// has. A chat that routing would give the member again stays as it is.
pub(in crate::commands) fn give_chats_of(
    ledger: &mut dyn Ledger,
    member: RepId,
    successor: Option<RepId>,
    now: Millis,
    changes: &mut Changes,
) -> Result<usize, StoreError> {
    let mut given = 0;
    for lead in ledger.open_chats_of(member)? {
        let Some(conversation) = ledger.conversations_of_lead(lead)?.into_iter().next() else { continue };
        let mut flow = ChatFlow::load(ledger, lead, now)?;
        let id = flow.next_id();
        match successor {
            Some(successor) => give(&mut flow, &conversation, successor, id, changes),
            None => {
                let basis = RoutingBasis::load(ledger, &conversation, now)?;
                // A lead who had a person gets one: an agent is no successor.
                flow.route(&basis, &ChatToRoute { standing: None, is_again: false, needs_human: true, id })?;
            }
        }
        let owner = flow.derived().fields.standing_rep().and_then(|rep| RepId::parse(rep).ok());
        if owner == Some(member) {
            continue;
        }
        flow.settle();
        flow.apply(ledger, changes)?;
        given += 1;
    }
    Ok(given)
}

fn give(flow: &mut ChatFlow, conversation: &Conversation, to: RepId, id: SignalId, changes: &mut Changes) {
    let previous = flow.derived().fields.rep_owner.clone();
    flow.add(id, Event::Assigned(Assignee::Rep(to.to_string())));
    let (lead, at, to) = (conversation.lead, flow.now, RepOwner::Rep(to.to_string()));
    let assigned = Assigned { lead, conversation: Some(conversation.id), at, decision: None, to, previous };
    changes.happened(at, Happened::Assigned(Box::new(assigned)));
}
