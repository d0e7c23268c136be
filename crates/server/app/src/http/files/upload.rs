//! Reading a file with its message's id: a form, read piece by piece and only up to its limits.

use super::part_heads::{self, HeadTooLong, PartHeads};
use crate::http::admission::Held;
use crate::http::body::{is_of_length, media_type, wrong_media_type};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use knock_model::MessageId;
use knock_wire::FieldError;
use multer::{Field, Multipart};

/// The time limit of a file as a multiple of that of another body.
const PATIENCE: u32 = 8;
/// The longest id, in bytes.
const LONGEST_ID: usize = 64;

/// A body with a file.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "described, never read")]
pub(in crate::http) struct FileUpload {
    /// Id (UUIDv7) of the message, made by the sender: a repeated request stores no second message.
    id: String,
    /// PNG, JPEG, GIF, WebP, PDF, plain text, CSV, DOCX, XLSX, PPTX, ODT or ZIP.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A received file.
pub(in crate::http) struct Upload {
    /// The id of its message.
    pub(in crate::http) id: MessageId,
    /// The name that its sender gave it.
    pub(super) name: String,
    /// The content.
    pub(in crate::http) content: Vec<u8>,
    /// The memory that it holds.
    pub(super) held: Held,
}

/// Reads the form of a request.
pub(in crate::http) async fn receive(state: &AppState, request: Request) -> Result<Upload, Problem> {
    if media_type(request.headers()) != "multipart/form-data" {
        return Err(wrong_media_type("multipart/form-data"));
    }
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = multer::parse_boundary(content_type.unwrap_or_default()).map_err(|error| malformed(&error))?;
    let pieces = PartHeads::new(request.into_body().into_data_stream(), &boundary);
    let parts = Multipart::new(pieces, boundary);
    let time = state.limits.body_timeout_ms.duration() * PATIENCE;
    tokio::time::timeout(time, read(state, parts)).await.map_err(|_| {
        Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout", "The request took too long")
            .detail(format!("the file did not come within {} s", time.as_secs()))
    })?
}

async fn read(state: &AppState, mut parts: Multipart<'_>) -> Result<Upload, Problem> {
    let (mut id, mut file, mut held) = (None, None, state.uploads.hold());
    let most = state.uploads.most;
    // The parser keeps one head at a time.
    hold(&mut held, part_heads::MOST)?;
    while let Some(part) = parts.next_field().await.map_err(|error| unreadable(&error, most))? {
        match part.name() {
            Some("id") if id.is_none() => id = Some(taken(part, LONGEST_ID, "/id", &mut held).await?),
            Some("file") if file.is_none() => {
                let name = part.file_name().map(typed).unwrap_or_default();
                file = Some((name, taken(part, most, "/file", &mut held).await?));
            }
            Some(twice @ ("id" | "file")) => return Err(wrong(&format!("/{twice}"), "is there more than once")),
            Some(_) | None => {}
        }
    }
    let id = id.ok_or_else(|| wrong("/id", "is missing: a part named `id` before the file"))?;
    let id = String::from_utf8_lossy(&id).into_owned();
    let id = MessageId::parse(&id).map_err(|error| wrong("/id", &error.to_string()))?;
    let (name, content) = file.ok_or_else(|| wrong("/file", "is missing: a part named `file`"))?;
    Ok(Upload { id, name, content, held })
}

/// The content of a part, counted while it is read.
async fn taken(mut part: Field<'_>, most: usize, pointer: &str, held: &mut Held) -> Result<Vec<u8>, Problem> {
    let mut content = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(|error| unreadable(&error, most))? {
        if content.len() + piece.len() > most {
            let is_file = pointer == "/file";
            return Err(if is_file { Problem::too_large_a_file(most) } else { wrong(pointer, "is too long") });
        }
        hold(held, piece.len())?;
        content.extend_from_slice(&piece);
    }
    Ok(content)
}

fn hold(held: &mut Held, bytes: usize) -> Result<(), Problem> {
    if held.take(bytes) {
        return Ok(());
    }
    metrics::counter!("knock_bodies_refused_total").increment(1);
    Err(Problem::no_memory())
}

/// The original name of a file, without the escapes of the browser's form.
fn typed(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "").replace("%0A", "")
}

pub(super) fn wrong(pointer: &str, reason: &str) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}

fn unreadable(error: &multer::Error, most: usize) -> Problem {
    match error {
        multer::Error::StreamReadFailed(cause) if is_of_length(&**cause) => Problem::too_large_a_file(most),
        multer::Error::StreamReadFailed(cause) if cause.is::<HeadTooLong>() => malformed(cause),
        other => malformed(other),
    }
}

fn malformed(error: &dyn std::fmt::Display) -> Problem {
    Problem::malformed(FieldError { pointer: String::new(), reason: format!("is no form with a file: {error}") })
}
