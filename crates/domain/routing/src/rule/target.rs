//! The assignee of a segment.

use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{IntentType, spelled, vocabulary};

/// The assignee of a chat (RR-06).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChatTarget {
    Rep(String),
    /// The rep of a pool whose turn it is (RO-04).
    Pool(Vec<String>),
    /// An AI agent (RO-03).
    AiAgent(AgentChoice),
}

/// The calendars for a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeetingTarget {
    /// These (RO-06).
    Calendars(Calendars),
    /// None: the lead is Unqualified (MS-04).
    Disqualify,
}

/// Calendars a meeting can be booked in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendars {
    pub mode: CalendarMode,
    pub reps: Vec<String>,
    /// The duration of the meeting, in minutes; the default of the workspace when absent.
    pub duration_min: Option<u32>,
}

impl Calendars {
    /// The calendar of one rep.
    pub fn single(rep: &str) -> Calendars {
        Calendars { mode: CalendarMode::Single, reps: alloc::vec![rep.into()], duration_min: None }
    }
}

vocabulary! {
    /// The mode of several calendars (RO-06, RR-28).
    CalendarMode {
        /// The one rep's.
        Single = "single",
        /// Any rep who is free.
        Any = "any",
        /// The rep whose turn it is.
        RoundRobin = "round_robin",
        /// Everybody must be free.
        All = "all",
    }
}

spelled!(CalendarMode);

vocabulary! {
    /// An AI agent by what it is for.
    AgentKind {
        /// Helps to buy.
        Buying = "buying",
        /// Helps customers.
        Support = "support",
        /// Guides to the open positions.
        Hiring = "hiring",
        /// Talks with partners.
        Partnership = "partnership",
        /// Everything else.
        General = "general",
    }
}

spelled!(AgentKind);

/// The choice of an AI agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentChoice {
    /// The one for the lead's intent type.
    Auto,
    /// This one.
    Kind(AgentKind),
}

impl AgentChoice {
    /// The spelling of the choice.
    pub const fn as_str(self) -> &'static str {
        match self {
            AgentChoice::Auto => "auto",
            AgentChoice::Kind(kind) => kind.as_str(),
        }
    }

    /// The choice with this spelling.
    pub fn parse(word: &str) -> Option<AgentChoice> {
        if word == AgentChoice::Auto.as_str() {
            Some(AgentChoice::Auto)
        } else {
            AgentKind::parse(word).map(Self::Kind)
        }
    }

    /// The agent for a lead of this type.
    pub const fn agent(self, kind: Option<IntentType>) -> AgentKind {
        match (self, kind) {
            (AgentChoice::Kind(agent), _) => agent,
            (AgentChoice::Auto, Some(IntentType::Buying)) => AgentKind::Buying,
            (AgentChoice::Auto, Some(IntentType::Support)) => AgentKind::Support,
            (AgentChoice::Auto, Some(IntentType::JobSeeker)) => AgentKind::Hiring,
            (AgentChoice::Auto, Some(IntentType::Partnership)) => AgentKind::Partnership,
            (AgentChoice::Auto, Some(IntentType::Unknown) | None) => AgentKind::General,
        }
    }
}

impl ChatTarget {
    pub(super) fn check(&self) -> Result<(), &'static str> {
        match self {
            ChatTarget::Pool(reps) if reps.is_empty() => Err("`pool` expects at least one rep"),
            ChatTarget::Pool(_) | ChatTarget::Rep(_) | ChatTarget::AiAgent(_) => Ok(()),
        }
    }
}

impl MeetingTarget {
    pub(super) fn check(&self) -> Result<(), &'static str> {
        match self {
            MeetingTarget::Calendars(Calendars { reps, .. }) if reps.is_empty() => {
                Err("`reps` expects at least one rep")
            }
            MeetingTarget::Calendars(Calendars { mode: CalendarMode::Single, reps, .. }) if reps.len() > 1 => {
                Err("`single` expects exactly one rep")
            }
            MeetingTarget::Calendars(Calendars { duration_min: Some(0), .. }) => {
                Err("`duration_min` expects more than 0")
            }
            MeetingTarget::Calendars(_) | MeetingTarget::Disqualify => Ok(()),
        }
    }
}
