//! `GET /api/v1/export/{table}`: rows of a table, by pages, as one stream, or as a Parquet file.

use super::answer::{lines, page_of_lines, parquet};
use super::query::{ExportQuery, Format};
use crate::http::api::csv::instant;
use crate::http::api::page::no_place;
use crate::http::auth::{Allowed, ManagePersons};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::warehouse::{known_tables, page};
use axum::extract::State;
use axum::response::Response;
use knock_engine::WarehouseTable;
use knock_engine::commands::NoteDone;
use knock_model::AuditAction;
use knock_ports::Fields;
use std::sync::Arc;

/// The rows of a table in the order of their instants, each once: a line of JSON each, with all columns. With `limit`
/// they come by pages, and a page that is not the last one names the next one in its header `Link`; a page that is asked
/// for again is the same place. Erased persons have no rows; what is spam is marked. The audit log has an entry of each
/// request.
#[utoipa::path(get, path = "/api/v1/export/{table}", tag = "team",
    params(("table" = String, Path, description = "Name of the table, such as `signals`"), ExportQuery),
    responses(
        (status = 200, description = "The rows", content(
            (String = "application/x-ndjson"),
            (Vec<u8> = "application/vnd.apache.parquet"),
        )),
        (status = 400, description = "Invalid parameter"),
        (status = 404, description = "Table not found; `detail` names those that there are"),
    ))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<ManagePersons>,
    State(state): State<AppState>,
    Path(name): Path<String>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let unknown = || Problem::not_found().detail(format!("there is no table `{name}`: there are {}", known_tables()));
    let table = WarehouseTable::parse(&name).ok_or_else(unknown)?;
    // One instant applies to all pages of a response.
    let (asked, format) = query.read(table, state.core.clock.now())?;
    let (store, cursor) = (Arc::clone(&state.core.store), query.cursor);
    let first = read(Arc::clone(&store), move |view| page(view, asked, cursor.as_deref())).await?;
    let first = first.ok_or_else(|| no_place("cursor"))?;
    let result = [
        ("table", table.as_str().to_owned()),
        ("from", instant(asked.from)),
        ("to", instant(asked.to)),
        ("format", format.word().to_owned()),
    ];
    let result = result.into_iter().map(|(name, value)| (name.to_owned(), value.into()));
    let note = NoteDone { action: AuditAction::WarehouseExported, result: Fields::from_iter(result) };
    // Before any of it is sent.
    state.core.make(caller.actor(), note).await?;
    match format {
        Format::Parquet => parquet(store, asked, first),
        Format::Lines if query.limit.is_some() => page_of_lines(&asked, &first),
        Format::Lines => Ok(lines(store, asked, first)),
    }
}
