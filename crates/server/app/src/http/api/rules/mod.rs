//! `/api/v1/rules`: routing rules. A version is never changed: saving creates the next one.

mod checked;
mod delete;
mod fairness;
mod inputs;
mod list;
mod matches;
mod save;
mod tester;
mod versions;
mod what_if;

pub(super) use checked::{names, never_so, refuse, unknown_field};

use crate::http::routes::{Routes, routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list::get, save::post))
        .routes(routes!(save::put, delete::delete))
        .routes(routes!(versions::get))
        .routes(routes!(fairness::get))
        .routes(routes!(what_if::post))
        .routes(routes!(matches::post))
        .routes(routes!(inputs::get))
        .routes(routes!(tester::get))
}
