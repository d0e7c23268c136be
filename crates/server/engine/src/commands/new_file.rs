//! A file sent with a message: its rows, and its view in the message.

use knock_model::{FileId, FileKind, Millis};
use knock_ports::{Conversation, FilePreview, Ledger, MessageFile, StoreError, StoredFile};

/// A file whose content is stored already.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub id: FileId,
    pub name: String,
    pub kind: FileKind,
    /// Its length in bytes.
    pub bytes: u64,
    /// The SHA-256 of its content.
    pub sha256: [u8; 32],
    /// The preview; its content is stored already, too.
    pub preview: Option<NewPreview>,
}

/// A preview of a file: a small JPEG.
#[derive(Clone, Debug)]
pub struct NewPreview {
    /// Its id and size.
    pub shown: FilePreview,
    /// Its length in bytes.
    pub bytes: u64,
    /// The SHA-256 of its content.
    pub sha256: [u8; 32],
}

impl NewFile {
    /// The file as the message shows it.
    pub(super) fn shown(&self) -> MessageFile {
        let preview = self.preview.as_ref().map(|preview| preview.shown);
        MessageFile { id: self.id, name: self.name.clone(), kind: self.kind, bytes: self.bytes, preview }
    }

    /// Stores the row of the file, and that of its preview.
    pub(super) fn append(
        &self,
        ledger: &mut dyn Ledger,
        of: &Conversation,
        stored_at: Millis,
    ) -> Result<(), StoreError> {
        let row = |id, kind: FileKind, bytes, sha256| StoredFile {
            id,
            lead: of.lead,
            conversation: Some(of.id),
            name: self.name.clone(),
            media_type: kind.as_str().to_owned(),
            bytes,
            sha256,
            stored_at,
        };
        ledger.append_file(&row(self.id, self.kind, self.bytes, self.sha256))?;
        if let Some(NewPreview { shown, bytes, sha256 }) = &self.preview {
            ledger.append_file(&row(shown.id, FileKind::Jpeg, *bytes, *sha256))?;
        }
        Ok(())
    }
}
