//! `/api/v1/export`: all rows of the workspace for a warehouse, table by table.

mod answer;
mod list;
mod query;
mod table;

use crate::http::routes::{Routes, routes};

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(list::get)).routes(routes!(table::get))
}
