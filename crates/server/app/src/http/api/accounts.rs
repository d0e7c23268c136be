//! `GET /api/v1/accounts`: the Accounts table.

use super::instant::{Instant, InstantQuery};
use super::page::{ListQuery, next, page};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Query;
use crate::http::problem::Problem;
use axum::Json;
use axum::extract::State;
use knock_ports::{Clock, Cursor, Store};
use knock_wire::AccountPage;
use std::sync::Arc;

/// The accounts, last seen first; with `at` by their first signal, the last first: then a page can have fewer than were
/// asked for, and it goes on where `next` is given.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "team", params(ListQuery, InstantQuery), responses(
    (status = 200, description = "A page of accounts", body = AccountPage),
))]
pub(super) async fn get(
    _: Allowed<SeeRecords>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(query): Query<ListQuery>,
    Query(at): Query<InstantQuery>,
) -> Result<Json<AccountPage>, Problem> {
    let page = page("after", query.after.as_deref(), query.limit)?;
    let instant = Instant::parse(at.at.as_deref(), clock.now())?;
    let shown = instant.show(store, move |presenter, view| {
        if let Instant::Past(_) = instant {
            let (accounts, next) = presenter.accounts_then(&query.q, page.from, page.limit)?;
            return Ok(Some(AccountPage { accounts, next: next.map(Cursor::to_text) }));
        }
        let accounts = view.accounts(&query.q, page.from, page.limit)?;
        let next =
            next(&accounts, page.limit, |account| Cursor { at: account.last_seen_at, id: *account.id.as_bytes() });
        let accounts = accounts.iter().map(|account| presenter.account_row(account)).collect();
        Ok(Some(AccountPage { accounts, next }))
    });
    shown.await.map(Json)
}
