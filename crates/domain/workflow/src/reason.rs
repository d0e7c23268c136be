//! Why an enrolment was refused, and why an action was left out.

use alloc::string::String;
use knock_model::{Millis, spelled, vocabulary};

vocabulary! {
    /// The reason why an action to the lead was left out.
    SkipReason {
        /// It came too late (WF-L2).
        Expired = "expired",
        /// The lead has denied consent (WF-A1).
        Consent = "consent",
        /// No address of the lead is known.
        NoAddress = "no_address",
        /// The lead has unsubscribed from mails of workflows.
        Unsubscribed = "unsubscribed",
        /// A rep has just written to the lead (WF-A2).
        Human = "human",
        /// The lead has got as many actions as the cap allows (WF-A4).
        Cap = "cap",
    }
}

spelled!(SkipReason);

vocabulary! {
    /// The reason why a trigger enrolled no lead, in the order in which they are tried.
    RefusalReason {
        /// The workflow is switched off.
        Disabled = "disabled",
        /// The signal arrived more than 30 minutes after its time (WF-T3).
        Stale = "stale",
        /// The lead is Spam or erased (WF-E5).
        Spam = "spam",
        /// The lead is Rejected (WF-E5).
        Rejected = "rejected",
        /// The lead has denied consent.
        Consent = "consent",
        /// A run of this workflow is active (WF-E3).
        Active = "active",
        /// The lead was enrolled before, and the workflow enrols once.
        Already = "already",
        /// The last enrolment is too recent.
        TooSoon = "too_soon",
        /// The conditions of the workflow do not hold.
        Conditions = "conditions",
    }
}

spelled!(RefusalReason);

vocabulary! {
    /// The reason why an action that was done did not reach its end in the server.
    Failure {
        /// The version says nothing for the step.
        ContentGone = "content_gone",
        /// The lead was erased, or became Spam in the meantime.
        LeadGone = "lead_gone",
        /// The nudge was withdrawn before a page showed it.
        NotShown = "not_shown",
        /// No text is in a language that can be chosen.
        NoText = "no_text",
        /// The lead has no chat in which it could be done.
        NoOpenChat = "no_open_chat",
        /// The address was taken from the lead in the meantime.
        NoAddress = "no_address",
        /// The lead has unsubscribed.
        Unsubscribed = "unsubscribed",
        /// Mails to the address come back.
        MailReturned = "mail_returned",
        /// The server sends no mail.
        MailOff = "mail_off",
        /// Slack is not connected.
        SlackOff = "slack_off",
        /// The webhook was deleted.
        WebhookGone = "webhook_gone",
        /// The member left the team, or answers no chats.
        MemberGone = "member_gone",
        /// The lead has no owner.
        NoOwner = "no_owner",
        /// No member of the routing rule is free.
        NobodyFree = "nobody_free",
        /// The routing rule was deleted or switched off.
        RuleGone = "rule_gone",
        /// The tag was deleted.
        TagGone = "tag_gone",
        /// The custom field was deleted.
        FieldGone = "field_gone",
        /// The custom field takes no such value.
        WrongType = "wrong_type",
        /// The lead has as many follow-ups as there can be.
        TooMany = "too_many",
    }
}

/// An enrolment that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Refusal {
    /// The id of the workflow.
    pub workflow: String,
    /// The version that refused.
    pub version: u32,
    /// The id of the event that fired the trigger.
    pub event: String,
    /// The instant of the refusal.
    pub at: Millis,
    pub reason: RefusalReason,
}
