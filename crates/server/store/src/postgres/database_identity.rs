//! What tells one PostgreSQL database from another, and whether it holds a workspace.

use super::PostgresStore;
use super::driver::Driver;
use super::transaction_mode::TransactionMode;
use crate::sql::Db;
use knock_ports::StoreError;

/// The attempts at reading the cluster's identifier: a failure that passes must not look like a role that may not.
const ATTEMPTS: usize = 3;
/// The cluster, by an identifier that a replica has too and no other cluster, and the database in it.
const IN_CLUSTER: &str = "SELECT 'cluster ' || system_identifier::text || ' database ' || current_database()::text \
                          FROM pg_control_system()";
/// The address of the server and the database there: what everybody may read.
const AT_ADDRESS: &str = "SELECT 'server ' || COALESCE(host(inet_server_addr()), 'local') || ' database ' \
                          || oid::text || ' ' || datname::text FROM pg_database WHERE datname = current_database()";
/// Whether the tables are there.
const TABLES: &str = "SELECT 1::bigint WHERE to_regclass('steps') IS NOT NULL";

impl PostgresStore {
    /// What tells this database from its copies: the cluster's identifier with the name of the database, or, to a role
    /// that may not read it, the server's address with the number and the name of the database.
    ///
    /// # Errors
    /// When the database fails.
    pub fn identity(&self) -> Result<String, StoreError> {
        // Some roles may not call the function, and some services do not have it.
        let in_cluster = (0..ATTEMPTS).find_map(|_| self.answer_of(IN_CLUSTER).ok());
        in_cluster.map_or_else(|| self.answer_of(AT_ADDRESS), Ok)
    }

    /// The text that a query answers.
    fn answer_of(&self, sql: &str) -> Result<String, StoreError> {
        let reader = self.readers.take()?;
        let mut answer = None;
        reader.transaction(TransactionMode::Read, || {
            answer = Db(&*reader).one(sql, &[], |row| row.get(0))?;
            Ok(())
        })?;
        answer.ok_or_else(|| StoreError::Broken("the database does not say which one it is".into()))
    }

    /// Whether the database at `url` has Knock's tables; makes none.
    ///
    /// # Errors
    /// When `url` is none, or the database cannot be reached.
    pub fn has_tables(url: &str) -> Result<bool, StoreError> {
        // The session ends with its driver.
        let driver = Driver::start(url)?;
        let session = driver.first()?;
        Ok(Db(&session).one(TABLES, &[], |row| row.get::<i64>(0))?.is_some())
    }
}
