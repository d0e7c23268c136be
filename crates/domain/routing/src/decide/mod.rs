//! One decision: which rule, which segment, who.

mod chat;
mod draft;
mod meeting;
mod owner;
mod tried;

use crate::decision::{Assignee, Decision, Note, Outcome};
use crate::lead::{Field, LeadFields, Value};
use crate::rule::{AgentKind, Funnel, Plan, Rule};
use crate::team::{Link, Team};
use alloc::borrow::Cow;
use core::fmt;
use draft::{Draft, first_match};
use knock_model::Millis;
pub use tried::{SegmentMatch, SegmentTried};

/// The newest version of every rule of a workspace.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a>(pub &'a [Rule]);

/// No rule is the default of a funnel, so that a lead would have nowhere to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDefaultRule(pub Funnel);

impl fmt::Display for NoDefaultRule {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "no rule is the default of the {} funnel", self.0.as_str())
    }
}

impl core::error::Error for NoDefaultRule {}

/// A lead to be routed.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    pub funnel: Funnel,
    /// The link it came by.
    pub link: Option<&'a Link>,
    pub lead: &'a LeadFields,
    /// Everybody who could take it.
    pub team: &'a Team,
    /// The rep of its open conversation.
    pub sticky: Option<&'a str>,
    /// Whether the lead asked for a person: a segment of an AI agent then ends in the fallback, and
    /// the lead waits where that names an agent as well.
    pub needs_human: bool,
    /// The instant of the decision; without it nothing lies within the last days.
    pub now: Option<Millis>,
}

/// Routes a lead (parts 1.4 to 1.6 and 3).
///
/// # Errors
/// When the default rule is needed and there is none.
pub fn decide(rules: Rules<'_>, ask: &Ask<'_>) -> Result<Decision, NoDefaultRule> {
    let (rule, is_link_rule_invalid) = rules.rule_for(ask.funnel, ask.link)?;
    let lead = ask.fields();
    let ask = Ask { lead: &lead, ..*ask };
    let mut draft = Draft::new(rule);
    if is_link_rule_invalid {
        draft.note(Note::LinkRuleInvalid);
    }
    Ok(match &rule.plan {
        Plan::Chat { segments, fallback } => chat::decide(draft, segments, fallback, &ask),
        Plan::Meeting { reject_private_email, segments, fallback } => {
            meeting::decide(draft, *reject_private_email, segments, fallback, &ask)
        }
    })
}

/// Gives a chat to the rep who wrote to the lead first, whatever the segments and the CRM say, also when they are away: they
/// wrote just now. None if they have left the team.
///
/// # Errors
/// When the default rule is needed and there is none.
pub fn decide_for_writer(rules: Rules<'_>, ask: &Ask<'_>, writer: &str) -> Result<Option<Decision>, NoDefaultRule> {
    let (rule, _) = rules.rule_for(ask.funnel, ask.link)?;
    Ok(ask.team.present(writer).map(|rep| chat::given_to_writer(Draft::new(rule), rep)))
}

/// Leaves a chat to the agent that answers it, while no member is needed; a segment or a fallback that assigns an
/// agent decides as usual. Uses up no turn.
///
/// # Errors
/// When the default rule is needed and there is none.
pub fn decide_for_agent(rules: Rules<'_>, ask: &Ask<'_>, agent: AgentKind) -> Result<Decision, NoDefaultRule> {
    let decision = decide(rules, ask)?;
    let is_agents = matches!(decision.assignee, Some(Assignee::AiAgent { .. }));
    if is_agents && decision.outcome == Outcome::Assigned {
        return Ok(decision);
    }
    let (rule, _) = rules.rule_for(ask.funnel, ask.link)?;
    Ok(chat::left_to_agent(Draft::new(rule), agent))
}

impl<'a> Rules<'a> {
    /// The link's rule where it can be used, else the default one; and whether the link named one that cannot.
    fn rule_for(self, funnel: Funnel, link: Option<&Link>) -> Result<(&'a Rule, bool), NoDefaultRule> {
        let named = link.and_then(|link| link.rule.as_deref());
        let is_usable = |rule: &&Rule| Some(rule.id.as_str()) == named && rule.enabled && rule.funnel() == funnel;
        if let Some(rule) = self.0.iter().find(is_usable) {
            return Ok((rule, false));
        }
        let default = self.0.iter().find(|rule| rule.is_default && rule.funnel() == funnel);
        default.map(|rule| (rule, named.is_some())).ok_or(NoDefaultRule(funnel))
    }
}

impl<'a> Ask<'a> {
    /// The fields of the lead, with those of its link (RO-08).
    pub fn fields(&self) -> Cow<'a, LeadFields> {
        let Some(link) = self.link else { return Cow::Borrowed(self.lead) };
        let mut lead = self.lead.clone();
        link.describe(&mut lead);
        Cow::Owned(lead)
    }
}

impl Link {
    /// Adds its fields to those of a lead, where they are missing.
    pub fn describe(&self, lead: &mut LeadFields) {
        let own = [("link.id", &*self.id), ("link.channel", &self.channel), ("link.funnel", self.funnel.as_str())];
        for (name, value) in own {
            let field = Field::known(name);
            if lead.get(&field).is_none() {
                lead.set(&field, Value::text(value));
            }
        }
    }
}
