//! Empty databases for tests: SQLite, or the PostgreSQL that `KNOCK_TEST_POSTGRES` names.

mod columns;

pub use columns::Column;

use crate::postgres::Schema;
use crate::sql::Row;
use crate::{PostgresStore, SqliteStore};
use knock_ports::{Store, StoreError};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// The address of a PostgreSQL for tests, in the form of `--database`.
const POSTGRES: &str = "KNOCK_TEST_POSTGRES";

/// A database of one test's own, gone when this is dropped.
pub struct Scratch {
    dir: TempDir,
    /// The value of `--database`.
    database: String,
    schema: Option<Schema>,
}

impl Scratch {
    /// A database of the kind that is tested, without a row: a PostgreSQL has its tables, a SQLite gets them with its
    /// first store.
    ///
    /// # Panics
    /// When it cannot be made.
    #[expect(clippy::new_without_default, reason = "no other one has the same")]
    pub fn new() -> Scratch {
        Scratch::of(Schema::with_tables)
    }

    /// One without tables, as before the first start of a server.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn bare() -> Scratch {
        Scratch::of(Schema::new)
    }

    fn of(make: impl FnOnce(&str) -> Schema) -> Scratch {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
        let postgres = std::env::var(POSTGRES).ok();
        let schema = postgres.map(|url| make(&url));
        let database = schema.as_ref().map(|schema| schema.url.clone()).unwrap_or_default();
        Scratch { dir: TempDir::new().expect("a directory"), database, schema }
    }

    /// A SQLite file, whatever is tested.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn sqlite() -> Scratch {
        Scratch { dir: TempDir::new().expect("a directory"), database: String::new(), schema: None }
    }

    /// Another directory on the same database, for a second server; none where there can be only one.
    ///
    /// # Panics
    /// When the directory cannot be made.
    pub fn beside(&self) -> Option<Scratch> {
        let database = self.schema.as_ref()?.url.clone();
        Some(Scratch { dir: TempDir::new().expect("a directory"), database, schema: None })
    }

    /// A directory that goes with it.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The value of `--database`; empty for SQLite in [`Scratch::dir`].
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The store on it.
    ///
    /// # Panics
    /// When it does not open.
    pub fn store(&self) -> Arc<dyn Store> {
        if !self.database.is_empty() {
            return Arc::new(PostgresStore::open(&self.database).expect("it opens"));
        }
        self.make_tables();
        Arc::new(SqliteStore::open(&self.dir.path().join("knock.db")).expect("it opens"))
    }

    /// Copies the tables of a SQLite file that is not there yet, as its first start would make them.
    ///
    /// # Panics
    /// When they cannot be copied.
    pub fn make_tables(&self) {
        let file = self.dir.path().join("knock.db");
        if self.database.is_empty() && !file.exists() {
            crate::sqlite::copy_tables(&file);
        }
    }

    /// Runs statements that both databases understand behind the store's back.
    ///
    /// # Panics
    /// When they fail.
    pub fn execute(&self, sql: &str) {
        match &self.schema {
            Some(schema) => schema.execute(sql),
            None => self.file().execute_batch(sql).expect("they run"),
        }
    }

    /// Ends all connections of stores on it, as a restart of the database would; SQLite has none.
    ///
    /// # Panics
    /// When the database does not do it.
    pub fn cut(&self) {
        if let Some(schema) = &self.schema {
            schema.cut();
        }
    }

    /// The process that serves the test on the database's side, when that is on this machine; SQLite has none.
    pub fn process(&self) -> Option<i64> {
        self.schema.as_ref().map(Schema::process)
    }

    /// From now on the database is what a server leaves that dies at this instant, whatever it was doing: its files
    /// as they are, without being closed. A PostgreSQL loses its connections.
    ///
    /// # Panics
    /// When the files cannot be copied.
    pub fn crash(&mut self) {
        if self.schema.is_some() {
            return self.cut();
        }
        let left = TempDir::new().expect("a directory");
        for name in ["knock.db", "knock.db-wal"] {
            let file = self.dir.path().join(name);
            if file.exists() {
                std::fs::copy(file, left.path().join(name)).expect("it is copied");
            }
        }
        self.dir = left;
    }

    /// Reads a SQLite file through, its indexes against its rows too; a PostgreSQL looks after its own.
    ///
    /// # Panics
    /// With what does not fit together.
    pub fn check(&self) {
        if self.schema.is_none() {
            let found: String =
                self.file().query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it is read");
            assert_eq!(found, "ok");
        }
    }

    /// All rows of a table as text, sorted.
    ///
    /// # Panics
    /// When there is no such table.
    pub fn rows(&self, table: &str) -> Vec<String> {
        let mut rows = self.select(&format!("SELECT * FROM {table}"));
        rows.sort_unstable();
        rows
    }

    /// The rows of a query that both databases understand, as text.
    ///
    /// # Panics
    /// When it fails.
    pub fn select(&self, sql: &str) -> Vec<String> {
        self.read(sql, |row| row.shown())
    }

    fn read<T>(&self, sql: &str, read: impl FnMut(&Row<'_>) -> Result<T, StoreError>) -> Vec<T> {
        match &self.schema {
            Some(schema) => schema.read(sql, read),
            None => crate::sqlite::rows(&self.file(), sql, read),
        }
    }

    /// Whether it is a PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.schema.is_some()
    }

    /// Bytes as they stand in a statement.
    pub fn bytes(&self, bytes: &[u8]) -> String {
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        if self.schema.is_some() { format!("'\\x{digits}'::bytea") } else { format!("x'{digits}'") }
    }

    fn file(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.dir.path().join("knock.db")).expect("it opens")
    }
}
