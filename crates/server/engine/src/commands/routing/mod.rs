//! Routing a chat: what is known of the lead, the decision, the fact that keeps it.

mod attribution;
mod fields;
mod save;

use knock_model::{IntentType, LeadId, Millis, RepId, SignalId};
use knock_ports::{ChatFact, Conversation, Decided, Ledger, Link, Member, StoreError};
use knock_routing::{Ask, Assignee, Decision, Funnel, Rep, Rules, Team, decide};
use knock_status::chat::{Assignee as Assigned, Event};
use knock_status::{Fact, Source};
pub use save::{AssignRule, RuleSaved, SaveRule};

/// A chat to be routed.
pub(super) struct ChatToRoute<'a> {
    /// Where the lead writes.
    pub(super) conversation: &'a Conversation,
    /// The lead's type by now.
    pub(super) intent_type: IntentType,
    /// The rep who has the chat already and keeps it.
    pub(super) standing: Option<&'a str>,
    /// Whether it was routed before, by another intent type.
    pub(super) is_again: bool,
    /// An id for the assignment.
    pub(super) id: SignalId,
    /// The instant now.
    pub(super) now: Millis,
}

/// Routes a chat and keeps the decision as a fact with its reason (RF-03, RF-04).
pub(super) fn route(ledger: &mut dyn Ledger, chat: &ChatToRoute<'_>) -> Result<(), StoreError> {
    let rules = ledger.rules()?;
    let link = ledger.link(&chat.conversation.link)?.map(link);
    let fields = fields::fields(ledger, chat, link.as_ref())?;
    let team = Team { reps: reps(&ledger.members()?), turns: ledger.turns()?, free_at_slot: None };
    let ask = Ask {
        funnel: Funnel::Chat,
        link: link.as_ref(),
        lead: &fields,
        team: &team,
        sticky: chat.standing,
        now: Some(chat.now),
    };
    let decision = decide(Rules(&rules), &ask).map_err(|missing| StoreError::Broken(missing.to_string()))?;
    let lead = chat.conversation.lead;
    let last = ledger.last_decision(lead)?.filter(|_| chat.is_again);
    if last.is_some_and(|last| (&last.decision.rule, &last.decision.segment) == (&decision.rule, &decision.segment)) {
        // The same segment says nothing new: nobody loses the lead and no turn is used up.
        return Ok(());
    }
    if let Some(assigned) = assigned(&decision) {
        assign(ledger, lead, chat, assigned)?;
    }
    let fields = ask.fields().into_owned();
    let link = chat.conversation.link.clone();
    ledger.append_decision(&Decided { id: chat.id, lead, at: chat.now, link, fields, decision })
}

fn assign(ledger: &mut dyn Ledger, lead: LeadId, chat: &ChatToRoute<'_>, to: Assigned) -> Result<(), StoreError> {
    let (at, id) = (chat.now, chat.id);
    let fact: ChatFact = Fact { id, at, received_at: at, source: Source::Server, what: Event::Assigned(to) };
    ledger.append_chat_fact(lead, &fact).map(drop)
}

fn assigned(decision: &Decision) -> Option<Assigned> {
    match decision.assignee.as_ref()? {
        Assignee::Rep { id } => Some(Assigned::Rep(id.clone())),
        Assignee::AiAgent { .. } => Some(Assigned::AiAgent),
        Assignee::CalendarSet { .. } => None,
    }
}

/// A link as routing sees one.
pub(crate) fn link(link: Link) -> knock_routing::Link {
    knock_routing::Link { id: link.slug, funnel: link.funnel, channel: link.channel, rule: link.rule }
}

/// The members as routing sees them.
pub(crate) fn reps(members: &[Member]) -> Vec<Rep> {
    let rep = |member: &Member| Rep { id: member.id.to_string(), email: Some(member.email.clone()), ..Rep::default() };
    members.iter().map(rep).collect()
}

/// The member behind an id of routing.
pub(super) fn member_of<'a>(rep: &str, members: &'a [Member]) -> Option<&'a Member> {
    let id = RepId::parse(rep).ok()?;
    members.iter().find(|member| member.id == id)
}
