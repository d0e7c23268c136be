//! The rights that a role lacks to make the tables: since PostgreSQL 15 only the owner of a database makes tables in its schema
//! `public`. Tables that another role has made are changed by that one alone, and some roles only read.

use super::failure::connecting;
use super::session::Session;
use crate::sql::Db;
use crate::statement::params;
use knock_ports::StoreError;
use tokio_postgres::error::SqlState;

/// Says why a session cannot write at all: before anything is tried, since the refusal of a write ends the session.
///
/// # Errors
/// A standby, or a role that only reads, with what to do.
pub(super) fn must_write(session: &Session) -> Result<(), StoreError> {
    let reason = Role::of(session)?.and_then(|role| role.reads_only());
    reason.map_or(Ok(()), |reason| Err(connecting(&reason)))
}

/// The error of a failed start, with the statement that gives the role what it lacks, if that is the reason.
pub(super) fn explained(session: &Session, error: StoreError) -> StoreError {
    if !matches!(error, StoreError::Broken(_)) || session.is_lost() || session.batch("ROLLBACK").is_err() {
        return error;
    }
    match Role::of(session).and_then(|role| role.map_or(Ok(None), |role| role.lacks(session))) {
        Ok(Some(lacking)) => connecting(&lacking),
        Ok(None) | Err(_) => error,
    }
}

/// The statement that lets a role connect to a database, where the lack of that right is why it was refused.
pub(super) fn refused(code: &SqlState, (role, database): (&str, &str)) -> Option<String> {
    let wanted = format!("GRANT CONNECT ON DATABASE {} TO {}", quoted(database), quoted(role));
    (*code == SqlState::INSUFFICIENT_PRIVILEGE).then(|| format!("As the owner of the database, run: {wanted}"))
}

/// The role of a session.
struct Role {
    name: String,
    database: String,
    /// The schemas in which tables are made and searched, the first one that is there counts.
    path: Vec<String>,
    is_reading: bool,
    is_standby: bool,
}

impl Role {
    fn of(session: &Session) -> Result<Option<Role>, StoreError> {
        let sql = "SELECT CAST(current_user AS TEXT), CAST(current_database() AS TEXT), current_setting('search_path'), \
                   current_setting('transaction_read_only'), CAST(pg_is_in_recovery() AS TEXT)";
        Db(session).one(sql, &[], |row| {
            let name = row.get::<String>(0)?;
            let (path, is_reading) = (row.get::<String>(2)?, row.get::<String>(3)? == "on");
            let path = path.split(',').map(|schema| schema.trim().trim_matches('"'));
            let path = path.filter(|schema| !schema.is_empty());
            let path = path.map(|schema| schema.replace("$user", &name)).collect();
            Ok(Role { path, is_reading, database: row.get(1)?, is_standby: row.get::<String>(4)? == "true", name })
        })
    }

    fn reads_only(&self) -> Option<String> {
        let role = quoted(&self.name);
        match (self.is_standby, self.is_reading) {
            (true, _) => Some("the server is a standby, which only reads. Use the address of the primary".to_owned()),
            (_, true) => Some(format!(
                "transactions of the role {role} only read. Run as an administrator: ALTER ROLE {role} SET \
                 default_transaction_read_only = off"
            )),
            (false, false) => None,
        }
    }

    fn lacks(&self, session: &Session) -> Result<Option<String>, StoreError> {
        let (db, role) = (Db(session), quoted(&self.name));
        let sql = "SELECT CAST(has_schema_privilege(oid, 'USAGE') AND has_schema_privilege(oid, 'CREATE') AS TEXT) \
                   FROM pg_namespace WHERE CAST(nspname AS TEXT) = ?1";
        let mut found = None;
        for schema in &self.path {
            if let Some(may) = db.one(sql, params![schema], |row| row.get::<String>(0))? {
                found = Some((schema.clone(), may == "true"));
                break;
            }
        }
        let (schema, wanted) = match found {
            Some((schema, true)) => return self.owns_not(&db, &schema),
            Some((schema, false)) => {
                let wanted = format!("GRANT USAGE, CREATE ON SCHEMA {} TO {role}", quoted(&schema));
                (schema, wanted)
            }
            None => {
                let named = self.path.iter().find(|schema| **schema != self.name).or(self.path.first());
                let schema = named.cloned().unwrap_or_else(|| "public".to_owned());
                let wanted = format!("CREATE SCHEMA {} AUTHORIZATION {role}", quoted(&schema));
                (schema, wanted)
            }
        };
        let (schema, database) = (quoted(&schema), quoted(&self.database));
        Ok(Some(format!(
            "the role {role} may make no tables in the schema {schema} of the database {database}. As its owner, run in that \
             database: {wanted}"
        )))
    }

    /// The tables of another role, such as those of a copy that an administrator has restored.
    fn owns_not(&self, db: &Db<&Session>, schema: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT CAST(pg_get_userbyid(relowner) AS TEXT) FROM pg_class JOIN pg_namespace AS of ON of.oid = relnamespace \
                   WHERE CAST(nspname AS TEXT) = ?1 AND CAST(relname AS TEXT) IN ('steps', 'signals', 'leads') \
                   AND relkind = 'r' AND NOT pg_has_role(relowner, 'USAGE') LIMIT 1";
        let owner = db.one(sql, params![schema], |row| row.get::<String>(0))?;
        let (role, schema) = (quoted(&self.name), quoted(schema));
        Ok(owner.map(|owner| {
            let owner = quoted(&owner);
            format!(
                "the tables in the schema {schema} are those of the role {owner}, and {role} may not change them. Run as an \
                 administrator: GRANT {owner} TO {role}"
            )
        }))
    }
}

/// A name as SQL takes it, whatever is in it.
fn quoted(name: &str) -> String {
    if name == "public" { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted() {
        assert_eq!([quoted("public"), quoted("kn\"ock")], ["public".to_owned(), "\"kn\"\"ock\"".to_owned()]);
    }

    #[test]
    fn a_refused_connection_names_what_to_grant() {
        let said = |code: &SqlState| refused(code, ("kn\"ock", "leads")).unwrap_or_default();
        assert!(
            said(&SqlState::INSUFFICIENT_PRIVILEGE).ends_with("GRANT CONNECT ON DATABASE \"leads\" TO \"kn\"\"ock\"")
        );
        for code in [
            SqlState::INVALID_PASSWORD,
            SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
            SqlState::INVALID_CATALOG_NAME,
            SqlState::TOO_MANY_CONNECTIONS,
        ] {
            assert_eq!(said(&code), "", "{code:?}");
        }
    }

    #[test]
    fn a_standby_and_a_role_that_reads_differ() {
        let role = |is_standby, is_reading| Role {
            name: "knock".into(),
            database: "leads".into(),
            path: Vec::new(),
            is_reading,
            is_standby,
        };
        let said = |is_standby, is_reading| role(is_standby, is_reading).reads_only().unwrap_or_default();
        assert!(said(true, true).contains("standby"));
        assert!(said(false, true).ends_with("ALTER ROLE \"knock\" SET default_transaction_read_only = off"));
        assert_eq!(said(false, false), "");
    }
}
