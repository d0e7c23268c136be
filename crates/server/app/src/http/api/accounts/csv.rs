//! `GET /api/v1/accounts.csv`: the Accounts table for spreadsheets.

use super::query::AccountsQuery;
use crate::http::api::csv::{PIECE, PIECE_BY_SCORE, Piece, answer, instant, note};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use knock_context::read;
use knock_engine::Presenter;
use knock_model::{AuditAction, Millis};
use knock_ports::{AccountCursor, AccountQuery, AccountSort, Store, StoreError};
use knock_wire::AccountRow;
use std::sync::Arc;

const HEADER: [&str; 9] =
    ["id", "account", "contacts", "intent_score", "intent_type", "score", "signals", "first_seen_at", "last_seen_at"];

/// All accounts of a filter as a CSV file for spreadsheets, in its order. Instants are in UTC. A text that a spreadsheet
/// would take for a formula has an apostrophe before it. The audit log has an entry of each download.
#[utoipa::path(get, path = "/api/v1/accounts.csv", tag = "team", params(AccountsQuery), responses(
    (status = 200, description = "All accounts that are asked for", body = String, content_type = "text/csv"),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<SeeRecords>,
    State(state): State<AppState>,
    RawQuery(given): RawQuery,
    Query(query): Query<AccountsQuery>,
) -> Result<Response, Problem> {
    let mut asked = query.read(None, PIECE)?;
    if asked.sort == AccountSort::Score {
        asked.limit = PIECE_BY_SCORE;
    }
    // One instant applies to the whole file.
    let (store, now) = (Arc::clone(&state.core.store), state.core.clock.now());
    let first = after(Arc::clone(&store), asked.clone(), now).await?;
    let next = move |place| after(Arc::clone(&store), AccountQuery { after: Some(place), ..asked.clone() }, now);
    note(&state, (caller.actor(), AuditAction::AccountsExported), given.as_deref(), &first, &next).await?;
    Ok(answer("accounts.csv", &HEADER, first, next))
}

async fn after(store: Arc<dyn Store>, asked: AccountQuery, now: Millis) -> Result<Piece<AccountCursor>, StoreError> {
    let (accounts, next) = read(store, move |view| Presenter::new(view, now)?.account_rows(&asked)).await?;
    Ok(Piece { lines: accounts.into_iter().map(line).collect(), next })
}

fn line(account: AccountRow) -> Vec<String> {
    let AccountRow { id, domain, contacts, intent, signals, first_seen_at, last_seen_at } = account;
    vec![
        id.to_string(),
        domain,
        contacts.to_string(),
        intent.bucket.as_str().to_owned(),
        intent.kind.as_str().to_owned(),
        intent.score.to_string(),
        signals.to_string(),
        instant(first_seen_at),
        instant(last_seen_at),
    ]
}
