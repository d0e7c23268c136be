//! Storing a file of a request, and the response to its sender.

use super::upload::{Upload, wrong};
use crate::data::storage::FileSender;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::http::StatusCode;
use knock_context::{Kept, NotKept};
use knock_engine::CommitError;
use knock_engine::commands::{NewFile, Numbered};
use knock_model::{ConversationId, MessageId};
use knock_wire::FileStored;
use std::sync::Arc;

/// The file of a message that is already stored; none for a new id.
pub(in crate::http) async fn known(
    state: &AppState,
    conversation: ConversationId,
    id: MessageId,
) -> Result<Option<FileStored>, Problem> {
    let messages = read(Arc::clone(&state.core.store), move |view| view.messages_after(conversation, 0)).await?;
    let Some(message) = messages.into_iter().find(|message| message.id == id) else { return Ok(None) };
    let file = message.files.into_iter().next().ok_or_else(|| wrong("/id", "is that of another message"))?;
    let kind = file.kind.as_str().to_owned();
    Ok(Some(FileStored { file: file.id, name: file.name, kind, size: file.bytes, seq: message.seq }))
}

/// Inspects a file and stores its content, if the disk has room for it. Its rows are written with its message.
pub(in crate::http) async fn keep(state: &AppState, upload: Upload, by: FileSender) -> Result<Kept, Problem> {
    let Upload { name, content, held, .. } = upload;
    if !state.storage.takes_file(content.len() as u64, by) {
        return Err(Problem::no_room_for_files());
    }
    let limits = (&state.uploads.inspections, state.uploads.most);
    knock_context::keep(&state.core, limits, name, content, held).await.map_err(|not_kept| match not_kept {
        NotKept::Busy => Problem::unavailable("Too many files are being read", 5),
        NotKept::Unusable(reason) => wrong("/file", &reason.to_string()),
        NotKept::Store(error) => error.into(),
    })
}

/// The response to the sender. If the same message was stored by another request meanwhile, this content is deleted.
pub(in crate::http) async fn answer(
    state: &AppState,
    (conversation, id): (ConversationId, MessageId),
    kept: Kept,
    done: Result<Option<Numbered>, CommitError>,
) -> Result<(StatusCode, Json<FileStored>), Problem> {
    if let Some(Numbered::New(seq)) = done? {
        let NewFile { id, name, kind, bytes, .. } = kept.file().clone();
        let kind = kind.as_str().to_owned();
        return Ok((StatusCode::CREATED, Json(FileStored { file: id, name, kind, size: bytes, seq })));
    }
    kept.discard();
    let stored = known(state, conversation, id).await?.ok_or_else(Problem::not_found)?;
    Ok((StatusCode::OK, Json(stored)))
}
