//! `GET /api/v1/accounts`: the Accounts table.

use super::query::AccountsQuery;
use crate::http::api::instant::{Instant, InstantQuery};
use crate::http::api::page::{Window, checked_limit, no_place};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Query;
use crate::http::problem::Problem;
use axum::Json;
use axum::extract::State;
use knock_ports::{AccountCursor, AccountSort, Clock, Store};
use knock_wire::{AccountPage, FieldError};
use std::sync::Arc;

/// The accounts, last seen first by default. With `type` or `at` a page can have fewer than requested: `next` continues.
/// With `at` they are sorted by their first signal, the latest first, and `sort` cannot be given.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "team", params(AccountsQuery, Window, InstantQuery), responses(
    (status = 200, description = "A page of accounts", body = AccountPage),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    _: Allowed<SeeRecords>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(query): Query<AccountsQuery>,
    Query(page): Query<Window>,
    Query(at): Query<InstantQuery>,
) -> Result<Json<AccountPage>, Problem> {
    let limit = checked_limit(page.limit)?;
    let instant = Instant::parse(at.at.as_deref(), clock.now())?;
    if let (Instant::Past(_), Some(name)) = (instant, query.is_of_now()) {
        let reason = "cannot be asked of the past".into();
        return Err(Problem::malformed(FieldError { pointer: format!("query/{name}"), reason }));
    }
    let mut asked = query.read(page.after.as_deref().filter(|_| matches!(instant, Instant::Now(_))), limit)?;
    if let Instant::Past(_) = instant {
        let place =
            |text: &str| AccountCursor::parse(text, AccountSort::FirstSeen.kind()).ok_or_else(|| no_place("after"));
        asked.after = page.after.as_deref().map(place).transpose()?;
    }
    let shown = instant.show(store, move |presenter, _| {
        let (accounts, next) = match instant {
            Instant::Now(_) => presenter.account_rows(&asked)?,
            Instant::Past(_) => presenter.accounts_then(&asked.filter, asked.after.clone(), limit)?,
        };
        Ok(Some(AccountPage { accounts, next: next.map(|next| next.to_text()) }))
    });
    shown.await.map(Json)
}
