//! Names of new files, made to last.

use std::fs::File;
use std::path::Path;

/// Brings the name of a new file onto the disk: without that a loss of power may take the file with it.
pub(crate) fn keep_name(file: &Path) -> std::io::Result<()> {
    file.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}
