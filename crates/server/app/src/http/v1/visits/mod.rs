//! `/v1/visits`: the words of a member who writes to a visitor first, and the nudges of workflows.

mod events;
mod note;
mod nudges;
mod page;

use crate::http::routes::{Routes, routes};

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(events::get)).routes(routes!(note::post)).routes(routes!(nudges::post))
}
