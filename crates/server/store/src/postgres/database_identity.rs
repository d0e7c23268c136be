//! What tells one PostgreSQL database from another, and whether it holds a workspace.

use super::PostgresStore;
use super::driver::Driver;
use super::transaction_mode::TransactionMode;
use crate::sql::Db;
use knock_ports::StoreError;

/// Whether this role may read the identifier of the server's cluster, which a replica has too and no other cluster.
const MAY_READ: &str = "SELECT has_function_privilege('pg_control_system()', 'EXECUTE')::integer::bigint";
/// The cluster and the database in it.
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
        let reader = self.readers.take()?;
        let mut identity = None;
        reader.transaction(TransactionMode::Read, || {
            let may_read = Db(&*reader).one(MAY_READ, &[], |row| row.get::<i64>(0))? == Some(1);
            identity = Db(&*reader).one(if may_read { IN_CLUSTER } else { AT_ADDRESS }, &[], |row| row.get(0))?;
            Ok(())
        })?;
        identity.ok_or_else(|| StoreError::Broken("the database does not say which one it is".into()))
    }

    /// Whether the database at `url` has Knock's tables; makes none.
    ///
    /// # Errors
    /// When `url` is none, or the database cannot be reached.
    pub fn has_tables(url: &str) -> Result<bool, StoreError> {
        let session = Driver::start(url)?.first()?;
        Ok(Db(&session).one(TABLES, &[], |row| row.get::<i64>(0))?.is_some())
    }
}
