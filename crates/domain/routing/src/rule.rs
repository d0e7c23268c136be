//! Routing rules. A rule is never changed: an edit makes a new version.

use alloc::string::String;
use knock_model::{RepId, vocabulary};

vocabulary! {
    /// What a rule or a link is for.
    Funnel {
        /// Chats.
        Chat = "chat",
        /// Meetings.
        Meeting = "meeting",
    }
}

/// Who a lead is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Target {
    /// A rep.
    Rep(RepId),
    /// The AI agent.
    AiAgent,
}

/// One version of a routing rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub funnel: Funnel,
    /// Its version, from 1.
    pub version: u32,
    /// The Fallback Segment: who gets every lead that nothing else matched (RR-02).
    pub fallback: Target,
}

impl Rule {
    /// The rule of a new workspace: everybody to one rep (RR-01).
    pub fn standard(funnel: Funnel, rep: RepId) -> Rule {
        Rule { name: "Default Routing Rule".into(), funnel, version: 1, fallback: Target::Rep(rep) }
    }
}
