//! `/v1/bookings`: a visitor moves or cancels a meeting by the signed address in their mails.

mod change;
mod invite;

use crate::http::state::AppState;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(change::get))
        .routes(routes!(change::slots))
        .routes(routes!(change::reschedule))
        .routes(routes!(change::cancel))
        .routes(routes!(invite::get))
}
