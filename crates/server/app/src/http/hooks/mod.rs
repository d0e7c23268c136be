//! `/hooks`: what vendors post here, verified before it is read.

mod hubspot;
mod oauth;
mod slack;

use super::state::AppState;
use axum::Router;

pub(super) fn routes() -> Router<AppState> {
    slack::routes().merge(hubspot::routes())
}
