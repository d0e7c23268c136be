//! `/v1/chat`: a visitor's side of a conversation.

mod address;
mod consult;
mod end;
mod events;
mod files;
mod form;
mod form_answers;
mod fresh;
mod list;
mod live;
mod mailed;
mod messages;
mod open;
mod rating;
mod receipt;
mod state_of;
mod transcript;
mod typing;
mod visitor;

use crate::http::routes::{Routes, routes};
pub(in crate::http) use open::arrival;
pub(super) use visitor::{let_in, site_of_link};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(open::post))
        .routes(routes!(mailed::get))
        .routes(routes!(messages::get, messages::post))
        .routes(routes!(files::post))
        .routes(routes!(live::get))
        .routes(routes!(typing::post))
        .routes(routes!(form::post))
        .routes(routes!(rating::post))
        .routes(routes!(end::post))
        .routes(routes!(transcript::post))
        .routes(routes!(state_of::get))
        .routes(routes!(list::post))
}
