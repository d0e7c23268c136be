//! What is one test's own in a PostgreSQL for tests: an empty schema, or a database with all tables.

use super::driver::Driver;
use super::session::Session;
use super::template;
use crate::sql::{Db, Row};
use crate::statement::params;
use knock_ports::StoreError;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(crate) struct Schema {
    /// Leads into the schema.
    pub(crate) url: String,
    name: String,
    /// The address of the database in which it was made, when it is a database itself.
    cluster: Option<String>,
    session: Mutex<Session>,
    _driver: Driver,
}

impl Schema {
    /// A schema without tables.
    pub(crate) fn new(url: &str) -> Schema {
        let name = fresh_name();
        let start = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{start}application_name={name}&options=-csearch_path%3D{name}");
        let schema = Schema::at(url, name, None);
        schema.execute(&format!("CREATE SCHEMA {}", schema.name));
        schema
    }

    /// A database with all tables and no rows.
    pub(crate) fn with_tables(url: &str) -> Schema {
        let name = fresh_name();
        template::copy(url, &name);
        let own = template::beside(url, &name);
        let start = if own.contains('?') { '&' } else { '?' };
        Schema::at(format!("{own}{start}application_name={name}"), name, Some(url.to_owned()))
    }

    fn at(url: String, name: String, cluster: Option<String>) -> Schema {
        let driver = Driver::start(&url).expect("an address");
        let session = driver.first().expect("it is there");
        // What a test has made is worth no waiting for the disk, and what it holds it holds as long as it wants.
        let settings = "SET synchronous_commit = off; SET idle_in_transaction_session_timeout = 0";
        session.batch(settings).expect("they are set");
        Schema { url, name, cluster, session: Mutex::new(session), _driver: driver }
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn execute(&self, sql: &str) {
        self.session().batch(sql).expect("they run");
    }

    /// Ends all connections that write or read here.
    pub(crate) fn cut(&self) {
        let sql = "SELECT pid FROM pg_stat_activity WHERE application_name = ?1 AND pid <> pg_backend_pid()";
        let found = Db(&*self.session()).rows(sql, params![&self.name], |row| row.get::<i64>(0)).expect("rows");
        for pid in found {
            self.execute(&format!("SELECT pg_terminate_backend({pid}, 5000)"));
        }
    }

    /// The process that serves this connection.
    pub(crate) fn process(&self) -> i64 {
        let found = Db(&*self.session()).one("SELECT CAST(pg_backend_pid() AS BIGINT)", &[], |row| row.get(0));
        found.expect("it answers").expect("a row")
    }

    #[cfg(test)]
    pub(crate) fn rows(&self, sql: &str) -> Vec<String> {
        self.read(sql, |row| row.shown())
    }

    pub(crate) fn read<T>(&self, sql: &str, read: impl FnMut(&Row<'_>) -> Result<T, StoreError>) -> Vec<T> {
        Db(&*self.session()).rows(sql, &[], read).expect("rows")
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        // A test that has failed has already said so; what it leaves goes with the cluster.
        match &self.cluster {
            Some(url) => template::remove(url, &self.name),
            None => drop(self.session().batch(&format!("DROP SCHEMA {} CASCADE", self.name))),
        }
    }
}

fn fresh_name() -> String {
    format!("test_{:016x}", RandomState::new().hash_one(0))
}
