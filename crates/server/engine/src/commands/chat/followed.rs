//! The nudge by which a lead opened the chat, and the agent that its workflow wants there.

use super::flow::ChatFlow;
use knock_intent::{CHANGE_FROM, TypeWhy};
use knock_model::{IntentType, NudgeId};
use knock_ports::TypeDecided;
use knock_status::chat::Event;

impl ChatFlow {
    /// Adds that the lead opened the chat by a nudge, once for each nudge.
    pub(in crate::commands) fn follow(&mut self, nudge: NudgeId, agent: Option<IntentType>) {
        let nudge = nudge.to_string();
        let is_it = |what: &Event| matches!(what, Event::NudgeFollowed { nudge: known, .. } if *known == nudge);
        if !self.facts.iter().any(|fact| is_it(&fact.what)) {
            let id = self.next_id();
            self.add(id, Event::NudgeFollowed { nudge, agent });
        }
    }

    /// The type whose agent the last nudge asked for, until the lead's own words, or a member, say another. It is not the
    /// type of the lead: a click says less than words do.
    pub(in crate::commands) fn asked_type(&self) -> Option<IntentType> {
        let followed = self.facts.iter().rev().find_map(|fact| match &fact.what {
            Event::NudgeFollowed { agent, .. } => Some((fact.effective_at(), *agent)),
            _ => None,
        });
        let (at, agent) = followed?;
        let is_said = self.types.iter().any(|decided| decided.at >= at && is_said(decided));
        agent.filter(|_| !is_said)
    }

    /// The type that decides which agent replies.
    pub(super) fn type_of_agent(&self) -> IntentType {
        self.asked_type().unwrap_or_else(|| self.intent_type())
    }
}

/// Whether words leave no doubt about the type, or a member has set it.
fn is_said(decided: &TypeDecided) -> bool {
    match decided.why {
        TypeWhy::SetByRep => true,
        TypeWhy::Message | TypeWhy::Answer | TypeWhy::LaterMessage => decided.margin >= CHANGE_FROM,
        TypeWhy::Activity | TypeWhy::Nothing | TypeWhy::Kept | TypeWhy::Spam => false,
    }
}
