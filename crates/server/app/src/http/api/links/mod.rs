//! `/api/v1/links`: Knock Links.

mod addresses;
mod checked;
mod list;
mod qr;
mod rule;
mod save;

pub(super) use checked::{given_slug, slug_of};

use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use knock_ports::{Link, StoreError, View};
use knock_wire::FieldError;

pub(super) fn routes() -> Routes {
    Routes::new()
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
pub(super) fn url(state: &AppState, slug: &str) -> String {
    format!("{}/l/{slug}", state.core.address.url)
}

/// The name of the member whose booking link it is.
fn owner_name(view: &dyn View, link: &Link) -> Result<Option<String>, StoreError> {
    let owner = link.owner.map(|owner| view.member(owner)).transpose()?.flatten();
    Ok(owner.map(|owner| owner.display_name()))
}

/// Refuses the change of a field that the booking link of a member does not have.
fn check_owned(link: &Link, pointer: &str) -> Result<(), Problem> {
    if link.owner.is_none() { Ok(()) } else { Err(wrong(pointer, "belongs to the booking link of a member")) }
}

fn wrong(pointer: impl Into<String>, reason: impl Into<String>) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}
