//! `/api/v1/notifications`: the notification settings of a member, and the chats that wait for them.

mod checked;
mod devices;
mod meetings;
mod presence;
mod settings;
mod team;
mod waiting;

use crate::http::routes::{Routes, routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(settings::get, settings::put))
        .routes(routes!(team::get, team::put))
        .routes(routes!(waiting::get))
        .routes(routes!(meetings::get, meetings::put))
        .routes(routes!(presence::put))
        .routes(routes!(devices::get, devices::post))
        .routes(routes!(devices::delete))
        .routes(routes!(devices::test))
}
