//! What stands on the timeline of a person beside signals.

use crate::{SignalType, spelled, vocabulary};

vocabulary! {
    /// A part of a timeline.
    TimelinePart {
        /// What the person did on the website.
        Website = "website",
        /// The chat and the meetings: messages, bookings, statuses.
        Conversation = "conversation",
        /// What members of the team did.
        Team = "team",
    }
}

spelled!(TimelinePart);

vocabulary! {
    /// The kind of an event on a timeline. Of events of one instant, later kinds are newer.
    TimelineEventKind {
        /// The lead wrote; only where the signal of the message has expired.
        LeadMessage = "lead_message",
        /// The AI agent wrote.
        AgentMessage = "agent_message",
        /// A member wrote to the lead.
        RepMessage = "rep_message",
        /// A member wrote a note to the team.
        Note = "note",
        /// A meeting was booked; only where its signal has expired.
        MeetingBooked = "meeting_booked",
        /// A meeting got another time.
        MeetingMoved = "meeting_moved",
        /// A meeting got another owner.
        MeetingReassigned = "meeting_reassigned",
        /// A meeting was cancelled.
        MeetingCancelled = "meeting_cancelled",
        /// The lead did not come to a meeting.
        MeetingMissed = "meeting_missed",
        /// A meeting took place after all.
        MeetingHeld = "meeting_held",
        /// A page showed a nudge of a workflow.
        NudgeShown = "nudge_shown",
        /// The lead clicked a button of a nudge.
        NudgeClicked = "nudge_clicked",
        /// The lead closed a nudge.
        NudgeClosed = "nudge_closed",
        /// Name, telephone number or company was set.
        DetailSet = "detail_set",
        /// The intent type was decided.
        TypeDecided = "type_decided",
        /// Another contact was merged into this one.
        Merged = "merged",
        /// The chat was given to somebody.
        Assigned = "assigned",
        /// No member was available for the chat.
        Queued = "queued",
        /// The lead was rejected.
        Rejected = "rejected",
        /// The rejection was undone.
        RejectionUndone = "rejection_undone",
        /// The lead was marked as spam.
        MarkedSpam = "marked_spam",
        /// The lead was marked as not spam.
        UnmarkedSpam = "unmarked_spam",
        /// A deal was opened.
        DealOpened = "deal_opened",
        /// The chat was marked as done.
        Done = "done",
        /// The chat was snoozed.
        Snoozed = "snoozed",
        /// The chat was opened again.
        Reopened = "reopened",
        /// A step of a workflow did something.
        WorkflowAction = "workflow_action",
        /// Chat Status changed.
        ChatStatus = "chat_status",
        /// Meeting Status changed.
        MeetingStatus = "meeting_status",
    }
}

spelled!(TimelineEventKind);

impl TimelineEventKind {
    /// The part of a timeline that has it.
    pub const fn part(self) -> TimelinePart {
        match self {
            TimelineEventKind::LeadMessage
            | TimelineEventKind::AgentMessage
            | TimelineEventKind::RepMessage
            | TimelineEventKind::MeetingBooked
            | TimelineEventKind::MeetingMoved
            | TimelineEventKind::MeetingReassigned
            | TimelineEventKind::MeetingCancelled
            | TimelineEventKind::MeetingMissed
            | TimelineEventKind::MeetingHeld
            | TimelineEventKind::NudgeShown
            | TimelineEventKind::NudgeClicked
            | TimelineEventKind::NudgeClosed
            | TimelineEventKind::ChatStatus
            | TimelineEventKind::MeetingStatus => TimelinePart::Conversation,
            TimelineEventKind::Note
            | TimelineEventKind::DetailSet
            | TimelineEventKind::TypeDecided
            | TimelineEventKind::Merged
            | TimelineEventKind::Assigned
            | TimelineEventKind::Queued
            | TimelineEventKind::Rejected
            | TimelineEventKind::RejectionUndone
            | TimelineEventKind::MarkedSpam
            | TimelineEventKind::UnmarkedSpam
            | TimelineEventKind::DealOpened
            | TimelineEventKind::Done
            | TimelineEventKind::Snoozed
            | TimelineEventKind::Reopened
            | TimelineEventKind::WorkflowAction => TimelinePart::Team,
        }
    }
}

impl SignalType {
    /// The part of a timeline that has it.
    pub const fn part(self) -> TimelinePart {
        match self {
            SignalType::LinkClick | SignalType::ChatMessage | SignalType::MeetingBooked => TimelinePart::Conversation,
            SignalType::PageView
            | SignalType::Click
            | SignalType::Cta
            | SignalType::FormStart
            | SignalType::FormSubmit
            | SignalType::FormAbandon
            | SignalType::LinkOpen
            | SignalType::Track
            | SignalType::Identify
            | SignalType::Engagement => TimelinePart::Website,
        }
    }
}
