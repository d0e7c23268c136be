//! `/l/{slug}`: the hosted page of a Knock Link. Loading it says nothing; its script records the click when a person sees it.

use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use knock_ports::Site;
use std::sync::Arc;

/// Nothing from elsewhere, nothing inline.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
/// Where a page of a site runs on this machine, as the demo site's may.
const LOOPBACK: &str = " http://localhost:* http://127.0.0.1:*";

pub(super) async fn get(State(state): State<AppState>, Path(slug): Path<String>) -> Result<impl IntoResponse, Problem> {
    let link = read(state.core.store.clone(), move |view| view.link(&slug)).await?;
    let link = link.ok_or_else(Problem::not_found)?;
    // A chat belongs to a site: without one there is nothing to open.
    state.sites.first().ok_or_else(Problem::not_found)?;
    let page = state.assets.text("link.html").ok_or_else(Problem::not_found)?;
    let page = page
        .replace("__V__", state.assets.version())
        .replace("__TITLE__", &escaped(&link.name))
        .replace("__SLUG__", &escaped(&link.slug));
    let headers =
        [(header::CONTENT_SECURITY_POLICY, policy(&state.sites.all())), (header::CACHE_CONTROL, "no-cache".into())];
    Ok((headers, Html(page)))
}

/// The policy of the page: only pages of the workspace's sites that are in use may frame it.
fn policy(sites: &[Arc<Site>]) -> String {
    let mut policy = POLICY.to_owned();
    for site in sites.iter().filter(|site| site.removed_at.is_none()) {
        for origin in &site.origins {
            policy.push(' ');
            policy.push_str(origin);
        }
        if site.demo {
            policy.push_str(LOOPBACK);
        }
    }
    policy
}

/// A text as it may stand in HTML, between tags and in quotes.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
        out
    })
}
