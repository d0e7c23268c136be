//! One decision.

use crate::rule::{Rule, Target};
use alloc::string::String;
use knock_model::{RepId, spelled, vocabulary};

vocabulary! {
    /// Why a lead was given to somebody; spelled as in decisions.
    Reason {
        /// The open conversation has a rep already.
        StickyExistingRep = "sticky_existing_rep",
        /// Nothing else matched.
        Fallback = "fallback",
        /// Even the fallback's rep is gone.
        LastResortAi = "last_resort_ai",
    }
}

spelled!(Reason);

/// What is known of reps when a chat is routed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The rep who has the open conversation.
    pub rep: Option<RepId>,
}

/// Who got the lead, by which version of which rule, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Decision {
    /// The rule's name.
    pub rule: String,
    /// The rule's version.
    pub version: u32,
    /// The segment's name.
    pub segment: String,
    /// Who got the lead.
    pub assignee: Target,
    /// Why.
    pub reason: Reason,
}

/// Routes a chat. `is_member` says whether a rep still belongs to the team.
pub fn decide(rule: &Rule, standing: Standing, is_member: impl Fn(RepId) -> bool) -> Decision {
    let decision = |segment: &str, assignee: Target, reason: Reason| Decision {
        rule: rule.name.clone(),
        version: rule.version,
        segment: segment.into(),
        assignee,
        reason,
    };
    if let Some(rep) = standing.rep.filter(|rep| is_member(*rep)) {
        return decision("", Target::Rep(rep), Reason::StickyExistingRep);
    }
    match rule.fallback {
        Target::Rep(rep) if !is_member(rep) => decision("Fallback Segment", Target::AiAgent, Reason::LastResortAi),
        target => decision("Fallback Segment", target, Reason::Fallback),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Funnel;

    #[test]
    fn every_lead_has_somewhere_to_go() {
        let (ann, bob) = (RepId::new([1; 16]), RepId::new([2; 16]));
        let rule = Rule::standard(Funnel::Chat, ann);
        let cases = [
            (None, true, Target::Rep(ann), Reason::Fallback),
            (Some(bob), true, Target::Rep(bob), Reason::StickyExistingRep),
            (None, false, Target::AiAgent, Reason::LastResortAi),
            (Some(bob), false, Target::AiAgent, Reason::LastResortAi),
        ];
        for (rep, is_member, assignee, reason) in cases {
            let decision = decide(&rule, Standing { rep }, |_| is_member);
            assert_eq!((decision.assignee, decision.reason), (assignee, reason));
        }
    }
}
