//! Files for browsers: the loader, the wasm files, the dashboard, the demo site.

mod any_site;
mod app;
mod colours;
mod confirm;
mod demo;
mod face;
mod files;
mod frame;
mod instead;
mod link;
mod link_not_found;
mod loader;
mod mail_stop;
mod meeting;
mod notice;
mod preview;
mod ways;
mod workflow_mail;

pub(super) use instead::page_instead;

use super::state::AppState;
use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post};

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(|| async { Redirect::temporary("/app/") }))
        .route("/k.js", get(loader::get))
        .route("/t/{version}/{file}", get(files::tracker))
        .route("/a/{version}/{*file}", get(files::dashboard))
        .route("/l/{slug}", get(link::get))
        .route("/l/look/{file}", get(colours::get))
        .route("/frame/{site}", get(frame::get))
        .route("/m/{token}", get(meeting::get))
        .route("/m/confirm/{token}", get(confirm::get).post(confirm::post))
        .route("/mail/stop", get(mail_stop::get).post(mail_stop::post))
        .route("/mail/workflows", get(workflow_mail::get).post(workflow_mail::post))
        .route("/app", get(|| async { Redirect::permanent("/app/") }))
        .route("/app/", get(app::get))
        .route("/app/push.js", get(app::worker))
        .route("/app/preview", get(preview::get))
        .route("/app/{*page}", get(app::get))
        .route("/demo", get(|| async { Redirect::permanent("/demo/") }))
        .route("/demo/", get(demo::home))
        .route("/demo/contact", post(demo::contact).get(demo::contact_page))
        .route("/demo/{*page}", get(demo::page))
}
