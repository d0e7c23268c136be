//! `/v1/meetings`: a visitor books a meeting.

mod activity;
mod asked;
mod book;
mod busy;
mod confirmed;
mod email;
mod instant;
mod open;
mod place;
mod questions;
mod room;
mod shown;
mod slots;

pub(in crate::http) use asked::taken;
pub(in crate::http) use busy::busy_times;
pub(in crate::http) use confirmed::confirm_booking;
pub(in crate::http) use instant::{Zone, instant, utc};
pub(in crate::http) use room::of_change;
pub(in crate::http) use shown::{names, shown, slot};
pub(in crate::http) use slots::Window;

use crate::http::routes::{Routes, routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(open::post))
        .routes(routes!(email::post))
        .routes(routes!(slots::get))
        .routes(routes!(book::hold))
        .routes(routes!(book::post))
        .routes(routes!(activity::post))
}
