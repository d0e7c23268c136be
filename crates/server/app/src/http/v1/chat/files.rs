//! `POST /v1/chat/{conversation}/files`: a visitor sends a file.

use super::messages::lead_message;
use super::visitor::let_in;
use crate::data::storage::{FileSender, Level};
use crate::http::admission::ClientAddress;
use crate::http::body::Path;
use crate::http::files::{FileUpload, answer, keep, known, receive};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use knock_engine::commands::LeadMessage;
use knock_wire::FileStored;
use std::sync::Arc;

/// Stores a file of the lead as a message, once: sent again under its id it gets the same answer. What it is shows by
/// its content; pictures lose what the camera noted beside them.
#[utoipa::path(post, path = "/v1/chat/{conversation}/files", tag = "visitor",
    params(("conversation" = String, Path, description = "The conversation")),
    request_body(content = FileUpload, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "Stored", body = FileStored),
        (status = 200, description = "Stored by an earlier request", body = FileStored),
        (status = 401, description = "Token of another conversation"),
        (status = 413, description = "The file is too large"),
        (status = 422, description = "File type not accepted, file damaged, or invalid part"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
        (status = 507, description = "No more files are taken"),
    ))]
pub(super) async fn post(
    State(state): State<AppState>,
    Path(conversation): Path<String>,
    ClientAddress(from): ClientAddress,
    request: Request,
) -> Result<(StatusCode, Json<FileStored>), Problem> {
    let conversation = let_in(&state, from, request.headers(), &conversation).await?;
    state.uploads.take(conversation, from)?;
    let upload = receive(&state, request).await?;
    let id = upload.id;
    if let Some(stored) = known(&state, conversation, id).await? {
        return Ok((StatusCode::OK, Json(stored)));
    }
    has_room(&state, upload.content.len() as u64).await?;
    let mut kept = keep(&state, upload, FileSender::Visitor).await?;
    let message = lead_message(&state, conversation, id, String::new()).await?;
    let done = state.core.writer.commit(LeadMessage { files: vec![kept.hand_over()], ..message }).await;
    answer(&state, (conversation, id), kept, done).await
}

/// Refuses files of visitors before the team has no room left.
async fn has_room(state: &AppState, bytes: u64) -> Result<(), Problem> {
    if !state.storage.takes_file(bytes, FileSender::Visitor) {
        return Err(Problem::no_room_for_files());
    }
    if state.storage.level() == Level::Full {
        return Err(Problem::no_storage());
    }
    let Some(total) = state.uploads.total else { return Ok(()) };
    let stored = read(Arc::clone(&state.core.store), |view| view.bytes_of_files()).await?;
    if stored < total { Ok(()) } else { Err(Problem::no_room_for_files()) }
}
