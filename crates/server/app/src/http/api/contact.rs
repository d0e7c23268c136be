//! `GET /api/v1/contacts/{id}`: the page of a person.

use crate::http::auth::Admin;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::{Path, State};
use knock_engine::Presenter;
use knock_model::LeadId;
use knock_ports::{Clock, Store};
use knock_wire::ContactRecord;
use std::sync::Arc;

/// One contact, with why its score is what it is.
#[utoipa::path(get, path = "/api/v1/contacts/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the contact")),
    responses(
        (status = 200, description = "The contact", body = ContactRecord),
        (status = 404, description = "No such contact", body = knock_wire::Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn get(
    _: Admin,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Path(id): Path<String>,
) -> Result<Json<ContactRecord>, Problem> {
    let id = LeadId::parse(&id).map_err(|_| Problem::not_found())?;
    let now = clock.now();
    let found = read(store, move |view| {
        let lead = view.find_lead(id)?;
        lead.map(|lead| Presenter::new(view, now)?.contact_record(&lead)).transpose()
    });
    found.await?.map(Json).ok_or_else(Problem::not_found)
}
