//! Steps and actions (WF-W1..WF-W4, WF-B1, WF-S2).

use super::Trigger;
use crate::local::WaitUntil;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{Millis, spelled, vocabulary};
use knock_routing::Condition;

/// A step of a workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its id, unique in the workflow.
    pub id: String,
    pub kind: StepKind,
}

/// The content of a step.
#[derive(Clone, Debug, PartialEq)]
pub enum StepKind {
    /// A span of time (WF-W1).
    Wait(Millis),
    /// A time of day (WF-W2).
    WaitUntil(WaitUntil),
    /// An event or a condition, with a limit (WF-W3, WF-W4).
    WaitFor(WaitFor),
    /// A condition that chooses the next steps (WF-B1).
    Branch { condition: Condition, then: Vec<Step>, otherwise: Vec<Step> },
    /// An action; `expires` is how much later than its entry one to the lead may come (WF-L2).
    Act { action: Action, expires: Option<Millis> },
    /// The end of the run (WF-S2).
    Stop,
}

/// A wait for an event or a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitFor {
    pub awaited: Awaited,
    /// The longest wait.
    pub within: Millis,
    /// The steps when it happened.
    pub then: Vec<Step>,
    /// The steps when the time is up.
    pub otherwise: Vec<Step>,
}

/// The end of a wait before its time is up.
#[derive(Clone, Debug, PartialEq)]
pub enum Awaited {
    /// An event after the entry (WF-W3).
    Event(Trigger),
    /// A condition, also one that holds at the entry (WF-W4).
    Condition(Condition),
}

vocabulary! {
    /// An action of a workflow. What it says, and where it goes, is kept beside the workflow by the id of its step.
    Action {
        /// A bubble of the widget.
        Nudge = "nudge",
        /// A message of an agent in an open chat.
        Message = "message",
        /// A mail.
        Mail = "mail",
        /// A post in a channel.
        Slack = "slack",
        /// An assignment.
        Assign = "assign",
        /// A tag.
        Tag = "tag",
        /// A value of a custom field.
        SetField = "set_field",
        /// A request to an address of the customer.
        Webhook = "webhook",
        /// A follow-up of a member.
        Task = "task",
    }
}

spelled!(Action);

/// The receiver of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The lead: it can expire, be skipped or be deferred.
    Lead,
    /// The team: it is always carried out.
    Team,
}

impl Action {
    /// Its receiver.
    pub const fn audience(self) -> Audience {
        match self {
            Action::Nudge | Action::Message | Action::Mail => Audience::Lead,
            Action::Slack | Action::Assign | Action::Tag | Action::SetField | Action::Webhook | Action::Task => {
                Audience::Team
            }
        }
    }

    /// How much later than its entry it may come, where its step says nothing (WF-L2).
    pub const fn expiry(self) -> Millis {
        match self {
            Action::Nudge => Millis(30 * Millis::MINUTE.0),
            Action::Message
            | Action::Mail
            | Action::Slack
            | Action::Assign
            | Action::Tag
            | Action::SetField
            | Action::Webhook
            | Action::Task => Millis::DAY,
        }
    }
}

impl StepKind {
    /// Its word in interfaces: that of an action, or the key of the step in JSON.
    pub const fn as_str(&self) -> &'static str {
        match self {
            StepKind::Wait(_) => "wait",
            StepKind::WaitUntil(_) => "wait_until",
            StepKind::WaitFor(_) => "wait_for",
            StepKind::Branch { .. } => "branch",
            StepKind::Act { action, .. } => action.as_str(),
            StepKind::Stop => "stop",
        }
    }
}

impl Step {
    /// The steps within it: those of its first branch, then those of the other.
    pub(crate) fn branches(&self) -> [&[Step]; 2] {
        match &self.kind {
            StepKind::Branch { then, otherwise, .. } | StepKind::WaitFor(WaitFor { then, otherwise, .. }) => {
                [then, otherwise]
            }
            StepKind::Wait(_) | StepKind::WaitUntil(_) | StepKind::Act { .. } | StepKind::Stop => [&[], &[]],
        }
    }
}
