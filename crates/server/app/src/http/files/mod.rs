//! Files in chats: received from visitors and reps, served by signed links.

mod give;
mod keep;
mod link;
mod part_heads;
mod upload;

pub(super) use keep::{answer, keep, known};
pub(super) use link::link;
pub(super) use upload::{FileUpload, receive};

use crate::http::routes::{Routes, routes};

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(give::get))
}
