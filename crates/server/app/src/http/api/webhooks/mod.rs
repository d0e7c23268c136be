//! `/api/v1/webhooks`: addresses that are told what happens.

mod actions;
mod deliveries;
mod list;
mod save;

use crate::http::state::AppState;
use crate::webhooks::signing_secret;
use knock_ports::{StoreError, View, Webhook};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::get, save::post))
        .routes(routes!(save::put, save::delete))
        .routes(routes!(deliveries::get))
        .routes(routes!(actions::test))
        .routes(routes!(actions::send_again))
}

fn shown(view: &dyn View, webhook: Webhook, state: &AppState) -> Result<knock_wire::Webhook, StoreError> {
    let counts = view.outbox_counts(Some(webhook.id))?;
    Ok(knock_wire::Webhook {
        signing_secret: signing_secret(&state.core.key, webhook.id),
        id: webhook.id,
        url: webhook.url,
        events: webhook.events,
        is_active: webhook.is_active,
        why_stopped: webhook.why_stopped,
        created_at: webhook.created_at,
        waiting: counts.waiting,
        parked: counts.parked,
    })
}
