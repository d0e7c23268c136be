//! `POST /v1/visits/nudges/{id}`: what the page did with a nudge.

use crate::http::admission::{ClientAddress, Load, Sender};
use crate::http::body::{BeaconBody, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::v1::site::site_for;
use crate::http::v1::visits::page::page_of;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use knock_engine::commands::NoteNudge;
use knock_model::{NudgeId, VisitorId};
use knock_wire::{FieldError, NudgeNote};

/// Stores that a page shows a nudge, that the visitor clicked one of its buttons, or that they closed it. The first
/// instants stay. Nothing is stored of one that has ended.
#[utoipa::path(
    post,
    path = "/v1/visits/nudges/{id}",
    tag = "visitor",
    params(("id" = String, Path, description = "Id of the nudge")),
    request_body(description = "As `application/json` or `text/plain`.", content(
        (NudgeNote = "application/json"), (String = "text/plain")
    )),
    responses(
        (status = 204, description = "Stored"),
        (status = 400, description = "Not JSON, or the body does not match the schema"),
        (status = 403, description = "Unknown site key or foreign origin"),
        (status = 404, description = "Not a nudge for this browser"),
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
    Path(id): Path<String>,
    BeaconBody(note): BeaconBody<NudgeNote>,
) -> Result<StatusCode, Problem> {
    let site = site_for(&state, &headers, &note.site)?;
    let visitor = VisitorId::parse(&note.visitor)
        .map_err(|error| Problem::malformed(FieldError { pointer: "/visitor".into(), reason: error.to_string() }))?;
    let id = NudgeId::parse(&id).map_err(|_| Problem::not_found())?;
    let sender = Sender { address: from, has_ingest_key: false };
    state.limiter.take(site.id.0, sender, Load { signals: 1, bytes: 0 })?;
    let (site, what, url, now) = (site.id, note.what, page_of(&note.url), state.core.clock.now());
    let is_theirs = state.core.writer.commit(NoteNudge { id, site, visitor, what, url, now }).await?;
    if is_theirs { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}
