//! A delivery as it is posted.

use knock_ports::Delivery;
use serde::Serialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// What is posted.
#[derive(Serialize)]
struct Envelope<'d> {
    r#type: &'static str,
    at: i64,
    sequence: i64,
    data: &'d RawValue,
}

/// The body.
///
/// # Errors
/// When what is said is no JSON.
pub(crate) fn body(delivery: &Delivery) -> Result<String, serde_json::Error> {
    let data = serde_json::from_str::<&RawValue>(&delivery.data)?;
    serde_json::to_string(&Envelope {
        r#type: delivery.event.as_str(),
        at: delivery.at.0,
        sequence: delivery.number,
        data,
    })
}

/// The id of a delivery, the same on every attempt. It is made of what is told: after a backup was brought back the
/// same number may tell something else.
pub(crate) fn message_id(delivery: &Delivery, body: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(delivery.webhook.as_bytes());
    hash.update(delivery.stored_at.0.to_be_bytes());
    hash.update(body);
    format!("msg_{}", hex::encode(&hash.finalize()[..16]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{Millis, WebhookId};
    use knock_wire::{DeliveryState, EventType};

    fn delivery() -> Delivery {
        Delivery {
            number: 7,
            webhook: WebhookId::new([1; 16]),
            event: EventType::ChatStatusChanged,
            data: r#"{"status":"Ongoing"}"#.into(),
            at: Millis(1),
            stored_at: Millis(2),
            state: DeliveryState::UnderWay,
            due_at: Millis(3),
            attempts: 1,
            answer: String::new(),
        }
    }

    #[test]
    fn data_stands_as_it_was_stored() {
        let body = body(&delivery()).expect("JSON");
        assert_eq!(body, r#"{"type":"chat.status_changed","at":1,"sequence":7,"data":{"status":"Ongoing"}}"#);
    }

    #[test]
    fn the_id_is_of_what_is_told_and_not_of_the_attempt() {
        let id = |delivery: Delivery| message_id(&delivery, &body(&delivery).expect("JSON"));
        let first = id(delivery());
        assert_eq!(first.len(), 36);
        assert_eq!(first, id(Delivery { attempts: 9, due_at: Millis(9), answer: "503".into(), ..delivery() }));
        for other in [
            Delivery { number: 8, ..delivery() },
            Delivery { webhook: WebhookId::new([2; 16]), ..delivery() },
            Delivery { data: "{}".into(), ..delivery() },
            Delivery { stored_at: Millis(3), ..delivery() },
        ] {
            assert_ne!(first, id(other));
        }
    }
}
