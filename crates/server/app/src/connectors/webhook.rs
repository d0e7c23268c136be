//! The connector to webhooks, and the secrets of their signatures.

use crate::context::AppContext;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use knock_context::ServerKey;
use knock_model::WebhookId;
use knock_outbound::Outbound;
use knock_webhook::WebhookConnector;
use knock_wire::RawSecret;
use std::sync::Arc;

/// The connector that posts by this client.
pub(super) fn connector(outbound: &Outbound, core: &AppContext) -> WebhookConnector {
    let key = Arc::clone(&core.key);
    let secret_of = Arc::new(move |id| secret(&key, id));
    WebhookConnector { outbound: outbound.clone(), secret_of, clock: Arc::clone(&core.clock) }
}

/// The secret that signs requests to a webhook: derived, so that no copy of the database contains it.
fn secret(key: &ServerKey, id: WebhookId) -> [u8; 32] {
    key.derive("webhook", id.as_bytes())
}

/// The secret in the notation of Standard Webhooks.
pub(crate) fn signing_secret(key: &ServerKey, id: WebhookId) -> RawSecret {
    RawSecret::from(format!("whsec_{}", STANDARD.encode(secret(key, id))))
}
