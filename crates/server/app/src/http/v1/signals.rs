//! `POST /v1/signals`: a batch of signals, acknowledged when it is on the disk.

use crate::http::auth::{bearer, key_role};
use crate::http::body::{beacon_type, read};
use crate::http::own_origin::own_origins;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::identify_secret::identify_secret;
use crate::troubles::{Told, Troubles};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use knock_engine::commands::{AppendSignals, Appended, FreshIds};
use knock_ingest::{Received, Request, receive};
use knock_model::{AccountId, LeadId, Millis, SignalType};
use knock_ports::{Chance, Role};
use knock_wire::{FieldError, SignalsReply};
use std::net::SocketAddr;

/// Takes a batch of signals.
///
/// Answers 202 when every good signal is on the disk. Sending a batch again is harmless: a signal is stored once.
#[utoipa::path(
    post,
    path = "/v1/signals",
    tag = "visitor",
    request_body(description = "As `application/json` or `text/plain`.", content(
        (knock_wire::BatchEnvelope = "application/json"), (String = "text/plain")
    )),
    responses(
        (status = 202, description = "Stored; what became of each signal", body = SignalsReply),
        (status = 400, description = "Not JSON, or not of this shape", body = knock_wire::Problem, content_type = "application/problem+json"),
        (status = 403, description = "Unknown site key or foreign origin", body = knock_wire::Problem, content_type = "application/problem+json"),
        (status = 413, description = "More than 256 KiB or 500 signals", body = knock_wire::Problem, content_type = "application/problem+json"),
        (status = 415, description = "Another content type", body = knock_wire::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many signals; send again after `Retry-After`", body = knock_wire::Problem, content_type = "application/problem+json"),
        (status = 503, description = "Send again after `Retry-After`", body = knock_wire::Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn post(
    State(state): State<AppState>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<SignalsReply>), Problem> {
    beacon_type(&headers)?;
    let body = read(body)?;
    let has_ingest_key = match bearer(&headers) {
        Some(key) => may_ingest(key_role(&state.core, key).await?)?,
        None => false,
    };
    let received_at = state.core.clock.now();
    let mut received = receive(
        &Request {
            body: &body,
            origin: text(&headers, "origin"),
            own_origins: &own_origins(&headers, &state.core.address),
            has_ingest_key,
            user_agent: text(&headers, "user-agent").unwrap_or_default(),
            purpose: text(&headers, "sec-purpose").or_else(|| text(&headers, "purpose")).unwrap_or_default(),
            received_at,
            identify_secret: &|site| identify_secret(&state.core.key, site),
        },
        |key| state.sites.by_key(key),
    )?;
    let limited = state.limiter.take(received.site.id.0, from.ip(), received.signals.len());
    limited.map_err(|wait| Problem::rate_limited(wait.0))?;
    count(&received, &state.troubles);
    let appended = append(&state, &mut received, received_at).await?;
    let reply = SignalsReply {
        accepted: appended.accepted,
        duplicate: appended.duplicate,
        filtered: received.filtered,
        rate_limited: 0,
        rejected: received.rejected,
    };
    Ok((StatusCode::ACCEPTED, Json(reply)))
}

fn may_ingest(role: Option<Role>) -> Result<bool, Problem> {
    match role {
        Some(Role::Admin | Role::Ingest) => Ok(true),
        None => Err(Problem::forbidden(FieldError {
            pointer: "header/Authorization".into(),
            reason: "is not an API key here".into(),
        })),
    }
}

async fn append(state: &AppState, received: &mut Received, received_at: Millis) -> Result<Appended, Problem> {
    if received.signals.is_empty() {
        return Ok(Appended::default());
    }
    let identified = received.signals.iter().filter(|signal| signal.kind == SignalType::Identify);
    let command = AppendSignals {
        site: received.site.id,
        visitor: received.visitor,
        received_at,
        fresh: identified.map(|_| fresh_ids(&*state.core.chance)).collect(),
        signals: std::mem::take(&mut received.signals),
    };
    Ok(state.core.writer.commit(command).await?)
}

fn fresh_ids(chance: &dyn Chance) -> FreshIds {
    FreshIds { lead: LeadId::new(chance.bytes16()), account: AccountId::new(chance.bytes16()) }
}

fn count(received: &Received, troubles: &Troubles) {
    let outcomes = [
        ("stored", received.signals.len()),
        ("filtered", usize::try_from(received.filtered).unwrap_or_default()),
        ("invalid", received.rejected.len()),
    ];
    for (outcome, number) in outcomes {
        metrics::counter!("knock_signals_total", "site" => received.site.key.clone(), "outcome" => outcome)
            .increment(number as u64);
    }
    let new = troubles.grown(received.session, Told { errors: received.errors, lost: received.lost });
    for (name, number) in [("knock_tracker_errors_total", new.errors), ("knock_signals_given_up_total", new.lost)] {
        metrics::counter!(name, "site" => received.site.key.clone()).increment(number.into());
    }
    metrics::counter!("knock_unknown_fields_total").increment(received.unknown_fields);
    metrics::counter!("knock_category_disagreements_total").increment(received.disagreements);
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
