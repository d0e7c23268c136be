//! The timeline: signals (IC-06, IU-02), and what the team and the agent did.

#[cfg(feature = "openapi")]
use crate::schema::{
    CategorySchema, ConversationIdSchema, LinkKindSchema, MeetingIdSchema, MillisSchema, SessionIdSchema,
    SignalIdSchema, SignalTypeSchema, TrustSchema, VisitorIdSchema,
};
use crate::{AccountRef, ContactRef, TimelineEventKindWord};
use knock_model::{
    Category, ConversationId, LinkKind, MeetingId, Millis, SessionId, SignalId, SignalType, Trust, VisitorId,
};
use serde::{Deserialize, Serialize};

/// A signal on a timeline, with what it is worth and why it has its category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    /// Its id.
    pub id: SignalId,
    /// The instant, corrected by the sender's clock, in ms since 1970.
    pub at: Millis,
    /// The instant of arrival at the server, in ms since 1970.
    pub received_at: Millis,
    /// Whether the instant had to be moved into the 30 days before its arrival.
    #[serde(default)]
    pub clamped: bool,
    /// The signal type.
    #[serde(rename = "type")]
    pub kind: SignalType,
    /// The category.
    pub category: Category,
    /// The rule that gave the category.
    pub rule: String,
    /// The words that rule found, empty when none.
    #[serde(default)]
    pub matched: String,
    /// Points it gives to the score of the record asked for, two decimals; 0 in the feed of all.
    #[serde(default)]
    pub points: f64,
    /// The browser.
    pub visitor: VisitorId,
    /// The session.
    pub session: SessionId,
    /// The person, once known.
    #[serde(default)]
    pub contact: Option<ContactRef>,
    /// The company, once known.
    #[serde(default)]
    pub account: Option<AccountRef>,
    /// Key of the site.
    pub site: String,
    /// Address of the page.
    #[serde(default)]
    pub url: String,
    /// Title of the page.
    #[serde(default)]
    pub title: String,
    /// The referrer of the page.
    #[serde(default)]
    pub referrer: String,
    /// Visible label of what was clicked.
    #[serde(default)]
    pub text: String,
    /// The target of a clicked link.
    #[serde(default)]
    pub href: String,
    /// The kind of a link to no page of the same site: `outbound`, `download`, `mail`, `phone`.
    #[serde(default)]
    pub link: Option<LinkKind>,
    /// Name of the call to action or of the custom event.
    #[serde(default)]
    pub name: String,
    /// Name of the form.
    #[serde(default)]
    pub form: String,
    /// Names of the form's fields.
    #[serde(default)]
    pub fields: Vec<String>,
    /// The fields of which only the beginning is kept, because they were longer than that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cut: Vec<String>,
    /// Of an `engagement`, for how long its page view had been visible by then, in milliseconds.
    #[serde(default)]
    pub visible_ms: Option<u32>,
    /// Of an `identify`, how far it was believed: `verified` (with a proof), `claimed` (without one, and believed),
    /// `unverified` (without one, so it says nothing).
    #[serde(default)]
    pub trust: Option<Trust>,
    /// Of the first page view of a batch, who it came from.
    #[serde(default)]
    pub client: Option<Client>,
    /// Of a signal of a chat on the timeline of a contact, its conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<ConversationId>,
}

/// What the team, the AI agent or a timer did about a contact. A field that the kind does not need is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEvent {
    /// Its id, of no other event or signal of the timeline.
    pub id: SignalId,
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// The kind.
    pub kind: TimelineEventKindWord,
    /// The name of the member who did it, `AI Agent`, or `workflow` with its name; empty for the lead, the server and a
    /// program.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The first words of a message, a note, a reason, of what a workflow says; the detail that was set (`name`, `phone`,
    /// `company`); the workflow of a nudge that was shown, clicked or closed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The owner before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// The owner, the status, the type or the value after it; the action of a workflow, such as `mail`; the page that
    /// showed a nudge.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// The end of a snooze, or the start of a meeting, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
    /// The conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<ConversationId>,
    /// The meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
}

/// The browser that page views came from, its device and its place; empty is what is not known (RO-13).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Client {
    /// `desktop`, `tablet` or `mobile`.
    #[cfg_attr(feature = "openapi", schema(example = "desktop"))]
    pub device: String,
    /// The operating system.
    #[cfg_attr(feature = "openapi", schema(example = "macOS"))]
    pub os: String,
    /// The browser, by the same name on all devices.
    #[cfg_attr(feature = "openapi", schema(example = "Firefox"))]
    pub browser: String,
    /// The preferred language (BCP 47).
    #[cfg_attr(feature = "openapi", schema(example = "de-AT"))]
    pub language: String,
    /// The country (ISO 3166-1 alpha-2), where the server has a database of places.
    #[cfg_attr(feature = "openapi", schema(example = "AT"))]
    pub country: String,
    /// The city, where that database tells it.
    #[cfg_attr(feature = "openapi", schema(example = "Vienna"))]
    pub city: String,
}

/// `GET /api/v1/timeline`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelinePage {
    /// Signals, newest first.
    pub entries: Vec<TimelineEntry>,
    /// The events of a contact within the same stretch of time, newest first: by instant and id, as the signals are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<TimelineEvent>,
    /// Ask again with `before` set to this for older ones.
    #[serde(default)]
    pub next: Option<String>,
}
