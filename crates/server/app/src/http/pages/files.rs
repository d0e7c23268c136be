//! Files whose address changes with their content: kept for ever.

use crate::assets::Assets;
use crate::http::problem::Problem;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// What pages of customers and hosted pages load.
const PUBLIC: [&str; 9] = [
    "tracker.js",
    "tracker.wasm",
    "engine.js",
    "forms.js",
    "launcher.js",
    "widget.js",
    "widget.wasm",
    "widget.css",
    "link.js",
];

/// The tracker and the widget, for any site.
pub(super) async fn tracker(
    State(assets): State<Arc<Assets>>,
    Path((version, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if !PUBLIC.contains(&file.as_str()) {
        return Err(Problem::not_found());
    }
    let mut response = send(&assets, &version, &file, &headers)?;
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    response.headers_mut().insert(policy, HeaderValue::from_static("cross-origin"));
    Ok(response)
}

/// The dashboard's files.
pub(super) async fn dashboard(
    State(assets): State<Arc<Assets>>,
    Path((version, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let is_public = file.starts_with("dashboard.") || file.starts_with("icons/") || file == "app.js";
    if !is_public || file.ends_with(".br") || file.ends_with(".gz") {
        return Err(Problem::not_found());
    }
    send(&assets, &version, &file, &headers)
}

/// A file, compressed if it can be; kept for ever only under its own version.
fn send(assets: &Assets, version: &str, file: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let asset = assets.get(file, accepted).ok_or_else(Problem::not_found)?;
    let kept = if version == assets.version() { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kind = content_type(file);
    let mut response =
        ([(header::CONTENT_TYPE, kind.as_str()), (header::CACHE_CONTROL, kept)], asset.bytes).into_response();
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = asset.encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

/// The content type by the file's name; texts are UTF-8.
pub(super) fn content_type(file: &str) -> String {
    let kind = mime_guess::from_path(file).first_or_octet_stream();
    let is_text = kind.type_() == "text" || kind.subtype() == "javascript";
    if is_text { format!("{kind}; charset=utf-8") } else { kind.to_string() }
}
