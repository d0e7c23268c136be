//! A message as it is given to Slack.

use crate::Ts;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A message for a channel. Neither its text nor its blocks are escaped here: see [`crate::text`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Post {
    /// The id of the channel or of the direct message.
    pub channel: String,
    /// The first message of the thread it belongs to.
    pub thread: Option<Ts>,
    /// Whether a reply in a thread is shown in the channel too.
    pub broadcast: bool,
    /// The text where blocks are not shown (notifications, screen readers), or the whole content.
    pub text: String,
    /// The layout; empty for the text alone.
    pub blocks: Vec<Value>,
    /// The data that only apps see.
    pub metadata: Option<Metadata>,
}

/// The data that identifies a message of Knock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// The kind, such as `knock_post`.
    pub kind: String,
    pub id: String,
}

/// The message as Slack sends it.
#[derive(Serialize, Deserialize)]
struct Shape {
    event_type: String,
    event_payload: Payload,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    id: String,
}

impl Metadata {
    pub(crate) fn to_json(&self) -> Value {
        json!({ "event_type": self.kind, "event_payload": { "id": self.id } })
    }

    /// Ours among what Slack answers: other apps write what they like.
    pub(crate) fn of_json(json: &Value) -> Option<Metadata> {
        let Shape { event_type, event_payload } = serde_json::from_value(json.clone()).ok()?;
        Some(Metadata { kind: event_type, id: event_payload.id })
    }
}
