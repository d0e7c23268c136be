//! `/hooks`: requests of vendors, verified before they are parsed.

mod calendars;
mod crm;
mod mail;
mod oauth;
mod slack;

use super::state::AppState;
use axum::Router;

pub(super) fn routes() -> Router<AppState> {
    slack::routes().merge(calendars::routes()).merge(crm::routes()).merge(mail::routes())
}
