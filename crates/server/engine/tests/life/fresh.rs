//! A new store for each story. The tables are made once and copied: making them takes longer than a story.

use knock_ports::Store;
use knock_store::SqliteStore;
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

static TABLES: OnceLock<Vec<u8>> = OnceLock::new();

/// An empty store in a directory of its own.
pub(crate) fn store() -> (TempDir, Arc<dyn Store>) {
    let dir = TempDir::new().expect("a directory");
    let path = dir.path().join("knock.db");
    std::fs::write(&path, TABLES.get_or_init(tables)).expect("it is copied");
    let store = SqliteStore::open(&path).expect("it opens");
    (dir, Arc::new(store))
}

fn tables() -> Vec<u8> {
    let dir = TempDir::new().expect("a directory");
    let path = dir.path().join("knock.db");
    // Closing the last connection brings everything into the one file.
    drop(SqliteStore::open(&path).expect("it opens"));
    std::fs::read(path).expect("it is there")
}
