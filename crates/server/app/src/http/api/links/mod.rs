//! `/api/v1/links`: Knock Links.

mod addresses;
mod checked;
mod list;
mod qr;
mod rule;
mod save;

use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use knock_ports::Link;
use knock_wire::FieldError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::get, save::post))
        .routes(routes!(save::patch))
        .routes(routes!(rule::put))
        .routes(routes!(qr::svg))
        .routes(routes!(qr::png))
        .routes(routes!(addresses::post))
}

/// The link with this slug.
async fn known(state: &AppState, slug: String) -> Result<Link, Problem> {
    read(state.core.store.clone(), move |view| view.link(&slug)).await?.ok_or_else(Problem::not_found)
}

/// The address of a link.
fn url(state: &AppState, slug: &str) -> String {
    format!("{}/l/{slug}", state.core.address.url)
}

fn wrong(pointer: impl Into<String>, reason: impl Into<String>) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}
