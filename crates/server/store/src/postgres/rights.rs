//! The rights that a role lacks to make the tables: since PostgreSQL 15 only the owner of a database makes tables in its schema
//! `public`.

use super::failure::connecting;
use super::session::Session;
use crate::sql::Db;
use crate::statement::params;
use knock_ports::StoreError;

/// The error of a failed start, with the statement that grants what the role lacks, if that is the reason.
pub(super) fn explained(session: &Session, error: StoreError) -> StoreError {
    if !matches!(error, StoreError::Broken(_)) || session.is_lost() || session.batch("ROLLBACK").is_err() {
        return error;
    }
    match lacking(session) {
        Ok(Some(lacking)) => connecting(&lacking),
        Ok(None) | Err(_) => error,
    }
}

fn lacking(session: &Session) -> Result<Option<String>, StoreError> {
    let db = Db(session);
    let sql = "SELECT CAST(current_user AS TEXT), CAST(current_database() AS TEXT), current_setting('search_path')";
    let found = db.one(sql, &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<String>(2)?)))?;
    let Some((role, database, path)) = found else { return Ok(None) };
    let first =
        path.split(',').map(|name| name.trim().trim_matches('"')).find(|name| !name.is_empty() && *name != "$user");
    let schema = first.unwrap_or("public").to_owned();
    let sql = "SELECT CAST(has_schema_privilege(oid, 'USAGE') AND has_schema_privilege(oid, 'CREATE') AS TEXT) \
               FROM pg_namespace WHERE CAST(nspname AS TEXT) = ?1";
    let may = db.one(sql, params![&schema], |row| row.get::<String>(0))?;
    let wanted = match may.as_deref() {
        Some("true") => return Ok(None),
        Some(_) => format!("GRANT USAGE, CREATE ON SCHEMA {} TO {}", quoted(&schema), quoted(&role)),
        None => format!("CREATE SCHEMA {} AUTHORIZATION {}", quoted(&schema), quoted(&role)),
    };
    Ok(Some(format!(
        "the role {} may make no tables in the schema {} of the database {}. As its owner, run in that database: {wanted}",
        quoted(&role),
        quoted(&schema),
        quoted(&database)
    )))
}

/// A name as SQL takes it, whatever is in it.
fn quoted(name: &str) -> String {
    if name == "public" { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn names_are_quoted() {
        assert_eq!([quoted("public"), quoted("kn\"ock")], ["public".to_owned(), "\"kn\"\"ock\"".to_owned()]);
    }
}
