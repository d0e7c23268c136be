//! The store. SQL lives here and nowhere else.

mod disk;
mod files;
mod postgres;
#[cfg(feature = "scratch")]
mod scratch;
mod sql;
mod sqlite;
mod statement;
mod write_behind;

pub use files::FileDirectory;
pub use postgres::{Copied, PostgresFiles, PostgresStore};
#[cfg(feature = "scratch")]
pub use scratch::{Column, Scratch};
#[cfg(feature = "scratch")]
pub use sql::{CATALOGUE, Erase, Kind, Leftovers, Merge, Owner, Table};
pub use sqlite::{Backup, SqliteStore, StateFile, Syncs, TornLog, copy_to_postgres};
