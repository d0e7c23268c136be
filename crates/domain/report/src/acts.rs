//! What was done about a person: decisions of routing, workflows, writes to a CRM.

use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{Millis, RepId};

/// What was done about a person, each oldest first; a part that no figure of a report needs stays empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acts {
    pub decisions: Vec<Routed>,
    pub runs: Vec<Run>,
    pub writes: Vec<Written>,
    /// Questions that the AI agent could not answer.
    pub questions: Vec<Millis>,
}

/// Which parts of [`Acts`] are needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// All decisions of a person, also those before the period: the first one counts.
    pub decisions: bool,
    pub runs: bool,
    pub writes: bool,
    pub questions: bool,
}

impl Needs {
    /// What is needed by either.
    #[must_use]
    pub(crate) const fn or(self, other: Needs) -> Needs {
        Needs {
            decisions: self.decisions || other.decisions,
            runs: self.runs || other.runs,
            writes: self.writes || other.writes,
            questions: self.questions || other.questions,
        }
    }
}

/// Where a decision of routing led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoutedTo {
    Rep(RepId),
    /// Calendars of which the lead chooses a time.
    Calendars,
    Agent,
    /// The lead waits: no member is available now.
    Waiting,
    Disqualified,
    /// More has to be known first.
    Pending,
    /// No calendar can be offered.
    Unbookable,
}

/// A decision of routing, of a chat or a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routed {
    pub at: Millis,
    /// `chat` or `meeting`.
    pub funnel: &'static str,
    /// The id of the rule.
    pub rule: String,
    /// The ids of the rule and the segment, such as `7/enterprise`, or `7/fallback`; empty where no segment was asked.
    pub segment: String,
    pub to: RoutedTo,
    /// The reason code, such as `segment_round_robin`.
    pub reason: &'static str,
    /// Whether it came to the Fallback Segment.
    pub is_fallback: bool,
    /// Whether it used up a turn of a pool.
    pub is_by_turn: bool,
    /// The members of pools that were passed over, each with the reason, such as `away`.
    pub skipped: Vec<(RepId, &'static str)>,
    /// `Knock: Intent Score` at that instant, such as `High`; empty where it was not known.
    pub score: String,
}

/// A run of a workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The id of the workflow.
    pub workflow: String,
    pub enrolled_at: Millis,
    /// The end; none while it lasts.
    pub ended_at: Option<Millis>,
    /// Whether it was stopped before its last step.
    pub is_stopped: bool,
    pub steps: Vec<StepTaken>,
}

/// What came of a step of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepTaken {
    /// The ids of the workflow and of the step, such as `ID/mail`.
    pub step: String,
    pub at: Millis,
    /// The word of the outcome, such as `done` or `skipped`.
    pub outcome: &'static str,
    /// The reason of an action that was left out; empty for others.
    pub reason: String,
}

/// A write of a person to a CRM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The CRM, such as `hubspot`.
    pub crm: String,
    /// The word of the event that caused it.
    pub cause: String,
    pub cause_at: Millis,
    /// The instant at which the CRM had it; none where it was given up.
    pub written_at: Option<Millis>,
}
