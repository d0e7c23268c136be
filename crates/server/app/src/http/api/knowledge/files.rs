//! `POST /api/v1/knowledge/files`: a file for the AI agent to read. Its passages are stored, its bytes are not.

use super::list::OfSite;
use super::sources::{added, new_source};
use super::{site_of, wrong};
use crate::http::auth::{Allowed, EditKnowledge};
use crate::http::body::{FileBody, Query, media_type, wrong_media_type};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use knock_engine::commands::AddFile;
use knock_knowledge::Document;
use knock_model::{SourceKind, SourceState};
use knock_reader::{NotRead, Reader};
use knock_wire::{FieldError, KnowledgeSource};
use multer::Multipart;
use std::convert::Infallible;

/// The most bytes of a file.
const MOST_BYTES: usize = 5 << 20;
/// The longest name of a file, in characters.
const LONGEST_NAME: usize = 200;
/// The part of the body with the file.
const FILE: &str = "/file";

/// A body with a file.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "described, never read")]
pub(super) struct KnowledgeFile {
    /// Text, Markdown, HTML or PDF, at most 5 MiB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A file with its name.
struct Upload {
    name: String,
    content: Bytes,
}

/// Adds a file. Its type is detected from its content, not from its name.
#[utoipa::path(post, path = "/api/v1/knowledge/files", tag = "team", params(OfSite),
    request_body(content = KnowledgeFile, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "The new source", body = KnowledgeSource),
        (status = 409, description = "Limit of 50 per site, or of passages, reached"),
        (status = 422, description = "The file cannot be read, or a field is wrong"),
    ))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    Query(OfSite { site }): Query<OfSite>,
    headers: HeaderMap,
    FileBody(body, _held): FileBody,
) -> Result<(StatusCode, Json<KnowledgeSource>), Problem> {
    let site = site_of(&state, &site, "query/site")?.id;
    let Upload { name, content } = upload(&headers, body).await?;
    let bytes = content.len() as u64;
    let Document { kind, passages } = document(&state.core.reader, &content).await?;
    let source = knock_ports::KnowledgeSource {
        content_type: kind.content_type().to_owned(),
        bytes,
        state: SourceState::Ready,
        last_read_at: Some(state.core.clock.now()),
        due_at: None,
        ..new_source(&state, site, SourceKind::File, name)
    };
    let source = added(state.core.make(caller.actor(), AddFile { source, passages }).await?, FILE)?;
    Ok((StatusCode::CREATED, Json(source)))
}

/// Reads a file in a process of its own.
async fn document(reader: &Reader, content: &[u8]) -> Result<Document, Problem> {
    reader.file(content).await.map_err(|reason| match reason {
        NotRead::Lost(lost) if lost.is_temporary() => Problem::unavailable(&lost.to_string(), 60),
        reason => wrong(FILE, reason.to_string()),
    })
}

/// The one file of a body.
async fn upload(headers: &HeaderMap, body: Bytes) -> Result<Upload, Problem> {
    if media_type(headers) != "multipart/form-data" {
        return Err(wrong_media_type("multipart/form-data"));
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(content_type).map_err(|error| malformed(&error))?;
    let mut parts = Multipart::new(futures_util::stream::iter([Ok::<_, Infallible>(body)]), boundary);
    let mut found = None;
    while let Some(part) = parts.next_field().await.map_err(|error| malformed(&error))? {
        if part.name() != Some("file") {
            continue;
        }
        let name = file_name(part.file_name().unwrap_or_default())?;
        let content = part.bytes().await.map_err(|error| malformed(&error))?;
        if content.len() > MOST_BYTES {
            return Err(Problem::too_large(FieldError {
                pointer: FILE.into(),
                reason: format!("holds more than {MOST_BYTES} bytes"),
            }));
        }
        if found.replace(Upload { name, content }).is_some() {
            return Err(wrong(FILE, "is there more than once".to_owned()));
        }
    }
    found.ok_or_else(|| wrong(FILE, "is missing: a part named `file` with a file name".to_owned()))
}

fn malformed(error: &multer::Error) -> Problem {
    Problem::malformed(FieldError { pointer: String::new(), reason: format!("is no form with a file: {error}") })
}

/// A name without folders and invisible characters.
fn file_name(name: &str) -> Result<String, Problem> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|sign| !sign.is_control()).collect();
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(wrong(FILE, format!("needs a name of 1 to {LONGEST_NAME} characters")));
    }
    Ok(name)
}
