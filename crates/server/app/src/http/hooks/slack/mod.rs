//! `/hooks/slack`: events, pressed buttons and commands. Each is answered at once: what it leads to is one command.

mod actions;
mod commands;
mod events;
mod verified;

use crate::http::state::AppState;
use axum::Router;
use axum::routing::post;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/hooks/slack/events", post(events::post))
        .route("/hooks/slack/actions", post(actions::post))
        .route("/hooks/slack/commands", post(commands::post))
}
