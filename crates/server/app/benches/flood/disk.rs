//! What a data directory takes of the disk.

use std::path::Path;

/// The bytes of all files in a directory, the log of the database and stored files included.
pub(crate) fn bytes(directory: &Path) -> u64 {
    let entries = std::fs::read_dir(directory).expect("it is there").flatten();
    let sizes = entries.filter_map(|entry| {
        let kind = entry.metadata().ok()?;
        // Files of the moment, such as a log that was just removed, are none.
        Some(if kind.is_dir() { bytes(&entry.path()) } else { kind.len() })
    });
    sizes.sum()
}
