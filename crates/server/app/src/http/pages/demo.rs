//! `/demo/`: a site as a customer would have it, with the snippet as a customer would paste it.

use super::files::content_type;
use crate::assets::Assets;
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::sites::SiteDirectory;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};

/// Nothing from other origins, nothing inline, in no frame of another origin.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

pub(super) async fn home(state: State<AppState>) -> Result<Response, Problem> {
    page(state, Path(String::new())).await
}

pub(super) async fn contact_page(state: State<AppState>) -> Result<Response, Problem> {
    page(state, Path("contact".into())).await
}

/// The contact form's answer.
pub(super) async fn contact() -> Redirect {
    Redirect::to("/demo/thanks")
}

/// A page, or a file of `assets/`.
pub(super) async fn page(State(state): State<AppState>, Path(page): Path<String>) -> Result<Response, Problem> {
    if page.starts_with("assets/") {
        let asset = state.assets.get(&format!("demo/{page}"), "").ok_or_else(Problem::not_found)?;
        let kept = [(header::CONTENT_TYPE, content_type(&page)), (header::CACHE_CONTROL, "no-cache".into())];
        return Ok((kept, asset.bytes).into_response());
    }
    let html = html(&state.assets, &page).ok_or_else(Problem::not_found)?;
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, Html(with_snippet(&html, &state.sites))).into_response())
}

fn html(assets: &Assets, page: &str) -> Option<String> {
    let page = page.trim_matches('/');
    let name = if page.is_empty() { "demo/index.html".into() } else { format!("demo/{page}/index.html") };
    assets.text(&name)
}

/// The page with the demo site's key. The loader is asked for at the page's own origin, whichever name it was reached by.
fn with_snippet(html: &str, sites: &SiteDirectory) -> String {
    let key = sites.demo().map(|site| site.key.clone()).unwrap_or_default();
    html.replace("__KNOCK_SITE_KEY__", &key)
}
