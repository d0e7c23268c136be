//! `GET /api/v1/accounts`: the Accounts table.

use super::page::{ListQuery, next, page};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_ports::{Clock, Cursor, Store};
use knock_wire::AccountPage;
use std::sync::Arc;

/// The accounts, last seen first.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "team", params(ListQuery), responses(
    (status = 200, description = "A page of accounts", body = AccountPage),
))]
pub(super) async fn get(
    _: Allowed<SeeRecords>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(query): Query<ListQuery>,
) -> Result<Json<AccountPage>, Problem> {
    let page = page("after", query.after.as_deref(), query.limit)?;
    let now = clock.now();
    let found = read(store, move |view| {
        let presenter = Presenter::new(view, now)?;
        let accounts = view.accounts(&query.q, page.from, page.limit)?;
        let next =
            next(&accounts, page.limit, |account| Cursor { at: account.last_seen_at, id: *account.id.as_bytes() });
        Ok(AccountPage { accounts: accounts.iter().map(|account| presenter.account_row(account)).collect(), next })
    });
    found.await.map(Json)
}
