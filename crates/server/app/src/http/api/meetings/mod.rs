//! `/api/v1/meetings`: the meetings of the team.

mod add;
mod change;
mod leads;
mod list;

use crate::http::problem::Problem;
use crate::http::routes::{Routes, routes};
use axum::http::StatusCode;

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list::get, add::post))
        .routes(routes!(list::one, change::patch))
        .routes(routes!(change::slots))
        .routes(routes!(leads::get))
        .routes(routes!(leads::not_spam))
}

fn conflict(detail: &str) -> Problem {
    Problem::new(StatusCode::CONFLICT, "conflict", "The meeting cannot be changed so").detail(detail)
}
