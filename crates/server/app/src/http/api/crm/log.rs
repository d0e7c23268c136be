//! `GET /api/v1/contacts/{id}/crm`: the writes of a contact to the CRM, with instant and cause.

use super::{SYSTEM, shown::value_shown};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_model::LeadId;
use knock_ports::CrmLogged;
use knock_wire::{CrmLog, CrmLogEntry};
use std::sync::Arc;

/// The number of writes that are shown.
const SHOWN: u32 = 100;

/// The writes to HubSpot for a contact, newest first.
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
        let contact = view.crm_record(SYSTEM, id)?.and_then(|known| known.contact);
        let writes = view.crm_writes(SYSTEM, id, SHOWN)?.into_iter().map(entry).collect();
        Ok(Some(CrmLog { contact, writes }))
    });
    found.await?.map(Json).ok_or_else(Problem::not_found)
}

fn entry(logged: CrmLogged) -> CrmLogEntry {
    let CrmLogged { at, cause, cause_at, properties } = logged;
    let properties = properties.iter().map(|(name, value)| (name.clone(), value_shown(value.as_ref()))).collect();
    CrmLogEntry { at, cause, cause_at, properties }
}
