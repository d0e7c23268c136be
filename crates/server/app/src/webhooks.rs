//! How webhooks are told: by whom, signed with what.

use crate::config::Outbound;
use crate::faults;
use crate::foundation::Core;
use crate::server_key::ServerKey;
use anyhow::anyhow;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use knock_engine::DeliveryWorker;
use knock_model::WebhookId;
use knock_ports::ATTEMPT;
use knock_webhook::WebhookCourier;
use knock_wire::RawSecret;
use std::sync::Arc;
use std::time::Duration;

/// Who tells webhooks, by the configuration, and the way out that is used.
pub(crate) fn worker(config: &Outbound, core: &Core) -> anyhow::Result<(DeliveryWorker, knock_outbound::Outbound)> {
    let guard = knock_outbound::Guard::new(config.private_networks.0.clone());
    let patience = Duration::from_millis(ATTEMPT.0.unsigned_abs());
    let outbound = knock_outbound::Outbound::new(guard, patience).map_err(|error| anyhow!("no TLS: {error}"))?;
    let key = Arc::clone(&core.key);
    let secret_of = Arc::new(move |id| secret(&key, id));
    let courier = WebhookCourier { outbound: outbound.clone(), secret_of, clock: Arc::clone(&core.clock) };
    let worker = DeliveryWorker {
        clock: Arc::clone(&core.clock),
        store: Arc::clone(&core.store),
        writer: core.writer.clone(),
        courier: faults::around_courier(courier),
        bell: Arc::default(),
    };
    Ok((worker, outbound))
}

/// What requests to a webhook are signed with: derived, so that no copy of the database holds it.
fn secret(key: &ServerKey, id: WebhookId) -> [u8; 32] {
    key.derive("webhook", id.as_bytes())
}

/// The same as Standard Webhooks write it.
pub(crate) fn signing_secret(key: &ServerKey, id: WebhookId) -> RawSecret {
    RawSecret::from(format!("whsec_{}", STANDARD.encode(secret(key, id))))
}
