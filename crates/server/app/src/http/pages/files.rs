//! Files whose address changes with their content: kept for ever.

use super::any_site::for_any_site;
use super::loader;
use crate::assets::{Assets, LOADER, is_public};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;

/// The tracker, the widget and the loader of one version, for any site.
pub(super) async fn tracker(
    State(assets): State<Arc<Assets>>,
    Path((version, file)): Path<(String, String)>,
    Query(Asked { scheme, of }): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if !is_public(&file) {
        return Err(Problem::not_found());
    }
    if file == LOADER {
        return loader::send(&assets, kept(&assets, &version));
    }
    if let Some(scheme) = scheme.filter(|_| file.ends_with(".css")) {
        return forced(&assets, &version, &file, scheme);
    }
    // A chunk fits into the module that it was made with, and breaks any other.
    if is_chunk(&file, "widget.") && version != assets.version() && !is_of_widget(&assets, &of) {
        return Err(Problem::not_found());
    }
    Ok(for_any_site(send(&assets, &version, &file, &headers)?))
}

/// The parameters of style sheets and chunks.
#[derive(Deserialize)]
pub(super) struct Asked {
    /// The scheme of a page that does not follow the visitor's system.
    scheme: Option<ForcedScheme>,
    /// The hash of the module that asks for its chunk.
    #[serde(default)]
    of: String,
}

/// Whether a hash is that of this version's widget. Its script names it; pages with an earlier loader in the browser's
/// cache have this version's files under an earlier address.
fn is_of_widget(assets: &Assets, hash: &str) -> bool {
    let is_hash = hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash && assets.text("widget.js").is_some_and(|script| script.contains(hash))
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ForcedScheme {
    Light,
    Dark,
}

/// A style sheet for one scheme, whatever the visitor's system has.
fn forced(assets: &Assets, version: &str, file: &str, scheme: ForcedScheme) -> Result<Response, Problem> {
    let sheet = assets.text(file).ok_or_else(Problem::not_found)?;
    let (dark, named) = match scheme {
        ForcedScheme::Light => (" not all", "light"),
        ForcedScheme::Dark => (" all", "dark"),
    };
    let sheet = ["(prefers-color-scheme: dark)", "(prefers-color-scheme:dark)"]
        .into_iter()
        .fold(sheet, |sheet, query| sheet.replace(query, dark))
        .replace("color-scheme:light dark", &format!("color-scheme:{named}"));
    let headers = [(header::CONTENT_TYPE, content_type(file)), (header::CACHE_CONTROL, kept(assets, version).into())];
    Ok(for_any_site((headers, sheet).into_response()))
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
    // A chunk fits into the module that it was made with, and breaks any other.
    if is_chunk(&file, "dashboard.") && version != assets.version() {
        return Err(Problem::not_found());
    }
    send(&assets, &version, &file, &headers)
}

/// Whether a file is a chunk of a module: `dashboard.CHUNK.wasm`, for what begins with `dashboard.`.
fn is_chunk(file: &str, module: &str) -> bool {
    let inner = file.strip_prefix(module).and_then(|rest| rest.strip_suffix(".wasm"));
    inner.is_some_and(|chunk| !chunk.is_empty())
}

/// A file, compressed if it can be; kept for ever only under its own version.
fn send(assets: &Assets, version: &str, file: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let asset = assets.get(file, accepted).ok_or_else(Problem::not_found)?;
    let kind = content_type(file);
    let headers = [(header::CONTENT_TYPE, kind.as_str()), (header::CACHE_CONTROL, kept(assets, version))];
    let mut response = (headers, asset.bytes).into_response();
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = asset.encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

fn kept(assets: &Assets, version: &str) -> &'static str {
    if version == assets.version() { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// The content type by the file's name; texts are UTF-8.
pub(super) fn content_type(file: &str) -> String {
    let kind = mime_guess::from_path(file).first_or_octet_stream();
    let is_text = kind.type_() == "text" || kind.subtype() == "javascript";
    if is_text { format!("{kind}; charset=utf-8") } else { kind.to_string() }
}
