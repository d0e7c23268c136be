//! `GET /api/v1/accounts/{id}`: the page of a company.

use crate::http::auth::Admin;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::{Path, State};
use knock_engine::Presenter;
use knock_model::AccountId;
use knock_ports::{Clock, Store};
use knock_wire::AccountRecord;
use std::sync::Arc;

/// One account, with its contacts and why its score is what it is.
#[utoipa::path(get, path = "/api/v1/accounts/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the account")),
    responses(
        (status = 200, description = "The account", body = AccountRecord),
        (status = 404, description = "No such account", body = knock_wire::Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn get(
    _: Admin,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Path(id): Path<String>,
) -> Result<Json<AccountRecord>, Problem> {
    let id = AccountId::parse(&id).map_err(|_| Problem::not_found())?;
    let now = clock.now();
    let found = read(store, move |view| {
        let account = view.find_account(id)?;
        account.map(|account| Presenter::new(view, now)?.account_record(&account)).transpose()
    });
    found.await?.map(Json).ok_or_else(Problem::not_found)
}
