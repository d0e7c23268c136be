//! Signs and posts.

use crate::mapping::{Settings, body, message_id};
use crate::outcome::outcome;
use knock_model::{DestinationKind, WebhookId};
use knock_outbound::Outbound;
use knock_ports::{Clock, Connector, Delivery, DeliveryFuture, DeliveryOutcome};
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP};
use std::sync::Arc;
use url::Url;

/// Finds the key that requests to a webhook are signed with.
pub type SecretOf = Arc<dyn Fn(WebhookId) -> [u8; 32] + Send + Sync>;

/// Delivers events to webhooks.
#[derive(Clone)]
pub struct WebhookConnector {
    pub outbound: Outbound,
    /// The signing keys.
    pub secret_of: SecretOf,
    /// Receivers refuse what was signed long ago: the instant of the attempt is signed.
    pub clock: Arc<dyn Clock>,
}

impl Connector for WebhookConnector {
    fn kind(&self) -> DestinationKind {
        DestinationKind::Webhook
    }

    fn deliver(&self, delivery: &Delivery) -> DeliveryFuture {
        let (prepared, outbound) = (self.prepare(delivery), self.outbound.clone());
        Box::pin(async move {
            match prepared {
                Ok((url, headers, body)) => outcome(outbound.post(url, &headers, body).await),
                Err(why) => DeliveryOutcome::Rejected(why),
            }
        })
    }
}

type Prepared = (Url, [(&'static str, String); 3], String);

impl WebhookConnector {
    fn prepare(&self, Delivery { entry, settings }: &Delivery) -> Result<Prepared, String> {
        let Settings { url } = Settings::parse(settings).map_err(|error| format!("unreadable settings: {error}"))?;
        let url = Url::parse(&url).map_err(|error| format!("unreadable address: {error}"))?;
        let body = body(entry).map_err(|error| format!("unreadable delivery: {error}"))?;
        let (id, at) = (message_id(entry, &body), self.clock.now().0.div_euclid(1_000));
        let key = (self.secret_of)(WebhookId::from_bytes(entry.to.id));
        let key = standardwebhooks::Webhook::from_bytes(key.to_vec());
        let signature = key.and_then(|key| key.sign(&id, at, body.as_bytes())).map_err(|error| error.to_string())?;
        let headers = [
            (HEADER_WEBHOOK_ID, id),
            (HEADER_WEBHOOK_TIMESTAMP, at.to_string()),
            (HEADER_WEBHOOK_SIGNATURE, signature),
        ];
        Ok((url, headers, body))
    }
}
