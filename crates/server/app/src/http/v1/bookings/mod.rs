//! `/v1/bookings`: a visitor moves or cancels a meeting by the signed address in their mails.

mod change;
mod invite;

use crate::http::routes::{Routes, routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(change::get))
        .routes(routes!(change::slots))
        .routes(routes!(change::reschedule))
        .routes(routes!(change::cancel))
        .routes(routes!(invite::get))
}
