//! Signs and posts.

use crate::mapping::{body, message_id};
use crate::verdict::verdict;
use knock_model::WebhookId;
use knock_outbound::Outbound;
use knock_ports::{Carrying, Clock, Courier, Delivery, Verdict, Webhook};
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP};
use std::sync::Arc;
use url::Url;

/// Finds the key that requests to a webhook are signed with.
pub type SecretOf = Arc<dyn Fn(WebhookId) -> [u8; 32] + Send + Sync>;

/// Carries deliveries to webhooks.
#[derive(Clone)]
pub struct WebhookCourier {
    /// The way out.
    pub outbound: Outbound,
    /// The keys.
    pub secret_of: SecretOf,
    /// Receivers refuse what was signed long ago: the instant of the attempt.
    pub clock: Arc<dyn Clock>,
}

impl Courier for WebhookCourier {
    fn carry(&self, webhook: Webhook, delivery: Delivery) -> Carrying {
        let courier = self.clone();
        Box::pin(async move {
            match courier.prepare(&webhook, &delivery) {
                Ok((url, headers, body)) => verdict(courier.outbound.post(url, &headers, body).await),
                Err(why) => Verdict::Never(why),
            }
        })
    }
}

type Prepared = (Url, [(&'static str, String); 3], String);

impl WebhookCourier {
    fn prepare(&self, webhook: &Webhook, delivery: &Delivery) -> Result<Prepared, String> {
        let url = Url::parse(&webhook.url).map_err(|error| format!("the address cannot be read: {error}"))?;
        let body = body(delivery).map_err(|error| format!("the delivery cannot be read: {error}"))?;
        let (id, at) = (message_id(delivery, &body), self.clock.now().0.div_euclid(1_000));
        let key = standardwebhooks::Webhook::from_bytes((self.secret_of)(webhook.id).to_vec());
        let signature = key.and_then(|key| key.sign(&id, at, body.as_bytes())).map_err(|error| error.to_string())?;
        let headers = [
            (HEADER_WEBHOOK_ID, id),
            (HEADER_WEBHOOK_TIMESTAMP, at.to_string()),
            (HEADER_WEBHOOK_SIGNATURE, signature),
        ];
        Ok((url, headers, body))
    }
}
