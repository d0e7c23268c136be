//! Routing of a lead: the decision, and the fact that stores it (RF-03, RF-04).

use super::basis::RoutingBasis;
use super::fields::fields;
use super::flow::{ChatFlow, Routed, Write};
use knock_model::{ConversationId, RepId, SignalId};
use knock_ports::{Decided, Member, StoreError};
use knock_routing::{Ask, Assignee, Decision, Funnel, Outcome, Rules, Team, decide};
use knock_status::chat::{Assignee as Assigned, Event, RepOwner};

pub(in crate::commands) struct ChatToRoute<'a> {
    /// The rep who owns the chat already and keeps it.
    pub(in crate::commands) standing: Option<&'a str>,
    /// Whether the chat was routed before: by another intent type, or while no one could take it.
    pub(in crate::commands) is_again: bool,
    /// Whether the lead asked for a person, so that no agent is assigned.
    pub(in crate::commands) needs_human: bool,
    /// An id for the assignment.
    pub(in crate::commands) id: SignalId,
}

impl ChatFlow {
    /// Decides the assignee of the lead, and keeps the decision with its reason.
    pub(in crate::commands) fn route(
        &mut self,
        basis: &RoutingBasis,
        chat: &ChatToRoute<'_>,
    ) -> Result<(), StoreError> {
        let decided = self.decide(basis, chat.standing, chat.needs_human, chat.id)?;
        let last = self.decided.as_ref().filter(|_| chat.is_again);
        let place =
            |Decided { decision, .. }: &Decided| (decision.rule.clone(), decision.segment.clone(), decision.outcome);
        if last.is_some_and(|last| place(last) == place(&decided)) {
            // The same segment changes nothing: the owner keeps the lead, or the lead still waits, and no turn is used up.
            return Ok(());
        }
        let previous = self.derived().fields.rep_owner.clone();
        if decided.decision.outcome == Outcome::Waiting {
            self.add(chat.id, Event::Queued);
        } else if let Some(assigned) = assigned(&decided.decision) {
            self.add(chat.id, Event::Assigned(assigned));
        }
        self.keep_decision(decided, Some(basis.conversation.id), previous);
        Ok(())
    }

    /// Decides the owner of a lead who sent a form; a member who has the lead keeps them. An AI agent does not answer
    /// forms: a lead that the rule leaves to one waits unassigned, for everybody (7.4).
    pub(in crate::commands) fn route_form(&mut self, basis: &RoutingBasis, id: SignalId) -> Result<(), StoreError> {
        let previous = self.derived().fields.rep_owner.clone();
        let is_here = |rep: &str| member_of(rep, &basis.members).is_some();
        if self.derived().fields.standing_rep().is_some_and(is_here) {
            return Ok(());
        }
        let decided = self.decide(basis, None, false, id)?;
        if decided.decision.outcome == Outcome::Waiting {
            self.add(id, Event::Queued);
        } else if let Some(rep @ Assigned::Rep(_)) = assigned(&decided.decision) {
            self.add(id, Event::Assigned(rep));
        }
        self.keep_decision(decided, Some(basis.conversation.id), previous);
        Ok(())
    }

    fn decide(
        &mut self,
        basis: &RoutingBasis,
        sticky: Option<&str>,
        needs_human: bool,
        id: SignalId,
    ) -> Result<Decided, StoreError> {
        let fields = fields(self, basis);
        let team = Team {
            reps: basis.reps(&basis.members, &basis.loads, self.now),
            turns: basis.turns.clone(),
            free_at_slot: None,
        };
        let (link, now) = (basis.link.as_ref(), Some(self.now));
        let ask = Ask { funnel: Funnel::Chat, link, lead: &fields, team: &team, sticky, needs_human, now };
        let decision = decide(Rules(&basis.rules), &ask).map_err(|missing| StoreError::Broken(missing.to_string()))?;
        let (fields, link) = (ask.fields().into_owned(), basis.conversation.link.clone());
        Ok(Decided { id, lead: self.lead, at: self.now, link, fields, decision })
    }

    fn keep_decision(&mut self, decided: Decided, conversation: Option<ConversationId>, previous: Option<RepOwner>) {
        self.decided = Some(decided.clone());
        let is_given = |what: &Event| matches!(what, Event::Assigned(_));
        let is_given = self.facts.iter().any(|fact| fact.id == decided.id && is_given(&fact.what));
        let to = assigned(&decided.decision).as_ref().map(owner).filter(|_| is_given);
        self.writes.push(Write::Decision(Box::new(Routed { decided, conversation, to, previous })));
    }
}

fn assigned(decision: &Decision) -> Option<Assigned> {
    match decision.assignee.as_ref()? {
        Assignee::Rep { id } => Some(Assigned::Rep(id.clone())),
        Assignee::AiAgent { .. } => Some(Assigned::AiAgent),
        Assignee::CalendarSet { .. } => None,
    }
}

/// The owner of a chat after an assignment.
pub(in crate::commands) fn owner(assigned: &Assigned) -> RepOwner {
    match assigned {
        Assigned::Rep(rep) => RepOwner::Rep(rep.clone()),
        Assigned::AiAgent => RepOwner::AiAgent,
    }
}

/// Returns the member with an id of routing.
pub(in crate::commands) fn member_of<'a>(rep: &str, members: &'a [Member]) -> Option<&'a Member> {
    let id = RepId::parse(rep).ok()?;
    members.iter().find(|member| member.id == id)
}
