//! Names of new files, synced to the disk.

use std::fs::File;
use std::path::Path;

/// Syncs the name of a new file to the disk: otherwise a loss of power may take the file with it.
pub(crate) fn keep_name(file: &Path) -> std::io::Result<()> {
    file.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}
