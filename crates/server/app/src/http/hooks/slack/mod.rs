//! `/hooks/slack`: events, pressed buttons and commands, each answered at once: what it leads to is one command; and the
//! way back from an installation.

mod actions;
mod commands;
mod events;
mod lead_actions;
mod oauth;
mod reject_form;
mod verified;

use crate::http::state::AppState;
use axum::Router;
use axum::routing::{get, post};

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/hooks/slack/events", post(events::post))
        .route("/hooks/slack/actions", post(actions::post))
        .route("/hooks/slack/commands", post(commands::post))
        .route("/hooks/slack/oauth", get(oauth::get))
}
