//! `POST /api/v1/webhooks`, `PUT` and `DELETE /api/v1/webhooks/{id}`.

use super::{find, shown};
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{DropEndpoint, SaveEndpoint};
use knock_model::{Destination, Millis, SiteId, WebhookId};
use knock_ports::{Actor, Endpoint, Site};
use knock_webhook::Settings;
use knock_wire::{FieldError, WebhookDraft};
use url::Url;

/// The longest address.
const LONGEST: usize = 2_000;

/// Adds a webhook. It receives events from now on.
#[utoipa::path(post, path = "/api/v1/webhooks", tag = "team", request_body = WebhookDraft, responses(
    (status = 201, description = "The new webhook", body = knock_wire::Webhook),
    (status = 409, description = "Limit of 20 reached"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<WebhookDraft>,
) -> Result<(StatusCode, Json<knock_wire::Webhook>), Problem> {
    let (id, created_at) = (WebhookId::new(state.core.chance.bytes16()), state.core.clock.now());
    Ok((StatusCode::CREATED, save(state, caller.actor(), (id, created_at), draft).await?))
}

/// Changes a webhook. Pending deliveries go to the new address; those held while it was off are sent once it is on.
#[utoipa::path(put, path = "/api/v1/webhooks/{id}", tag = "team", request_body = WebhookDraft,
    params(("id" = String, Path, description = "Id of the webhook")),
    responses(
        (status = 200, description = "The webhook as it is now", body = knock_wire::Webhook),
        (status = 404, description = "Webhook not found"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    Path(id): Path<WebhookId>,
    JsonBody(draft): JsonBody<WebhookDraft>,
) -> Result<Json<knock_wire::Webhook>, Problem> {
    let known = read(state.core.store.clone(), move |view| find(view, id)).await?.ok_or_else(Problem::not_found)?;
    save(state, caller.actor(), (id, known.created_at), draft).await
}

/// Deletes a webhook and its pending deliveries.
#[utoipa::path(delete, path = "/api/v1/webhooks/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the webhook")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "Webhook not found"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    Path(id): Path<WebhookId>,
) -> Result<StatusCode, Problem> {
    let was_there = state.core.make(caller.actor(), DropEndpoint { destination: Destination::webhook(id) }).await?;
    if was_there { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

async fn save(
    state: AppState,
    actor: Actor,
    (id, created_at): (WebhookId, Millis),
    draft: WebhookDraft,
) -> Result<Json<knock_wire::Webhook>, Problem> {
    let known = read(state.core.store.clone(), |view| view.sites()).await?;
    let (url, sites) = checked(&state, &draft, &known)?;
    let WebhookDraft { mut events, is_active, .. } = draft;
    events.sort_unstable();
    events.dedup();
    let (destination, settings, why_stopped) = (Destination::webhook(id), Settings { url }.to_json(), String::new());
    let webhook = Endpoint { destination, settings, events, sites, is_active, why_stopped, created_at };
    if !state.core.make(actor, SaveEndpoint { endpoint: webhook.clone() }).await? {
        return Err(Problem::new(StatusCode::CONFLICT, "too-many", "There are too many webhooks"));
    }
    read(state.core.store.clone(), move |view| shown(view, webhook, &state)).await.map(Json)
}

/// The address and the sites for storage, or every invalid field.
fn checked(state: &AppState, draft: &WebhookDraft, known: &[Site]) -> Result<(String, Vec<SiteId>), Problem> {
    let mut errors = Vec::new();
    let mut wrong =
        |pointer: &str, reason: &str| errors.push(FieldError { pointer: pointer.into(), reason: reason.into() });
    let url = match Url::parse(draft.url.trim()) {
        Ok(url) if url.as_str().len() > LONGEST => Err("is longer than 2000 bytes"),
        Ok(url) => state.outbound.guard().check(&url).map(|()| url.to_string()),
        Err(_) => Err("is not an address such as https://example.com/hook"),
    };
    if let Err(reason) = &url {
        wrong("/url", reason);
    }
    if draft.events.is_empty() {
        wrong("/events", "is empty: choose at least one event");
    }
    let mut sites = Vec::new();
    for (at, key) in draft.sites.iter().enumerate() {
        match known.iter().find(|site| site.key == *key) {
            Some(site) => sites.push(site.id),
            None => wrong(&format!("/sites/{at}"), "is the key of no site"),
        }
    }
    sites.sort_unstable();
    sites.dedup();
    let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "A field is wrong");
    match url {
        Ok(url) if errors.is_empty() => Ok((url, sites)),
        _ => Err(errors.into_iter().fold(problem, Problem::field)),
    }
}
