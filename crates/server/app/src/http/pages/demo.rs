//! `/demo/`: a site as a customer would have it, with the snippet as a customer would paste it.

use super::files::content_type;
use crate::assets::Assets;
use crate::foundation::PublicAddress;
use crate::http::admission::own_origins;
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::sites::SiteDirectory;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use std::sync::Arc;

pub(super) async fn home(state: State<AppState>, headers: HeaderMap) -> Result<Response, Problem> {
    page(state, Path(String::new()), headers).await
}

pub(super) async fn contact_page(state: State<AppState>, headers: HeaderMap) -> Result<Response, Problem> {
    page(state, Path("contact".into()), headers).await
}

/// The contact form's answer.
pub(super) async fn contact() -> Redirect {
    Redirect::to("/demo/thanks")
}

/// A page, or a file of `assets/`.
pub(super) async fn page(
    State(state): State<AppState>,
    Path(page): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if page.starts_with("assets/") {
        let asset = state.assets.get(&format!("demo/{page}"), "").ok_or_else(Problem::not_found)?;
        let kept = [(header::CONTENT_TYPE, content_type(&page)), (header::CACHE_CONTROL, "no-cache".into())];
        return Ok((kept, asset.bytes).into_response());
    }
    let html = html(&state.assets, &page).ok_or_else(Problem::not_found)?;
    let origin = own_origins(&headers, &state.core.address).pop();
    Ok(Html(with_snippet(&html, origin.as_deref(), &state.sites, &state.core.address)).into_response())
}

fn html(assets: &Assets, page: &str) -> Option<String> {
    let page = page.trim_matches('/');
    let name = if page.is_empty() { "demo/index.html".into() } else { format!("demo/{page}/index.html") };
    assets.text(&name)
}

/// The page with the demo site's key; the address is the one the browser itself used.
fn with_snippet(html: &str, origin: Option<&str>, sites: &SiteDirectory, address: &Arc<PublicAddress>) -> String {
    let key = sites.demo().map(|site| site.key.clone()).unwrap_or_default();
    html.replace("__KNOCK_ORIGIN__", origin.unwrap_or(&address.url)).replace("__KNOCK_SITE_KEY__", &key)
}
