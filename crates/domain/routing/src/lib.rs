//! Routing: who a chat or a meeting is given to, and why (RO-01..RR-32).
//!
//! Rules are ordered segments, the first match wins. A decision is made once and kept as a fact;
//! deciding again is a question of what-if.
#![no_std]

extern crate alloc;

mod attribution;
mod condition;
mod decide;
mod decision;
mod lead;
mod rule;
mod team;

pub use attribution::{PageSeen, Utm, attribution};
pub use condition::{Condition, Impossible, InvalidCondition, Leaf, Operator, Tried};
pub use decide::{Ask, NoDefaultRule, Rules, SegmentMatch, SegmentTried, decide, decide_for_agent, decide_for_writer};
pub use decision::{
    Assignee, Decision, Note, Notified, Outcome, OwnerTrouble, Reason, SegmentTrouble, SkipReason, Skipped, Turn,
};
pub use knock_model::CrmSystem;
pub use lead::{Field, Kind, LeadFields, UnknownField, Value};
pub use rule::{
    AgentChoice, AgentKind, CalendarMode, Calendars, ChatTarget, CrmAware, Funnel, InvalidRule, MeetingTarget, Plan,
    Rule, RuleEdit, Segment,
};
pub use team::{Link, Rep, RepState, Team, Turns, Workload};
