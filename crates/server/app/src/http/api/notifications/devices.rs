//! `/api/v1/notifications/devices`: the member's own push devices.

use crate::http::auth::{Allowed, NoKey, UseSession};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use knock_engine::commands::{DropDevice, SaveDevice, TestDevice};
use knock_model::Destination;
use knock_ports::{Device, SecretHash, StoreError, View};
use knock_push::Subscription;
use knock_wire::{FieldError, PushDevice, PushDevices, PushSubscription};
use sha2::{Digest, Sha256};

/// The longest address at a push service.
const LONGEST: usize = 2_000;

/// The caller's own browsers, with the key that a subscription is bound to.
#[utoipa::path(get, path = "/api/v1/notifications/devices", tag = "team", responses(
    (status = 200, description = "The browsers, in the order they were added", body = PushDevices),
    (status = 403, description = "API keys are refused"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<UseSession, NoKey>,
    State(state): State<AppState>,
) -> Result<Json<PushDevices>, Problem> {
    let (member, session, now) = (caller.need_sign_in()?.id, caller.secret, state.core.clock.now());
    let devices = read(state.core.store.clone(), move |view| {
        let own = view.devices(now)?.into_iter().filter(|device| device.member == member);
        own.map(|device| shown(view, device, session)).collect::<Result<Vec<_>, StoreError>>()
    });
    Ok(Json(PushDevices { key: state.push_key.to_string(), devices: devices.await? }))
}

/// Adds the browser of the request, or records that it is still in use.
#[utoipa::path(post, path = "/api/v1/notifications/devices", tag = "team", request_body = PushSubscription, responses(
    (status = 204, description = "Subscribed to push notifications"),
    (status = 403, description = "API keys are refused"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<UseSession, NoKey>,
    State(state): State<AppState>,
    headers: HeaderMap,
    JsonBody(PushSubscription { endpoint, p256dh, auth }): JsonBody<PushSubscription>,
) -> Result<StatusCode, Problem> {
    let member = caller.need_sign_in()?.id;
    let subscription = Subscription { endpoint, p256dh, auth };
    check(&state, &subscription).map_err(Problem::invalid)?;
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let device = Device {
        id: id_of(&subscription.endpoint),
        member,
        session: caller.secret,
        name: name_of(agent),
        created_at: state.core.clock.now(),
    };
    let settings = serde_json::to_string(&subscription).map_err(|_| Problem::internal())?;
    state.core.make(caller.actor(), SaveDevice { device, settings }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a notification to one of the caller's own browsers.
#[utoipa::path(post, path = "/api/v1/notifications/devices/{id}/test", tag = "team",
    params(("id" = String, Path, description = "Id of the browser")),
    responses(
        (status = 202, description = "Sent"),
        (status = 403, description = "API keys are refused"),
        (status = 404, description = "Browser not found among one's own"),
    ))]
pub(super) async fn test(
    Allowed { caller, .. }: Allowed<UseSession, NoKey>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let (member, id, now) = (caller.need_sign_in()?.id, parsed(&id)?, state.core.clock.now());
    let was_there = state.core.make(caller.actor(), TestDevice { id, member, now }).await?;
    was_there.then_some(StatusCode::ACCEPTED).ok_or_else(Problem::not_found)
}

/// Removes one of the caller's own browsers.
#[utoipa::path(delete, path = "/api/v1/notifications/devices/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the browser")),
    responses(
        (status = 204, description = "Removed"),
        (status = 403, description = "API keys are refused"),
        (status = 404, description = "Browser not found among one's own"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<UseSession, NoKey>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let (member, id, now) = (caller.need_sign_in()?.id, parsed(&id)?, state.core.clock.now());
    let was_there = state.core.make(caller.actor(), DropDevice { id, member, now }).await?;
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(Problem::not_found)
}

fn shown(view: &dyn View, device: Device, session: SecretHash) -> Result<PushDevice, StoreError> {
    let last = view.deliveries(Destination::push(device.id), i64::MAX, 1)?.into_iter().next();
    Ok(PushDevice {
        id: hex::encode(device.id),
        name: device.name,
        since: device.created_at,
        is_this: device.session == session,
        last_at: last.as_ref().map(|last| last.stored_at),
        last_state: last.as_ref().map(|last| last.state.into()),
        last_answer: last.map(|last| last.answer).unwrap_or_default(),
    })
}

fn check(state: &AppState, subscription: &Subscription) -> Result<(), FieldError> {
    let wrong = |field: &str, reason: &str| FieldError { pointer: format!("/{field}"), reason: reason.to_owned() };
    if subscription.endpoint.len() > LONGEST {
        return Err(wrong("endpoint", "is longer than 2000 bytes"));
    }
    let url = subscription.check().map_err(|invalid| wrong(invalid.field, invalid.reason))?;
    state.outbound.guard().check(&url).map_err(|reason| wrong("endpoint", reason))
}

/// The id of a browser, derived from the address: a browser that subscribes again keeps its id.
fn id_of(endpoint: &str) -> [u8; 16] {
    let mut id = [0; 16];
    id.copy_from_slice(&Sha256::digest(endpoint.as_bytes())[..16]);
    id
}

fn parsed(id: &str) -> Result<[u8; 16], Problem> {
    let mut bytes = [0; 16];
    hex::decode_to_slice(id, &mut bytes).map(|()| bytes).map_err(|_| Problem::not_found())
}

/// Browser and system according to the header `User-Agent`: `Firefox on Linux`.
fn name_of(agent: &str) -> String {
    let first = |words: &[(&'static str, &'static str)]| {
        words.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| *name)
    };
    // If the header names several of them, the first one applies.
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (one, other) => one.or(other).unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_by_what_it_is() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0";
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0";
        assert_eq!([name_of(firefox), name_of(edge)], ["Firefox on Linux", "Edge on Windows"]);
        assert_eq!([name_of("curl/8"), name_of("Android thing")], ["", "Android"]);
    }
}
