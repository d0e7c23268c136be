//! `/api/v1/contacts`: the Contacts table, as a list and as a file for spreadsheets, the fields of
//! its conditions, actions on several contacts,
//! details that the team mends, and merges.

mod actions;
mod change;
mod csv;
mod fields;
mod list;
mod merge;
mod query;

use crate::http::routes::{Routes, routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list::get))
        .routes(routes!(csv::get))
        .routes(routes!(fields::get))
        .routes(routes!(actions::post))
        .routes(routes!(change::patch))
        .routes(routes!(merge::preview))
        .routes(routes!(merge::post))
        .routes(routes!(merge::delete))
}
