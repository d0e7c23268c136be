//! `/api/v1/visits`: who is on a site now, and messages to them.

mod list;
mod messages;

use crate::http::routes::{Routes, routes};

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(list::get)).routes(routes!(messages::post))
}
