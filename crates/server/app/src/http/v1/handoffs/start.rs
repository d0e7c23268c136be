//! `POST /v1/handoffs`: a visitor is about to leave.

use super::take_one;
use super::token::Handoff;
use crate::http::admission::ClientAddress;
use crate::http::body::BeaconBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::v1::site::site_for;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use knock_model::VisitorId;
use knock_wire::{FieldError, HandoffStart, HandoffToken};

/// Makes a token that says who a visitor is, for another site of this workspace.
#[utoipa::path(
    post,
    path = "/v1/handoffs",
    tag = "visitor",
    request_body(description = "As `application/json` or `text/plain`.", content(
        (HandoffStart = "application/json"), (String = "text/plain")
    )),
    responses(
        (status = 201, description = "The token", body = HandoffToken),
        (status = 400, description = "Not JSON, or the body does not match the schema"),
        (status = 403, description = "Unknown site key or foreign origin"),
        (status = 410, description = "The site was removed"),
        (status = 413, description = "More than 256 KiB"),
        (status = 415, description = "Unsupported content type"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    )
)]
pub(super) async fn post(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    BeaconBody(start): BeaconBody<HandoffStart>,
) -> Result<(StatusCode, Json<HandoffToken>), Problem> {
    let site = site_for(&state, &headers, &start.site)?;
    let visitor = VisitorId::parse(&start.visitor)
        .map_err(|error| Problem::malformed(FieldError { pointer: "/visitor".into(), reason: error.to_string() }))?;
    take_one(&state, &site, from)?;
    let handoff = Handoff::new(visitor, site.id, state.core.clock.now());
    let token = handoff.seal(&state.core.key, &*state.core.chance);
    Ok((StatusCode::CREATED, Json(HandoffToken { token, expires_at: handoff.expires_at })))
}
