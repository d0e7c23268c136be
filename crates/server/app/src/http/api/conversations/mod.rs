//! `/api/v1/conversations`: the inbox.

mod actions;
mod assign;
mod bounce;
mod files;
mod filter;
mod list;
mod messages;
mod notes;
mod presence;
mod read;
mod record;
mod transcript;

pub(super) use actions::{act, tag_contact, tag_of};

use crate::http::routes::{Routes, routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list::get))
        .routes(routes!(record::get))
        .routes(routes!(messages::post))
        .routes(routes!(notes::post))
        .routes(routes!(presence::post))
        .routes(routes!(files::post))
        .routes(routes!(actions::post))
        .routes(routes!(read::post))
        .routes(routes!(assign::list))
        .routes(routes!(assign::post))
        .routes(routes!(bounce::delete))
        .routes(routes!(transcript::get, transcript::post))
}
