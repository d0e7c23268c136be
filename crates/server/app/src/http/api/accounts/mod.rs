//! `/api/v1/accounts`: the Accounts table, as a list and as a file for spreadsheets.

mod csv;
mod list;
mod query;

use crate::http::state::AppState;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list::get)).routes(routes!(csv::get))
}
