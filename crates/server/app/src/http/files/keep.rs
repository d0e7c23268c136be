//! From what was sent to what is kept: the content decides, pictures lose what was noted beside them.

use super::upload::{Upload, wrong};
use crate::foundation::Core;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::secret::random10;
use axum::Json;
use axum::http::StatusCode;
use knock_attachments::{Attachment, Unusable, read_attachment};
use knock_engine::CommitError;
use knock_engine::commands::{NewFile, NewPreview, Numbered};
use knock_model::{ConversationId, FileId, MessageId};
use knock_ports::{FilePreview, Files, StoreError};
use knock_wire::FileStored;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;

/// How long a file waits for those before it to be looked into.
const WAIT: Duration = Duration::from_secs(20);
/// A picture that is written anew may take so many times as much as a file may.
const GROWTH: usize = 2;

/// The file of a message that was stored before; none for a new id.
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

/// A file whose contents are put. They go again when this is dropped before its message is written.
pub(in crate::http) struct Kept {
    file: NewFile,
    files: Arc<dyn Files>,
    is_unwanted: bool,
}

impl Kept {
    /// For the command that writes its rows: whether that is done, only the command tells.
    pub(in crate::http) fn hand_over(&mut self) -> NewFile {
        self.is_unwanted = false;
        self.file.clone()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if !self.is_unwanted {
            return;
        }
        let (files, preview) = (Arc::clone(&self.files), self.file.preview.as_ref().map(|preview| preview.shown.id));
        let ids = [Some(self.file.id), preview];
        // Beside the threads of requests. What is not removed now has no row, and a rebuild removes it.
        drop(tokio::task::spawn_blocking(move || {
            if ids.into_iter().flatten().try_for_each(|id| files.remove(id)).is_err() {
                tracing::warn!("a content that belongs to no message was not removed; `knock rebuild` removes it");
            }
        }));
    }
}

/// Looks into a file and puts what is kept of it. Its rows are written with its message.
pub(in crate::http) async fn keep(state: &AppState, upload: Upload) -> Result<Kept, Problem> {
    let desk = tokio::time::timeout(WAIT, Arc::clone(&state.uploads.desk).acquire_owned()).await;
    let Ok(Ok(place)) = desk else { return Err(Problem::unavailable("Too many files are being read", 5)) };
    let (core, most) = (state.core.clone(), GROWTH * state.uploads.most);
    let kept = tokio::task::spawn_blocking(move || {
        // Released when the work is done, also where the request was dropped meanwhile.
        let (Upload { name, content, held: _held, .. }, _place) = (upload, place);
        let attachment = read_attachment(content, &name, most).map_err(|reason| wrong("/file", &reason.to_string()))?;
        let file = put(&core, &name, &attachment)?;
        Ok(Kept { file, files: core.files, is_unwanted: true })
    });
    // A decoder that panics read something that is no good.
    kept.await.unwrap_or_else(|_| Err(wrong("/file", &Unusable::Damaged.to_string())))
}

fn put(core: &Core, name: &str, attachment: &Attachment) -> Result<NewFile, StoreError> {
    let Attachment { kind, content, preview } = attachment;
    let made = || FileId::new(core.clock.now(), &random10(&*core.chance));
    let id = made();
    core.files.put(id, content)?;
    let preview = preview.as_ref().map(|preview| {
        let shown = FilePreview { id: made(), width: preview.width, height: preview.height };
        core.files.put(shown.id, &preview.content)?;
        let bytes = preview.content.len() as u64;
        Ok::<_, StoreError>(NewPreview { shown, bytes, sha256: Sha256::digest(&preview.content).into() })
    });
    let (name, bytes, sha256) = (kind.name(name), content.len() as u64, Sha256::digest(content).into());
    Ok(NewFile { id, name, kind: *kind, bytes, sha256, preview: preview.transpose()? })
}

/// What the sender is answered. Where the same message was stored by another request meanwhile, this content goes.
pub(in crate::http) async fn answer(
    state: &AppState,
    (conversation, id): (ConversationId, MessageId),
    mut kept: Kept,
    done: Result<Option<Numbered>, CommitError>,
) -> Result<(StatusCode, Json<FileStored>), Problem> {
    if let Some(Numbered::New(seq)) = done? {
        let NewFile { id, name, kind, bytes, .. } = kept.file.clone();
        let kind = kind.as_str().to_owned();
        return Ok((StatusCode::CREATED, Json(FileStored { file: id, name, kind, size: bytes, seq })));
    }
    kept.is_unwanted = true;
    drop(kept);
    let stored = known(state, conversation, id).await?.ok_or_else(Problem::not_found)?;
    Ok((StatusCode::OK, Json(stored)))
}
