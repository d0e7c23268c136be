//! A file with all tables and no rows, which tests copy: running the steps takes longer than many a test.

use super::{STEPS, SqliteStore};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Writes an empty, migrated database to this path.
///
/// # Panics
/// When it cannot be made.
pub(crate) fn copy_tables(to: &Path) {
    let template = template();
    if !template.exists() {
        make(&template);
    }
    std::fs::copy(&template, to).expect("it is copied");
}

/// Beside the test programs, for all of them: named after the steps, so that it is made anew when one is added.
fn template() -> PathBuf {
    let mut hasher = DefaultHasher::new();
    STEPS.hash(&mut hasher);
    let this = std::env::current_exe().expect("this program has a path");
    let folder = this.parent().expect("a folder");
    folder.join(format!("tables-{:016x}.db", hasher.finish()))
}

/// Other processes may make it at the same time: each its own, and the last one stays.
fn make(template: &Path) {
    let dir = TempDir::new_in(template.parent().expect("a folder")).expect("a directory");
    let file = dir.path().join("knock.db");
    // Closing the last connection brings everything into the one file.
    drop(SqliteStore::open(&file).expect("it opens"));
    std::fs::rename(file, template).expect("it is moved");
}
