//! An event as it is posted to a webhook.

#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use crate::{
    AccountChanged, ChatAssigned, ChatStatusChanged, ContactCreated, ContactScoreChanged, ContactTypeChanged,
    FormSubmitted, LinkClicked, MeetingBooked, MeetingCancelled, MeetingNoShow, MeetingRescheduled,
    MeetingStatusChanged, MessageCreated, WorkflowActed,
};
use knock_model::{EventType, Millis};
use serde::{Deserialize, Serialize};

/// The type of an event and its `data`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", content = "data")]
pub enum EventData {
    /// Score, stage or owner of a company changed.
    #[serde(rename = "account.changed")]
    AccountChanged(AccountChanged),
    /// A chat was assigned.
    #[serde(rename = "chat.assigned")]
    ChatAssigned(ChatAssigned),
    /// `Chat Status` of a lead changed.
    #[serde(rename = "chat.status_changed")]
    ChatStatusChanged(ChatStatusChanged),
    /// A person got a record.
    #[serde(rename = "contact.created")]
    ContactCreated(ContactCreated),
    /// `Knock: Intent Score` of a person changed.
    #[serde(rename = "contact.score_changed")]
    ContactScoreChanged(ContactScoreChanged),
    /// `Knock: Intent Type` of a person changed.
    #[serde(rename = "contact.type_changed")]
    ContactTypeChanged(ContactTypeChanged),
    /// A person sent a form.
    #[serde(rename = "form.submitted")]
    FormSubmitted(FormSubmitted),
    /// A person clicked.
    #[serde(rename = "link.clicked")]
    LinkClicked(LinkClicked),
    /// A meeting was booked.
    #[serde(rename = "meeting.booked")]
    MeetingBooked(MeetingBooked),
    /// A meeting was cancelled.
    #[serde(rename = "meeting.cancelled")]
    MeetingCancelled(MeetingCancelled),
    /// The lead did not come to a meeting.
    #[serde(rename = "meeting.no_show")]
    MeetingNoShow(MeetingNoShow),
    /// A meeting was moved.
    #[serde(rename = "meeting.rescheduled")]
    MeetingRescheduled(MeetingRescheduled),
    /// `Meeting Status` of a lead changed.
    #[serde(rename = "meeting.status_changed")]
    MeetingStatusChanged(MeetingStatusChanged),
    /// A message was added to a conversation.
    #[serde(rename = "message.created")]
    MessageCreated(MessageCreated),
    /// A member requested a test.
    #[serde(rename = "webhook.test")]
    WebhookTest(WebhookTested),
    /// A step of a workflow named the webhook.
    #[serde(rename = "workflow.action")]
    WorkflowAction(WorkflowActed),
}

/// `data` of `webhook.test`: nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WebhookTested {}

/// The JSON that is posted to a webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventPosted {
    /// The type, and the data of that type.
    #[serde(flatten)]
    pub event: EventData,
    /// The instant of the event, in ms since 1970.
    pub at: Millis,
    /// Rises from delivery to delivery.
    pub sequence: i64,
    /// Whether it is a sample, sent on request: nothing of the kind happened.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub sample: bool,
}

/// The meaning of an event, in a sentence.
pub const fn event_meaning(event: EventType) -> &'static str {
    match event {
        EventType::AccountChanged => "Intent Score, funnel stage or CRM owner of a company changed.",
        EventType::ChatAssigned => "A routing rule gave a chat to a rep or to the AI agent.",
        EventType::ChatStatusChanged => "The Chat Status of a lead changed.",
        EventType::ContactCreated => "A new contact: a first chat, or a first e-mail address.",
        EventType::ContactScoreChanged => "The Intent Score of a contact changed.",
        EventType::ContactTypeChanged => "The Intent Type of a contact changed.",
        EventType::FormSubmitted => "A contact sent a form with their e-mail address on a site.",
        EventType::LinkClicked => "A contact opened a Knock Link, or clicked a link, button or CTA on a page.",
        EventType::MeetingBooked => "A lead booked a meeting, or a member entered one.",
        EventType::MeetingCancelled => "A lead or a rep cancelled a meeting.",
        EventType::MeetingNoShow => "A rep noted that the lead did not come to a meeting.",
        EventType::MeetingRescheduled => "A meeting was moved to another time or another rep.",
        EventType::MeetingStatusChanged => "The Meeting Status of a lead changed.",
        EventType::MessageCreated => "A lead, the AI agent or a rep wrote a message.",
        EventType::WebhookTest => "A test event was sent.",
        EventType::WorkflowAction => "A step of a workflow names this webhook; it needs no subscription.",
    }
}
