//! The store. SQL lives here and nowhere else.

mod sqlite;

pub use sqlite::SqliteStore;
