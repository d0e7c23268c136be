//! `/api/v1/export`: all rows of the workspace for a warehouse, table by table.

mod answer;
mod list;
mod query;
mod table;

use crate::http::state::AppState;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list::get)).routes(routes!(table::get))
}
