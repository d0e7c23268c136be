//! The rejection of a lead by the agent, by the conditions of the workspace (7.7).

use super::basis::RoutingBasis;
use super::fields::fields;
use super::flow::ChatFlow;
use knock_ports::{StoreError, View};
use knock_status::chat::{ChatStatus, Event, RepOwner};
use knock_wire::AgentRejection;

impl ChatFlow {
    /// The conditions by which the agent of the chat may reject its lead now; none where it may not, and where none are
    /// set for it.
    pub(in crate::commands) fn rejection(&mut self, view: &dyn View) -> Result<Option<AgentRejection>, StoreError> {
        if !self.is_with_agent() {
            return Ok(None);
        }
        let is_agents = matches!(self.derived().fields.rep_owner, Some(RepOwner::AiAgent));
        let kind = self.agent_kind(is_agents).as_str();
        let is_set = |one: &AgentRejection| one.kind == kind && one.is_on && !one.when.is_empty();
        Ok(view.agent_rejections()?.agents.into_iter().find(is_set))
    }

    /// Whether the lead matches the conditions, by the fields of routing.
    pub(in crate::commands) fn is_rejected_by(&mut self, rejection: &AgentRejection, basis: &RoutingBasis) -> bool {
        let mut fields = fields(self, basis);
        if let Some(link) = &basis.link {
            link.describe(&mut fields);
        }
        rejection.when.holds(&fields, Some(self.now))
    }

    /// Whether the agent alone has the chat: no member has it, is awaited or has ever written in it. A lead with a deal is
    /// not rejected by the agent (R10), and none whose rejection a member took back.
    fn is_with_agent(&mut self) -> bool {
        let is_pardoned = self.facts.iter().any(|fact| fact.what == Event::RejectionReversed);
        let (has_human, is_teams) = (self.has_human(), self.is_teams());
        let derived = self.derived();
        let has_answered = derived.rep_wrote_at.is_some() || derived.fields.responding_rep.is_some();
        let is_over = matches!(derived.status, Some(ChatStatus::Qualified | ChatStatus::Rejected));
        !(is_pardoned || has_human || is_teams || has_answered || is_over || derived.is_spam)
    }
}
