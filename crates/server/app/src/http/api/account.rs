//! `GET /api/v1/accounts/{id}`: the page of a company.

use super::instant::{Instant, InstantQuery};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use axum::Json;
use axum::extract::State;
use knock_model::AccountId;
use knock_ports::{Clock, Store};
use knock_wire::AccountRecord;
use std::sync::Arc;

/// One account, with its contacts and the reasons of its score.
#[utoipa::path(get, path = "/api/v1/accounts/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the account"), InstantQuery),
    responses(
        (status = 200, description = "The account", body = AccountRecord),
        (status = 400, description = "`at` is not a past instant, or precedes the retention period"),
        (status = 404, description = "Account not found, or no data before `at`"),
    ))]
pub(super) async fn get(
    _: Allowed<SeeRecords>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Path(id): Path<String>,
    Query(query): Query<InstantQuery>,
) -> Result<Json<AccountRecord>, Problem> {
    let id = AccountId::parse(&id).map_err(|_| Problem::not_found())?;
    let instant = Instant::parse(query.at.as_deref(), clock.now())?;
    let shown = instant.show(store, move |presenter, _| {
        presenter.account(id)?.map(|account| presenter.account_record(&account)).transpose()
    });
    shown.await.map(Json)
}
