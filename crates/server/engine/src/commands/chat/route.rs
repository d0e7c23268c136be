//! Routing of a lead: the decision, and the fact that stores it (RF-03, RF-04).

use super::basis::RoutingBasis;
use super::fields::fields;
use super::flow::{ChatFlow, Routed, Write};
use knock_agent::kind_for;
use knock_model::{ConversationId, RepId, SignalId};
use knock_ports::{Decided, Member, StoreError};
use knock_routing::{
    Ask, Assignee, Decision, Funnel, NoDefaultRule, Outcome, Rules, Team, decide, decide_for_agent, decide_for_writer,
};
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
        let decided = self.decide(basis, chat)?;
        let last = self.decided.as_ref().filter(|_| chat.is_again);
        let place =
            |Decided { decision, .. }: &Decided| (decision.rule.clone(), decision.segment.clone(), decision.outcome);
        if last.is_some_and(|last| place(last) == place(&decided)) {
            // The same segment changes nothing: the owner keeps the lead, or the lead still waits, and no turn is used up.
            return Ok(());
        }
        let previous = self.derived().fields.rep_owner.clone();
        if decided.decision.outcome == Outcome::Waiting {
            self.add(decided.id, Event::Queued);
        } else if let Some(assigned) = assigned(&decided.decision) {
            self.add(decided.id, Event::Assigned(assigned));
        }
        self.keep_decision(decided, Some(basis.conversation.id), previous);
        Ok(())
    }

    /// A decision that is not kept.
    pub(in crate::commands) fn tried(
        &mut self,
        basis: &RoutingBasis,
        chat: &ChatToRoute<'_>,
    ) -> Result<Decision, StoreError> {
        Ok(self.decide(basis, chat)?.decision)
    }

    /// Decides the owner of a lead who sent a form; a member who has the lead keeps them. An AI agent does not answer
    /// forms: a lead that the rule leaves to one waits unassigned, for everybody (7.4).
    pub(in crate::commands) fn route_form(&mut self, basis: &RoutingBasis, id: SignalId) -> Result<(), StoreError> {
        let previous = self.derived().fields.rep_owner.clone();
        let is_here = |rep: &str| member_of(rep, &basis.members).is_some();
        if self.derived().fields.standing_rep().is_some_and(is_here) {
            return Ok(());
        }
        let chat = ChatToRoute { standing: None, is_again: false, needs_human: false, id };
        let decided = self.decide(basis, &chat)?;
        if decided.decision.outcome == Outcome::Waiting {
            self.add(decided.id, Event::Queued);
        } else if let Some(rep @ Assigned::Rep(_)) = assigned(&decided.decision) {
            self.add(decided.id, Event::Assigned(rep));
        }
        self.keep_decision(decided, Some(basis.conversation.id), previous);
        Ok(())
    }

    /// Gives the chat to the member who wrote first, whatever the rules say.
    pub(in crate::commands) fn route_to_writer(
        &mut self,
        basis: &RoutingBasis,
        writer: RepId,
        id: SignalId,
    ) -> Result<(), StoreError> {
        let previous = self.derived().fields.rep_owner.clone();
        let (writer, chat) =
            (writer.to_string(), ChatToRoute { standing: None, is_again: false, needs_human: true, id });
        let decided = self.decide_by(basis, &chat, |rules, ask| decide_for_writer(rules, ask, &writer))?;
        if let Some(decided) = decided {
            self.add(decided.id, Event::Assigned(Assigned::Rep(writer)));
            self.keep_decision(decided, Some(basis.conversation.id), previous);
        }
        Ok(())
    }

    /// Leaves the chat to the agent while no member is needed; where the rules give it to an agent, by them.
    pub(in crate::commands) fn leave_to_agent(&mut self, basis: &RoutingBasis, id: SignalId) -> Result<(), StoreError> {
        let previous = self.derived().fields.rep_owner.clone();
        let (agent, chat) =
            (kind_for(self.type_of_agent()), ChatToRoute { standing: None, is_again: false, needs_human: false, id });
        let decided = self.decide_by(basis, &chat, |rules, ask| decide_for_agent(rules, ask, agent).map(Some))?;
        if let Some(decided) = decided {
            self.add(decided.id, Event::Assigned(Assigned::AiAgent));
            self.keep_decision(decided, Some(basis.conversation.id), previous);
        }
        Ok(())
    }

    fn decide(&mut self, basis: &RoutingBasis, chat: &ChatToRoute<'_>) -> Result<Decided, StoreError> {
        let decided = self.decide_by(basis, chat, |rules, ask| decide(rules, ask).map(Some))?;
        decided.ok_or_else(|| StoreError::Broken("a chat has no decision".into()))
    }

    fn decide_by(
        &mut self,
        basis: &RoutingBasis,
        chat: &ChatToRoute<'_>,
        decide: impl FnOnce(Rules<'_>, &Ask<'_>) -> Result<Option<Decision>, NoDefaultRule>,
    ) -> Result<Option<Decided>, StoreError> {
        let ChatToRoute { standing: sticky, needs_human, id, .. } = *chat;
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
        let (lead, at, id) = (self.lead, self.now, self.after_last(id));
        Ok(decision.map(|decision| Decided { id, lead, at, link, fields, decision }))
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
