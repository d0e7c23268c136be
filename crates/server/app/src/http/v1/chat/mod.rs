//! `/v1/chat`: a visitor's side of a conversation.

mod address;
mod consult;
mod events;
mod files;
mod fresh;
mod live;
mod mailed;
mod messages;
mod open;
mod receipt;
mod typing;
mod visitor;

use crate::http::state::AppState;
pub(in crate::http) use open::arrival;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
pub(super) use visitor::{let_in, site_of_link};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(open::post))
        .routes(routes!(mailed::get))
        .routes(routes!(messages::get, messages::post))
        .routes(routes!(files::post))
        .routes(routes!(live::get))
        .routes(routes!(typing::post))
}
