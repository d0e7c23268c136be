//! The decision, and its reason.

mod note;
mod notified;
mod reason;
mod skipped;

use crate::rule::{AgentKind, CalendarMode, Funnel};
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use knock_model::{AI_AGENT, spelled, vocabulary};
pub use note::{Note, OwnerTrouble, SegmentTrouble};
pub use notified::Notified;
pub use reason::Reason;
pub use skipped::{SkipReason, Skipped};

vocabulary! {
    /// The outcome for a lead.
    Outcome {
        /// Assigned: to a rep, the AI agent, or a set of calendars.
        Assigned = "assigned",
        /// No member is available now, one is later: the AI agent keeps the chat, and the lead waits.
        Waiting = "waiting",
        /// Spam or Unqualified.
        Disqualified = "disqualified",
        /// Not asked for enough yet.
        Pending = "pending",
        /// Matched, but no calendar can be offered: Qualified but Not Booked.
        Unbookable = "unbookable",
    }
}

spelled!(Outcome);

/// The assignee of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "type", rename_all = "snake_case")
)]
pub enum Assignee {
    Rep {
        /// The rep's id.
        id: String,
    },
    AiAgent {
        id: AgentKind,
    },
    /// The rep of these who is free at the slot the lead will choose.
    CalendarSet {
        mode: CalendarMode,
        /// The reps, in the rule's order.
        reps: Vec<String>,
        /// The owner of the meeting, if known before the booking.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        owner: Option<String>,
    },
}

impl Assignee {
    /// The rep, if it is one.
    pub fn rep(&self) -> Option<&str> {
        match self {
            Assignee::Rep { id } => Some(id),
            Assignee::AiAgent { .. } | Assignee::CalendarSet { .. } => None,
        }
    }
}

/// A turn of a pool that the decision used up.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Turn {
    pub rep: String,
    /// Its number: one above every number before.
    pub number: u64,
}

/// The decision about a lead: assignee, version of the rule, and reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Decision {
    pub funnel: Funnel,
    /// The rule's id.
    pub rule: String,
    pub rule_name: String,
    pub version: u32,
    /// The segment's id; `fallback` is the Fallback Segment, none when no segment was asked.
    pub segment: Option<String>,
    pub segment_name: String,
    pub outcome: Outcome,
    pub assignee: Option<Assignee>,
    pub reason: Reason,
    pub notes: Vec<Note>,
    /// The recipients of a notification.
    pub notify: Vec<Notified>,
    /// The turn it used up.
    pub turn: Option<Turn>,
    /// The skipped members of the pools, in pool order.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub skipped: Vec<Skipped>,
}

impl Decision {
    /// The members who can take a waiting lead later: those of its pools who are not available now. None of them where
    /// the rule has no one but agents; then it waits for the whole team.
    pub fn awaits(&self) -> impl Iterator<Item = &str> {
        let is_waiting = self.outcome == Outcome::Waiting;
        let later = self.skipped.iter().filter(move |skipped| is_waiting && skipped.reason != SkipReason::Removed);
        later.map(|skipped| skipped.rep.as_str())
    }

    /// The values for the CRM, by field (1.10; RR-11, RR-14, MS-03..MS-05).
    pub fn crm_fields(&self) -> BTreeMap<&'static str, String> {
        let mut fields = BTreeMap::new();
        let mut set = |field: &'static str, value: &str| drop(fields.insert(field, value.to_string()));
        match (self.reason, &self.assignee) {
            (Reason::SpamEmail, _) => unqualified(&mut set, "Spam", "Spam"),
            (Reason::PrivateEmail, _) => unqualified(&mut set, "Unqualified", "private email"),
            (Reason::SegmentDisqualified | Reason::FallbackDisqualified, _) => {
                unqualified(&mut set, "Unqualified", "routing");
            }
            (Reason::NoCalendar, _) => set("Meeting Status", "Qualified but Not Booked"),
            (_, Some(Assignee::AiAgent { .. })) => set("Knock: Rep Owner", AI_AGENT),
            (_, Some(Assignee::Rep { id })) if self.funnel == Funnel::Meeting => set("Knock: Meeting Owner", id),
            (_, Some(Assignee::Rep { id })) => set("Knock: Rep Owner", id),
            (_, Some(Assignee::CalendarSet { .. }) | None) => {}
        }
        fields
    }
}

fn unqualified(set: &mut impl FnMut(&'static str, &str), status: &str, reason: &str) {
    set("Meeting Status", status);
    set("Reject Reason", reason);
    set("Rejected By", "AI");
}
