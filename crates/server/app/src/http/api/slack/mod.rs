//! `/api/v1/slack`: the connection to a Slack workspace.

mod connect;
mod create;
mod install;
mod lists;
mod people;
mod problems;
mod settings;
mod test;

use crate::http::routes::{Routes, routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(settings::get, settings::put, connect::delete))
        .routes(routes!(connect::post))
        .routes(routes!(install::post))
        .routes(routes!(lists::channels, create::post))
        .routes(routes!(people::users))
        .routes(routes!(lists::manifest))
        .routes(routes!(test::post))
}
