//! Paths of the messages and of the model in the repository.

use std::path::{Path, PathBuf};

/// A path of the repository by its slash-separated name.
pub(crate) fn at(name: &str) -> PathBuf {
    // This crate lives three folders below the root.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).unwrap_or(Path::new("."));
    root.join(name)
}
