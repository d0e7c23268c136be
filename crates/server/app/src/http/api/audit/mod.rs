//! `/api/v1/audit`: the audit log, as a list and as a file for spreadsheets.

mod csv;
mod list;
mod query;

use crate::http::routes::{Routes, routes};

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(list::get)).routes(routes!(csv::get))
}
