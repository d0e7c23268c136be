//! What the actions of a workflow say and do.
//!
//! A lead reads the text of their language (`en`, `de`, `fr`, `es`), else the English one, else the first.
//! `{{first_name|there}}` is replaced by the field, or by what stands behind the bar.

use crate::Texts;
#[cfg(feature = "openapi")]
use crate::schema::{IntentTypeSchema, MillisSchema, RepIdSchema, TagIdSchema, WebhookIdSchema};
use knock_model::{IntentType, Millis, RepId, TagId, WebhookId};
use serde::{Deserialize, Serialize};

/// What an action says or does, by its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum StepContent {
    /// A bubble of the widget.
    Nudge {
        /// Its text, at most 300 characters.
        text: Texts,
        /// At most three.
        #[serde(default)]
        buttons: Vec<NudgeButton>,
        /// The kind whose AI agent answers a chat that it opens; none is the usual one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agent: Option<IntentType>,
    },
    /// A message of the AI agent in the open chat of the lead.
    Message {
        /// Its text.
        text: Texts,
    },
    /// A mail.
    Mail {
        /// Its subject.
        subject: Texts,
        /// Its text, without markup; addresses become links.
        body: Texts,
    },
    /// A post in a channel of Slack, with the card of the lead.
    Slack {
        /// The id of the channel.
        channel: String,
        /// The name of the channel when it was chosen.
        #[serde(default)]
        channel_name: String,
        /// The words above the card.
        text: String,
    },
    /// An assignment: to one of these.
    Assign {
        /// A member.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rep: Option<RepId>,
        /// Members, of whom the one whose turn it is takes the lead.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pool: Vec<RepId>,
        /// The AI agent.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        agent: bool,
        /// A routing rule of chats, by its id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<String>,
    },
    /// A tag.
    Tag {
        /// The tag.
        tag: TagId,
    },
    /// A value of a custom field.
    SetField {
        /// The key of the custom field.
        field: String,
        /// Its new value as text.
        value: String,
    },
    /// The event `workflow.action` to a webhook.
    Webhook {
        /// The endpoint.
        webhook: WebhookId,
    },
    /// A follow-up in the inbox.
    Task {
        /// What is to be done.
        text: String,
        /// When it is due, in ms after the step.
        due_in_ms: Millis,
        /// The member; none is the owner of the lead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        member: Option<RepId>,
    },
}

/// A button of a nudge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NudgeButton {
    /// Its words, at most 40 characters.
    pub label: Texts,
    /// What it opens.
    pub opens: NudgeOpens,
}

/// What a button of a nudge opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NudgeOpens {
    /// The chat.
    Chat,
    /// The calendar of the meeting link of the site.
    Booking,
    /// A page, by its `https` address.
    Page(String),
}
