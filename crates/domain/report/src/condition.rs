//! What a metric asks of the items of its population.

use knock_model::vocabulary;

vocabulary! {
    /// What can be true of an item, in words that follow "those".
    Condition {
        /// Of every item.
        All = "",
        /// Of a wait.
        Answered = "that a person answered",
        /// Of a wait: one that still could be answered in two minutes is not yet decided.
        Decided = "that were answered, ended without an answer, or last two minutes already",
        /// Of a wait.
        InTwoMinutes = "that a person answered within two minutes",
        /// Of a wait.
        Unanswered = "that no person has answered: they last, or the chat went to another rep, to the agent, or began anew",
        /// Of an episode.
        Alone = "in which the agent wrote and no person wrote or was awaited",
        /// Of an episode.
        HandedOver = "in which a person wrote or was awaited after the agent wrote",
        /// Of a meeting.
        Moved = "whose time or owner changed at least once",
        /// Of a meeting.
        CancelledByLead = "that the lead cancelled",
        /// Of a meeting.
        CancelledByTeam = "that the team, or the system for it, cancelled",
        /// Of a meeting.
        Held = "that a rep marked as held",
        /// Of a meeting.
        NoShow = "to which the lead did not come, as a rep marked",
        /// Of a meeting.
        Marked = "that a rep marked as held or not attended",
        /// Of a meeting.
        Unmarked = "that are over and not marked as held or not attended",
        /// Of a status.
        Lasting = "that last until now",
        /// Of a status.
        Over = "that have ended",
        /// Of a rejection.
        ByAgent = "by the agent",
        /// Of a form.
        Booked = "at or after which the lead booked a meeting",
        /// Of a decision.
        ByTurn = "that used up a turn of a pool",
        /// Of a decision.
        Fallback = "that came to the Fallback Segment",
        /// Of a decision.
        NotAvailable = "for which no member was available, so that the lead waits",
        /// Of a decision.
        ToAgent = "that gave the lead to the AI agent",
        /// Of a decision.
        Disqualified = "that disqualified the lead",
        /// Of a decision.
        Unbookable = "for which no calendar could be offered",
        /// Of a run.
        Completed = "that came to their end",
        /// Of a run.
        Stopped = "that were stopped before their end",
        /// Of a step.
        Done = "whose action was done",
        /// Of a step.
        LeftOut = "whose action was left out",
        /// Of a write.
        Written = "that the CRM accepted",
        /// Of a write.
        GivenUp = "that were given up",
    }
}

/// What is true of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Conditions(u64);

impl Conditions {
    /// What is true of every item.
    pub(crate) const ANY: Conditions = Conditions(1 << Condition::All.index());

    /// With one more, where it is true.
    #[must_use]
    pub(crate) const fn with(self, condition: Condition, is_true: bool) -> Conditions {
        if is_true { Conditions(self.0 | (1 << condition.index())) } else { self }
    }

    pub(crate) const fn holds(self, condition: Condition) -> bool {
        self.0 & (1 << condition.index()) != 0
    }
}
