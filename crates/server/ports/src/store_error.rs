//! Errors of a store.

/// The errors of a store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space left on the disk; a later retry may work.
    #[error("the disk is full")]
    Full,
    /// The directory or its disk became read-only; a person has to mend that.
    #[error("the disk cannot be written: {0}")]
    ReadOnly(String),
    /// The database is locked by another process, or its connection was lost; a retry soon succeeds.
    #[error("the store is busy")]
    Busy,
    /// The disk did not confirm a write: it is unknown how much of it is stored.
    /// A retry proves nothing, so only a restart may continue.
    #[error("the disk did not keep what was written: {0}")]
    Unsynced(String),
    /// The database itself is damaged.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The operation is impossible, now or later.
    #[error("the store failed: {0}")]
    Broken(String),
}
