//! A delivery as it is posted, and the settings of a webhook.

use knock_ports::{Effect, OutboxEntry};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// The settings of a webhook for the connector: those of its destination, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub url: String,
}

impl Settings {
    /// Reads the settings of a destination.
    ///
    /// # Errors
    /// When they are no settings of a webhook.
    pub fn parse(json: &str) -> Result<Settings, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The settings as they are stored.
    pub fn to_json(&self) -> String {
        serde_json::json!(self).to_string()
    }
}

/// The posted JSON.
#[derive(Serialize)]
struct Envelope<'d> {
    r#type: &'d str,
    at: i64,
    sequence: i64,
    /// Whether it was sent on request: nothing of the kind happened.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    sample: bool,
    data: &'d RawValue,
}

/// The body.
///
/// # Errors
/// When the data of the effect is no JSON.
pub(crate) fn body(entry: &OutboxEntry) -> Result<String, serde_json::Error> {
    let data = serde_json::from_str::<&RawValue>(&entry.effect.data)?;
    let Effect { kind, at, .. } = &entry.effect;
    let (event, sample) = (kind.event().map_or(kind.as_str(), |event| event.as_str()), kind.is_sample());
    serde_json::to_string(&Envelope { r#type: event, at: at.0, sequence: entry.number, sample, data })
}

/// The id of a delivery, the same on every attempt. It is made of what is posted: after a backup was restored the same
/// number may be another delivery.
pub(crate) fn message_id(entry: &OutboxEntry, body: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(entry.to.id);
    hash.update(entry.stored_at.0.to_be_bytes());
    hash.update(body);
    format!("msg_{}", hex::encode(&hash.finalize()[..16]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{DeliveryState, Destination, EffectKind, EventType, Millis, WebhookId};

    fn entry() -> OutboxEntry {
        let data = r#"{"status":"Ongoing"}"#.into();
        OutboxEntry {
            number: 7,
            to: Destination::webhook(WebhookId::new([1; 16])),
            effect: Effect { kind: EventType::ChatStatusChanged.into(), data, at: Millis(1) },
            stored_at: Millis(2),
            state: DeliveryState::UnderWay,
            due_at: Millis(3),
            attempts: 1,
            answer: String::new(),
        }
    }

    #[test]
    fn data_stands_as_it_was_stored() {
        let body = body(&entry()).expect("JSON");
        assert_eq!(body, r#"{"type":"chat.status_changed","at":1,"sequence":7,"data":{"status":"Ongoing"}}"#);
    }

    #[test]
    fn a_sample_says_that_it_is_one_and_has_the_type_of_its_event() {
        let effect = Effect { kind: EffectKind::sample(EventType::MeetingBooked), ..entry().effect };
        let body = body(&OutboxEntry { effect, ..entry() }).expect("JSON");
        let expected = r#"{"type":"meeting.booked","at":1,"sequence":7,"sample":true,"data":{"status":"Ongoing"}}"#;
        assert_eq!(body, expected);
    }

    #[test]
    fn the_id_depends_on_the_delivery_and_not_on_the_attempt() {
        let id = |entry: OutboxEntry| message_id(&entry, &body(&entry).expect("JSON"));
        let first = id(entry());
        assert_eq!(first.len(), 36);
        assert_eq!(first, id(OutboxEntry { attempts: 9, due_at: Millis(9), answer: "503".into(), ..entry() }));
        for other in [
            OutboxEntry { number: 8, ..entry() },
            OutboxEntry { to: Destination::webhook(WebhookId::new([2; 16])), ..entry() },
            OutboxEntry { effect: Effect { data: "{}".into(), ..entry().effect }, ..entry() },
            OutboxEntry { stored_at: Millis(3), ..entry() },
        ] {
            assert_ne!(first, id(other));
        }
    }
}
