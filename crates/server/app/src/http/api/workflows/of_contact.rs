//! `GET /api/v1/contacts/{id}/workflows`: the workflows of a contact, and why they are not in the others.

use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_model::LeadId;
use knock_ports::{Clock, Store};
use knock_wire::LeadWorkflows;
use std::sync::Arc;

/// The workflows that a contact is or was in, with what each step did and what it waits for; of the others the last
/// reason for which they were not enrolled.
#[utoipa::path(get, path = "/api/v1/contacts/{id}/workflows", tag = "team",
    params(("id" = String, Path, description = "Id of the contact")),
    responses(
        (status = 200, description = "Workflows with runs first, then those that refused, then the others that are on",
            body = LeadWorkflows),
        (status = 404, description = "Contact not found"),
    ))]
pub(super) async fn get(
    _: Allowed<SeeRecords>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Path(id): Path<String>,
) -> Result<Json<LeadWorkflows>, Problem> {
    let lead = LeadId::parse(&id).map_err(|_| Problem::not_found())?;
    let now = clock.now();
    let found = read(store, move |view| Presenter::new(view, now)?.lead_workflows(lead)).await?;
    found.map(Json).ok_or_else(Problem::not_found)
}
