//! Files in chats: received from visitors and reps, served by signed links.

mod give;
mod keep;
mod link;
mod part_heads;
mod upload;

pub(super) use keep::{answer, keep, known};
pub(super) use link::link;
pub(super) use upload::{FileUpload, receive};

use super::state::AppState;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(give::get))
}
