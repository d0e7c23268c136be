//! Classifies failures of the disk.

use knock_ports::StoreError;
use std::io::{Error, ErrorKind};

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
pub(crate) fn failed(error: Error) -> StoreError {
    match error.kind() {
        ErrorKind::StorageFull => StoreError::Full,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => StoreError::ReadOnly(error.to_string()),
        _ => StoreError::Broken(error.to_string()),
    }
}
