//! Files of leads: a row has the metadata and the lead of a file; its content is stored beside the tables, in a
//! directory or in pieces.
//!
//! A content is stored before its row is written, and removed after its row is deleted: a row always has its content. A
//! crash in between leaves a content without a row, which a rebuild removes.

use crate::StoreError;
use knock_model::{ConversationId, FileId, LeadId, Millis};

/// The stored data of a file beside its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// The id; made by the server right before it stores the content.
    pub id: FileId,
    pub lead: LeadId,
    /// The conversation it belongs to, if any.
    pub conversation: Option<ConversationId>,
    pub name: String,
    /// Its media type, such as `image/png`.
    pub media_type: String,
    /// The length of its content in bytes.
    pub bytes: u64,
    /// The SHA-256 of its content.
    pub sha256: [u8; 32],
    pub stored_at: Millis,
}

/// Writing rows of files.
pub trait FileLedger {
    /// Stores the row of a file whose content is stored.
    ///
    /// # Errors
    /// When the database fails, or a file with this id is stored.
    fn append_file(&mut self, file: &StoredFile) -> Result<(), StoreError>;
}

/// Reading rows of files.
pub trait FileView {
    /// A file.
    fn find_file(&self, id: FileId) -> Result<Option<StoredFile>, StoreError>;

    /// The files of a lead, by id.
    fn files_of(&self, lead: LeadId) -> Result<Vec<StoredFile>, StoreError>;

    /// The number of bytes of all files.
    fn bytes_of_files(&self) -> Result<u64, StoreError>;

    /// All files, by id.
    fn all_files(&self) -> Result<Vec<StoredFile>, StoreError>;
}

/// The contents of files.
pub trait Files: Send + Sync {
    /// Stores a content; after `Ok` it is on the disk.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of it is stored, or a part that [`Files::ids`] lists.
    fn put(&self, id: FileId, content: &[u8]) -> Result<(), StoreError>;

    /// Returns a content, if it is stored.
    ///
    /// # Errors
    /// When it cannot be read.
    fn get(&self, id: FileId) -> Result<Option<Vec<u8>>, StoreError>;

    /// Returns a piece of a content: one byte to `most` bytes, starting at the byte `from`; empty at its end; none if
    /// there is no such content.
    ///
    /// # Errors
    /// When it cannot be read.
    fn piece(&self, id: FileId, from: u64, most: usize) -> Result<Option<Vec<u8>>, StoreError>;

    /// Removes a content, or a part of one; after `Ok` it is no longer on the disk. A missing content is no error.
    ///
    /// # Errors
    /// When it cannot be removed.
    fn remove(&self, id: FileId) -> Result<(), StoreError>;

    /// Returns the ids of all contents, also of those stored only in part.
    ///
    /// # Errors
    /// When they cannot be listed.
    fn ids(&self) -> Result<Vec<FileId>, StoreError>;
}
