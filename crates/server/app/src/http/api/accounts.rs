//! `GET /api/v1/accounts`: the Accounts table.

use super::contacts::known;
use super::instant::{Instant, InstantQuery};
use super::page::{ListQuery, page};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Query;
use crate::http::problem::Problem;
use axum::Json;
use axum::extract::State;
use knock_model::{Bucket, IntentType};
use knock_ports::{AccountFilter, Clock, Cursor, Store};
use knock_wire::AccountPage;
use serde::Deserialize;
use std::sync::Arc;

/// The filter for accounts.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only those with this `Knock: Intent Score`: `High`, `Medium` or `Low`.
    score: Option<String>,
    /// Only those with this `Knock: Intent Type`.
    r#type: Option<String>,
}

impl Filter {
    fn read(self, search: String) -> Result<AccountFilter, Problem> {
        let bucket = self.score.as_deref().map(|word| known("score", word, Bucket::ALL, Bucket::as_str)).transpose()?;
        let kinds = IntentType::ALL;
        let intent_type =
            self.r#type.as_deref().map(|word| known("type", word, kinds, IntentType::as_str)).transpose()?;
        Ok(AccountFilter { search, bucket, intent_type })
    }
}

/// The accounts, last seen first; with `at` by their first signal, the latest first: then a page can have fewer than
/// requested, and `next` continues.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "team", params(ListQuery, Filter, InstantQuery), responses(
    (status = 200, description = "A page of accounts", body = AccountPage),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    _: Allowed<SeeRecords>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(query): Query<ListQuery>,
    Query(filter): Query<Filter>,
    Query(at): Query<InstantQuery>,
) -> Result<Json<AccountPage>, Problem> {
    let page = page("after", query.after.as_deref(), query.limit)?;
    let filter = filter.read(query.q)?;
    let instant = Instant::parse(at.at.as_deref(), clock.now())?;
    let shown = instant.show(store, move |presenter, _| {
        let (accounts, next) = match instant {
            Instant::Now(_) => presenter.account_rows(&filter, page.from, page.limit)?,
            Instant::Past(_) => presenter.accounts_then(&filter, page.from, page.limit)?,
        };
        Ok(Some(AccountPage { accounts, next: next.map(Cursor::to_text) }))
    });
    shown.await.map(Json)
}
