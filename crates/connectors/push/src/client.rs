//! Encrypts and posts.

use crate::outcome::outcome;
use crate::subscription::Subscription;
use crate::vapid::Vapid;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use knock_model::{DestinationKind, Millis};
use knock_outbound::Outbound;
use knock_ports::{Clock, Connector, Delivery, DeliveryFuture, DeliveryOutcome, PushAlert};
use std::sync::Arc;
use url::Url;

/// The lifetime of a notification: after that, the push service and the outbox drop it.
const LIFE: Millis = Millis(60 * Millis::MINUTE.0);

/// Delivers notifications to browsers.
#[derive(Clone)]
pub struct PushConnector {
    pub outbound: Outbound,
    /// The sender.
    pub vapid: Vapid,
    /// The instant of the attempt is signed.
    pub clock: Arc<dyn Clock>,
}

impl Connector for PushConnector {
    fn kind(&self) -> DestinationKind {
        DestinationKind::Push
    }

    fn deliver(&self, delivery: &Delivery) -> DeliveryFuture {
        let (prepared, outbound) = (self.prepare(delivery), self.outbound.clone());
        Box::pin(async move {
            match prepared {
                Ok((url, headers, body)) => outcome(outbound.post_bytes(url, &headers, body).await),
                Err(why) => DeliveryOutcome::Rejected(why),
            }
        })
    }
}

type Prepared = (Url, [(&'static str, String); 6], Vec<u8>);

impl PushConnector {
    fn prepare(&self, Delivery { entry, settings }: &Delivery) -> Result<Prepared, String> {
        let now = self.clock.now();
        let left = entry.stored_at + LIFE - now;
        if left <= Millis(0) {
            return Err("it is older than an hour".to_owned());
        }
        let subscription: Subscription =
            serde_json::from_str(settings).map_err(|error| format!("unreadable settings: {error}"))?;
        let read = subscription.read().map_err(|wrong| format!("{} {}", wrong.field, wrong.reason))?;
        let alert: PushAlert =
            serde_json::from_str(&entry.effect.data).map_err(|error| format!("unreadable data: {error}"))?;
        let body = web_push_native::encrypt(entry.effect.data.clone().into_bytes(), &read.key, &read.auth);
        let body = body.map_err(|error| error.to_string())?;
        let headers = [
            ("authorization", self.vapid.authorization(&read.endpoint, now)),
            ("content-type", "application/octet-stream".to_owned()),
            ("content-encoding", "aes128gcm".to_owned()),
            ("ttl", left.0.div_euclid(1_000).to_string()),
            ("urgency", "high".to_owned()),
            ("topic", topic(&alert.tag)),
        ];
        Ok((read.endpoint, headers, body))
    }
}

/// The topic, which replaces an earlier undelivered notification: at most 32 characters.
fn topic(tag: &str) -> String {
    let bytes: Vec<u8> = tag.bytes().filter(u8::is_ascii_hexdigit).collect();
    let halves = bytes.chunks(2).filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    BASE64_URL_SAFE_NO_PAD.encode(halves.take(24).collect::<Vec<u8>>())
}
