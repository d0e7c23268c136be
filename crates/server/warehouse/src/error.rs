//! Why a file was not written.

use parquet::errors::ParquetError;
use std::io;

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Where it is written to failed: a full disk.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The rows do not fit the columns.
    #[error("{0}")]
    Format(String),
}

impl From<ParquetError> for WriteError {
    fn from(error: ParquetError) -> WriteError {
        match error {
            ParquetError::External(inner) => match inner.downcast::<io::Error>() {
                Ok(error) => WriteError::Io(*error),
                Err(other) => WriteError::Format(other.to_string()),
            },
            other => WriteError::Format(other.to_string()),
        }
    }
}
