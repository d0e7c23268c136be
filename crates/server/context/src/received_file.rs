//! From a file that came to what is kept of it: the content decides, pictures lose what was noted beside them.

use crate::{Core, random10};
use knock_attachments::{Attachment, Unusable};
use knock_engine::commands::{NewFile, NewPreview};
use knock_model::FileId;
use knock_ports::{FilePreview, Files, LookImage, StoreError};
use knock_reader::NotRead;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The time for which a file waits for the inspection of those before it.
const WAIT: Duration = Duration::from_secs(20);
/// A picture that is written anew may take so many times as much as a file may.
const GROWTH: usize = 2;

/// A file whose contents are put. They go again when this is dropped before its message is written.
pub struct Kept {
    file: NewFile,
    files: Arc<dyn Files>,
    is_unwanted: bool,
}

/// The reason for which a file is not stored.
#[derive(Debug)]
pub enum NotKept {
    /// Too many files are being read.
    Busy,
    /// For what is in it.
    Unusable(Unusable),
    Store(StoreError),
}

impl Kept {
    /// Hands the file over to the command that stores its rows; from then on that command decides whether it is kept.
    pub fn hand_over(&mut self) -> NewFile {
        self.is_unwanted = false;
        self.file.clone()
    }

    pub const fn file(&self) -> &NewFile {
        &self.file
    }

    /// The command has not written its rows.
    pub fn discard(mut self) {
        self.is_unwanted = true;
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

/// Inspects a file and puts what is kept of it, one file at a time with these permits. Its rows are written with its
/// message.
///
/// # Errors
/// When it is not kept.
pub async fn keep(
    core: &Core,
    (permits, most): (&Arc<Semaphore>, usize),
    name: String,
    content: Vec<u8>,
    held: impl Send + 'static,
) -> Result<Kept, NotKept> {
    let place = tokio::time::timeout(WAIT, Arc::clone(permits).acquire_owned()).await;
    let Ok(Ok(place)) = place else { return Err(NotKept::Busy) };
    let attachment = core.reader.attachment(content, &name, GROWTH * most).await.map_err(not_read)?;
    let core = core.clone();
    let kept = tokio::task::spawn_blocking(move || {
        // Released when the work is done, also where the request was dropped meanwhile.
        let _held = (held, place);
        let file = put(&core, &name, &attachment)?;
        Ok(Kept { file, files: core.files, is_unwanted: true })
    });
    let kept = kept.await.unwrap_or_else(|error| Err(StoreError::Broken(format!("a write did not end: {error}"))));
    kept.map_err(NotKept::Store)
}

/// Reads the picture of a member, as it is shown: a square JPEG.
///
/// # Errors
/// When it is no picture, or too many files are being read.
pub async fn portrait(core: &Core, permits: &Semaphore, content: &[u8]) -> Result<Vec<u8>, NotKept> {
    let place = tokio::time::timeout(WAIT, permits.acquire()).await;
    let Ok(Ok(_place)) = place else { return Err(NotKept::Busy) };
    core.reader.portrait(content).await.map_err(not_read)
}

/// Reads a picture of a look, as it is shown: within these sides.
///
/// # Errors
/// When it is no picture, or too many files are being read.
pub async fn look_picture(
    core: &Core,
    permits: &Semaphore,
    content: &[u8],
    within: (u32, u32),
) -> Result<LookImage, NotKept> {
    let place = tokio::time::timeout(WAIT, permits.acquire()).await;
    let Ok(Ok(_place)) = place else { return Err(NotKept::Busy) };
    let (kind, content) = core.reader.look_picture(content, within).await.map_err(not_read)?;
    Ok(LookImage { content_type: kind.as_str().to_owned(), content })
}

fn not_read(reason: NotRead<Unusable>) -> NotKept {
    match reason {
        NotRead::Refused(reason) => NotKept::Unusable(reason),
        NotRead::Lost(lost) if lost.is_temporary() => NotKept::Busy,
        // What takes down its reader is no good.
        NotRead::Lost(_) => NotKept::Unusable(Unusable::Damaged),
    }
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
