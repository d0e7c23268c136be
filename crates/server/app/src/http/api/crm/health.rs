//! The health of the sync, and retries of parked writes.

use super::{NamedCrm, SystemPath, wrong};
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{SendAgain, StartCrmResync};
use knock_model::{CrmSystem, DeliveryState, Destination, LeadId};
use knock_ports::{CrmCompanyEffect, CrmResyncState, OutboxEntry, StoreError, View};
use knock_wire::{CrmFailure, CrmHealth, CrmResync, CrmRetry, SentAgain};
use serde::Deserialize;
use std::sync::Arc;

/// The common part of all effects at a CRM.
#[derive(Deserialize)]
struct About {
    lead: LeadId,
}

/// The number of failures that are shown.
const SHOWN: u32 = 50;

/// The state of the sync: the last write, the backlog, and failed writes with the CRM's own words.
#[utoipa::path(get, path = "/api/v1/crm/{system}/health", tag = "team",
    params(SystemPath),
    responses(
    (status = 200, description = "The state of the sync", body = CrmHealth),
))]
pub(super) async fn get(
    _: Allowed<ManageConnections>,
    NamedCrm(crm): NamedCrm,
    State(state): State<AppState>,
) -> Result<Json<CrmHealth>, Problem> {
    let system = crm.account.system();
    read(Arc::clone(&state.core.store), move |view| health(view, system)).await.map(Json)
}

/// Retries parked writes: one, or all.
#[utoipa::path(post, path = "/api/v1/crm/{system}/retry", tag = "team", request_body = CrmRetry,
    params(SystemPath),
    responses(
    (status = 200, description = "The number of writes that are retried", body = SentAgain),
))]
pub(super) async fn retry(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    NamedCrm(crm): NamedCrm,
    State(state): State<AppState>,
    JsonBody(CrmRetry { number }): JsonBody<CrmRetry>,
) -> Result<Json<SentAgain>, Problem> {
    let mut sent = 0;
    for to in Destination::all_of_crm(crm.account.system()) {
        let again = SendAgain { to, number, now: state.core.clock.now() };
        sent += state.core.make(caller.actor(), again).await?;
    }
    Ok(Json(SentAgain { sent }))
}

/// Writes all leads again, whatever was written before: in parts, and continued after a restart.
#[utoipa::path(post, path = "/api/v1/crm/{system}/resync", tag = "team",
    params(SystemPath),
    responses(
    (status = 202, description = "Started; `GET .../health` shows the progress", body = CrmHealth),
    (status = 422, description = "The sync is off, or the CRM is not connected"),
))]
pub(super) async fn resync(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    NamedCrm(crm): NamedCrm,
    State(state): State<AppState>,
) -> Result<(StatusCode, Json<CrmHealth>), Problem> {
    let system = crm.account.system();
    let start = StartCrmResync { system, now: state.core.clock.now() };
    if !state.core.make(caller.actor(), start).await? {
        return Err(wrong("", format!("the sync is off: connect {} and switch it on first", system.label())));
    }
    crm.wake();
    Ok((StatusCode::ACCEPTED, Json(read(Arc::clone(&state.core.store), move |view| health(view, system)).await?)))
}

fn health(view: &dyn View, system: CrmSystem) -> Result<CrmHealth, StoreError> {
    let state = view.crm_state(system)?;
    let (mut failures, mut given_up) = (Vec::new(), 0);
    for to in Destination::all_of_crm(system) {
        let parked = view.deliveries_in(to, &[DeliveryState::Parked], i64::MAX, SHOWN)?;
        let waiting = view.deliveries_in(to, &[DeliveryState::Waiting], i64::MAX, SHOWN)?;
        let failing = waiting.into_iter().filter(|entry| !entry.answer.is_empty());
        failures.extend(parked.into_iter().chain(failing).map(failure));
        given_up += view.outbox_counts(to)?.parked;
    }
    failures.sort_by_key(|failure| std::cmp::Reverse(failure.number));
    failures.truncate(SHOWN as usize);
    let (problem, problem_since) =
        state.problem.or(state.unread).map_or_else(Default::default, |(words, since)| (words, Some(since)));
    Ok(CrmHealth {
        last_success_at: state.last_success_at,
        backlog: view.outbox_counts(Destination::crm(system))?.waiting,
        parked: given_up,
        problem,
        problem_since,
        failures,
        resync: state.resync.map(shown),
    })
}

fn failure(entry: OutboxEntry) -> CrmFailure {
    let effect: Option<About> = serde_json::from_str(&entry.effect.data).ok();
    CrmFailure {
        number: entry.number,
        lead: effect.map(|effect| effect.lead),
        is_of_company: entry.effect.kind == CrmCompanyEffect::KIND,
        is_parked: entry.state == DeliveryState::Parked,
        words: entry.answer,
        attempts: entry.attempts,
        at: entry.due_at,
    }
}

fn shown(state: CrmResyncState) -> CrmResync {
    let CrmResyncState { started_at, done, ahead, total, ended_at, .. } = state;
    // Leads may have been added since its start.
    CrmResync { started_at, done: (done + ahead).min(total), total, ended_at }
}
