//! The data directory and database of a test server.

use knock_store::Scratch;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A data directory and a database.
#[derive(Clone)]
pub struct Place {
    data: PathBuf,
    database: String,
    scratch: Option<Arc<Scratch>>,
}

impl Place {
    /// Returns a SQLite file in a directory, or a PostgreSQL database named as in `--database`; both are kept after a
    /// drop.
    pub fn kept(data: &Path, database: &str) -> Place {
        Place { data: data.to_owned(), database: database.to_owned(), scratch: None }
    }

    /// Returns the data directory.
    pub fn dir(&self) -> &Path {
        &self.data
    }

    /// The value of `--database`; empty for SQLite in [`Place::dir`].
    pub fn database(&self) -> &str {
        &self.database
    }

    /// Makes the tables of a scratch database, which is faster than the server's first start.
    pub(crate) fn make_tables(&self) {
        if let Some(scratch) = &self.scratch {
            scratch.make_tables();
        }
    }

    /// Returns direct access to the database, without the server; only for a scratch database.
    pub fn scratch(&self) -> &Scratch {
        self.scratch.as_deref().expect("a place of the test's own")
    }
}

/// The scratch database is deleted with its last copy.
impl From<Scratch> for Place {
    fn from(scratch: Scratch) -> Place {
        let (data, database) = (scratch.dir().to_owned(), scratch.database().to_owned());
        Place { data, database, scratch: Some(Arc::new(scratch)) }
    }
}
