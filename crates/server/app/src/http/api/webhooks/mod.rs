//! `/api/v1/webhooks`: addresses that events are posted to.

mod actions;
mod deliveries;
mod events;
mod list;
mod save;

pub(super) use deliveries::{due_at, next};

use crate::connectors::webhook::signing_secret;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use knock_model::{Destination, DestinationKind, SiteId, WebhookId};
use knock_ports::{Endpoint, StoreError, View};
use knock_webhook::Settings;

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list::get, save::post))
        .routes(routes!(events::get))
        .routes(routes!(events::post))
        .routes(routes!(save::put, save::delete))
        .routes(routes!(deliveries::get))
        .routes(routes!(actions::test))
        .routes(routes!(actions::send_again))
}

/// All webhooks, in the order of creation.
fn webhooks(view: &dyn View) -> Result<Vec<Endpoint>, StoreError> {
    view.endpoints(Some(DestinationKind::Webhook))
}

/// The webhook with this id, if any.
fn find(view: &dyn View, id: WebhookId) -> Result<Option<Endpoint>, StoreError> {
    Ok(webhooks(view)?.into_iter().find(|known| known.destination == Destination::webhook(id)))
}

fn shown(view: &dyn View, webhook: Endpoint, state: &AppState) -> Result<knock_wire::Webhook, StoreError> {
    let counts = view.outbox_counts(webhook.destination)?;
    let id = WebhookId::from_bytes(webhook.destination.id);
    let settings = Settings::parse(&webhook.settings).map_err(|error| StoreError::Broken(error.to_string()))?;
    let known = if webhook.sites.is_empty() { Vec::new() } else { view.sites()? };
    let key = |site: &SiteId| known.iter().find(|known| known.id == *site).map(|known| known.key.clone());
    Ok(knock_wire::Webhook {
        signing_secret: signing_secret(&state.core.key, id),
        id,
        url: settings.url,
        events: webhook.events.into_iter().map(knock_wire::Word::from).collect(),
        sites: webhook.sites.iter().filter_map(key).collect(),
        is_active: webhook.is_active,
        why_stopped: webhook.why_stopped,
        created_at: webhook.created_at,
        waiting: counts.waiting,
        parked: counts.parked,
    })
}
