//! `/api/v1/webhooks`: addresses that events are posted to, and their deliveries.

#[cfg(feature = "openapi")]
use crate::schema::{EventTypeSchema, MillisSchema, WebhookIdSchema};
use crate::{DeliveryStateWord, EventTypeWord, RawSecret};
use knock_model::{EventType, Millis, WebhookId};
use serde::{Deserialize, Serialize};

/// A webhook endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// The address.
    pub url: String,
    /// The events it receives.
    pub events: Vec<EventTypeWord>,
    /// The keys of the sites whose events it receives; empty: of all sites.
    #[serde(default)]
    pub sites: Vec<String>,
    /// Whether it receives events.
    pub is_active: bool,
    /// The reason for which the server disabled it; empty if it did not.
    #[serde(default)]
    pub why_stopped: String,
    /// The signing secret, in the form of Standard Webhooks.
    pub signing_secret: RawSecret,
    /// The instant of creation, in ms since 1970.
    pub created_at: Millis,
    /// Deliveries that are still to arrive.
    #[serde(default)]
    pub waiting: u64,
    /// Deliveries that were given up and wait for a person.
    #[serde(default)]
    pub parked: u64,
}

/// `GET /api/v1/webhooks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookList {
    /// In the order they were made.
    pub webhooks: Vec<Webhook>,
}

/// `POST /api/v1/webhooks`, `PUT /api/v1/webhooks/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WebhookDraft {
    /// The address, such as `https://example.com/hooks/knock`.
    pub url: String,
    /// The events to receive.
    pub events: Vec<EventType>,
    /// The keys of the sites whose events to receive; empty: of all sites.
    #[serde(default)]
    pub sites: Vec<String>,
    /// Whether to receive events.
    #[serde(default = "yes")]
    pub is_active: bool,
}

const fn yes() -> bool {
    true
}

/// A delivery of an event to a webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delivery {
    /// Its number: later ones have higher numbers.
    pub number: i64,
    /// The event type.
    pub event: EventTypeWord,
    /// The instant of the event, in ms since 1970.
    pub at: Millis,
    /// The state.
    pub state: DeliveryStateWord,
    /// The instant of the next attempt, in ms since 1970.
    #[serde(default)]
    pub due_at: Option<Millis>,
    /// The number of attempts.
    pub attempts: u32,
    /// The result of the last attempt, such as `503 Service Unavailable`; empty before the first.
    #[serde(default)]
    pub answer: String,
    /// The `data` of the event.
    pub data: serde_json::Value,
    /// Whether it is a sample, sent on request.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub is_sample: bool,
}

/// A type of event, as webhooks receive it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookEvent {
    /// The type.
    #[serde(rename = "type")]
    pub kind: EventTypeWord,
    /// The meaning, in a sentence.
    pub description: String,
    /// What is posted: a complete sample.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::EventPosted))]
    pub sample: serde_json::Value,
}

/// `GET /api/v1/webhooks/events`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookEventList {
    /// Every type, by its name.
    pub events: Vec<WebhookEvent>,
}

/// `POST /api/v1/webhooks/{id}/sample`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SampleAsk {
    /// The type of the event.
    pub event: EventType,
}

/// `GET /api/v1/webhooks/{id}/deliveries`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryPage {
    /// Newest first.
    pub deliveries: Vec<Delivery>,
    /// The value of `before` for the next page; none on the last one.
    #[serde(default)]
    pub next: Option<i64>,
}

/// `POST /api/v1/webhooks/{id}/send-again`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendAgainAsk {
    /// The delivery that was given up; all of them, the oldest 500 at once, when absent.
    #[serde(default)]
    pub number: Option<i64>,
}

/// The number of deliveries that are sent again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentAgain {
    /// The number of deliveries that are sent again.
    pub sent: u64,
}
