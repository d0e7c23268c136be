//! `GET /api/v1/contacts/{id}`: the page of a person.

use super::instant::{Instant, InstantQuery};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use axum::Json;
use axum::extract::State;
use knock_model::LeadId;
use knock_ports::{Clock, Store};
use knock_wire::ContactRecord;
use std::sync::Arc;

/// One contact, with the reasons of its score.
#[utoipa::path(get, path = "/api/v1/contacts/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the contact"), InstantQuery),
    responses(
        (status = 200, description = "The contact", body = ContactRecord),
        (status = 400, description = "`at` is not a past instant, or precedes the retention period"),
        (status = 404, description = "Contact not found, or no data before `at`"),
    ))]
pub(super) async fn get(
    _: Allowed<SeeRecords>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Path(id): Path<String>,
    Query(query): Query<InstantQuery>,
) -> Result<Json<ContactRecord>, Problem> {
    let id = LeadId::parse(&id).map_err(|_| Problem::not_found())?;
    let instant = Instant::parse(query.at.as_deref(), clock.now())?;
    let shown = instant.show(store, move |presenter, view| {
        // The record of a lead that was merged into a known contact is that contact's.
        let lead = presenter.lead(view.merged_into(id)?)?;
        lead.map(|lead| presenter.contact_record(&lead)).transpose()
    });
    shown.await.map(Json)
}
