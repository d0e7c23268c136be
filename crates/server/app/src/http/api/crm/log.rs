//! `GET /api/v1/contacts/{id}/crm`: the writes of a contact to CRMs, with instant and cause.

use super::shown::value_shown;
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_model::{CrmSystem, LeadId};
use knock_ports::{CrmLogged, StoreError, View};
use knock_wire::{CrmLog, CrmLogEntry};
use std::cmp::Reverse;
use std::sync::Arc;

/// The number of writes that are shown.
const SHOWN: u32 = 100;

/// The writes to CRMs for a contact, newest first.
#[utoipa::path(get, path = "/api/v1/contacts/{id}/crm", tag = "team",
    params(("id" = String, Path, description = "Id of the contact")),
    responses(
        (status = 200, description = "The writes", body = CrmLog),
        (status = 404, description = "No such contact"),
    ))]
pub(super) async fn get(
    _: Allowed<SeeRecords>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<CrmLog>, Problem> {
    let id = LeadId::parse(&id).map_err(|_| Problem::not_found())?;
    let found = read(Arc::clone(&state.core.store), move |view| {
        let id = view.merged_into(id)?;
        if view.lead(id)?.is_none() {
            return Ok(None);
        }
        log(view, id).map(Some)
    });
    found.await?.map(Json).ok_or_else(Problem::not_found)
}

fn log(view: &dyn View, lead: LeadId) -> Result<CrmLog, StoreError> {
    let mut log = CrmLog::default();
    for system in CrmSystem::ALL.iter().copied() {
        let known = view.crm_record(system, lead)?.unwrap_or_default();
        let word = || system.as_str().to_owned();
        log.contacts.extend(known.contact.map(|contact| (word(), contact)));
        log.deleted_at.extend(known.deleted_at.map(|at| (word(), at)));
        log.writes.extend(view.crm_writes(system, lead, SHOWN)?.into_iter().map(|logged| entry(system, logged)));
    }
    // Stable: the writes of one CRM keep their order.
    log.writes.sort_by_key(|write| Reverse(write.at));
    log.writes.truncate(SHOWN as usize);
    Ok(log)
}

fn entry(system: CrmSystem, logged: CrmLogged) -> CrmLogEntry {
    let CrmLogged { at, cause, cause_at, company, properties } = logged;
    let properties = properties.iter().map(|(name, value)| (name.clone(), value_shown(value.as_ref()))).collect();
    CrmLogEntry { system: system.into(), at, cause, cause_at, company, properties }
}
