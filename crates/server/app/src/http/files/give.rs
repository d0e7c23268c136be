//! `GET /v1/files/{token}`: the content of a file, in pieces. No cookie is read here, and no content is executed.

use super::link::{Form, Link};
use crate::http::admission::ClientAddress;
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, Response, header};
use futures_util::stream;
use knock_model::FileId;
use knock_ports::{Files, StoreError, StoredFile};
use std::sync::Arc;

/// The number of bytes of a content that are in memory at once.
const PIECE: usize = 128 << 10;
/// The policy of the content: a page made from it could do nothing.
const POLICY: &str = "default-src 'none'; sandbox";

/// The content of a file, for download; of a preview, for display.
#[utoipa::path(get, path = "/v1/files/{token}", tag = "visitor",
    params(("token" = String, Path, description = "Token of the file address in a message")),
    responses(
        (status = 200, description = "The content", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 404, description = "No link of this server, one that has ended, or the file was erased"),
    ))]
pub(super) async fn get(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    Path(token): Path<String>,
) -> Result<Response<Body>, Problem> {
    state.limiter.look_up(from)?;
    let link = Link::open(&token, &state.core.key, state.core.clock.now()).ok_or_else(Problem::not_found)?;
    let row = read(Arc::clone(&state.core.store), move |view| view.find_file(link.file)).await?;
    let row = row.ok_or_else(Problem::not_found)?;
    let first = piece(Arc::clone(&state.core.files), link.file, 0).await?.ok_or_else(Problem::not_found)?;
    let mut response = Response::new(content(Arc::clone(&state.core.files), link.file, first));
    let headers = response.headers_mut();
    for (name, value) in headers_of(&row, link.form) {
        headers.insert(name, value);
    }
    Ok(response)
}

fn headers_of(row: &StoredFile, form: Form) -> [(HeaderName, HeaderValue); 7] {
    let text = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("attachment"));
    let fixed = HeaderValue::from_static;
    let kind = if row.media_type.starts_with("text/") { "; charset=utf-8" } else { "" };
    let (disposition, sharing, caching) = match form {
        Form::Whole => (text(&attachment(&row.name)), fixed("same-origin"), fixed("private, no-store")),
        // Previews are displayed on pages of customers.
        Form::Preview => (fixed("inline"), fixed("cross-origin"), fixed("private, max-age=3600")),
    };
    [
        (header::CONTENT_TYPE, text(&format!("{}{kind}", row.media_type))),
        (header::CONTENT_LENGTH, HeaderValue::from(row.bytes)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, fixed(POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
        (HeaderName::from_static("cross-origin-resource-policy"), sharing),
        (header::CACHE_CONTROL, caching),
    ]
}

/// The header that makes a browser save a file under this name (RFC 6266).
fn attachment(name: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, ' ' | '-' | '_' | '.' | '(' | ')');
    let plain: String = name.chars().map(|sign| if is_plain(sign) { sign } else { '_' }).collect();
    let encoded: String = name.bytes().map(encoded).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

fn encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    }
}

/// The content after its first piece, read on demand.
fn content(files: Arc<dyn Files>, id: FileId, first: Vec<u8>) -> Body {
    let begun = (files, 0_u64, Some(first));
    Body::from_stream(stream::try_unfold(begun, move |(files, at, ready)| async move {
        let next = match ready {
            Some(first) => first,
            None => piece(Arc::clone(&files), id, at).await?.unwrap_or_default(),
        };
        let at = at + next.len() as u64;
        Ok::<_, StoreError>((!next.is_empty()).then(|| (Bytes::from(next), (files, at, None))))
    }))
}

async fn piece(files: Arc<dyn Files>, id: FileId, from: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let read = tokio::task::spawn_blocking(move || files.piece(id, from, PIECE));
    read.await.unwrap_or_else(|error| Err(StoreError::Broken(format!("a read did not end: {error}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_one_value_of_its_header() {
        let check = |name: &str, expected: &str| assert_eq!(attachment(name), expected);
        check("offer (2).pdf", "attachment; filename=\"offer (2).pdf\"; filename*=UTF-8''offer%20%282%29.pdf");
        check("a\"; x=\".txt", "attachment; filename=\"a__ x__.txt\"; filename*=UTF-8''a%22%3B%20x%3D%22.txt");
        check("\u{e9}.png", "attachment; filename=\"_.png\"; filename*=UTF-8''%C3%A9.png");
    }
}
