//! `POST /v1/handoffs/redeem`: a visitor has arrived.

use super::take_one;
use super::token::{Handoff, Worthless};
use crate::http::admission::ClientAddress;
use crate::http::body::BeaconBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::v1::site::site_for;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use knock_context::hash;
use knock_engine::commands::RedeemHandoff;
use knock_wire::{FieldError, HandoffArrival, HandoffVisitor};

/// Tells a site of this workspace who a visitor is that came from another one. A token is redeemed once.
#[utoipa::path(
    post,
    path = "/v1/handoffs/redeem",
    tag = "visitor",
    request_body(description = "As `application/json` or `text/plain`.", content(
        (HandoffArrival = "application/json"), (String = "text/plain")
    )),
    responses(
        (status = 200, description = "The member or key", body = HandoffVisitor),
        (status = 400, description = "Not JSON, or the body does not match the schema"),
        (status = 403, description = "Unknown site key or foreign origin"),
        (status = 410, description = "The site was removed"),
        (status = 413, description = "More than 256 KiB"),
        (status = 415, description = "Unsupported content type"),
        (status = 422, description = "The token has expired, was redeemed before, or is not of this workspace"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    )
)]
pub(super) async fn post(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    BeaconBody(arrival): BeaconBody<HandoffArrival>,
) -> Result<Json<HandoffVisitor>, Problem> {
    let site = site_for(&state, &headers, &arrival.site)?;
    take_one(&state, &site, from)?;
    let (token, now) = (arrival.token.reveal(), state.core.clock.now());
    let handoff = Handoff::open(token, &state.core.key, now).map_err(refused)?;
    let redeem = RedeemHandoff { token: hash(token), expires_at: handoff.expires_at, now };
    if !state.core.writer.commit(redeem).await? {
        return Err(wrong("was redeemed before"));
    }
    tracing::debug!(from = handoff.site.0, to = site.id.0, "a visitor changed sites");
    Ok(Json(HandoffVisitor { visitor: handoff.visitor }))
}

fn refused(worthless: Worthless) -> Problem {
    wrong(match worthless {
        Worthless::Foreign => "is not a token of this workspace",
        Worthless::Expired => "has expired",
    })
}

fn wrong(reason: &str) -> Problem {
    Problem::invalid(FieldError { pointer: "/token".into(), reason: reason.into() })
}
