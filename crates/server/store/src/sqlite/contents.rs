//! The contents of files in a backup: a table of its own, a row each.

use super::broken;
use knock_model::FileId;
use knock_ports::{Files, StoreError};
use rusqlite::{Connection, params};

const TABLE: &str = "CREATE TABLE backup_contents (id BLOB NOT NULL PRIMARY KEY, content BLOB NOT NULL)";

/// Adds the contents of all files of which a copy of a database has rows.
pub(super) fn pack(copy: &Connection, contents: &dyn Files) -> Result<(), StoreError> {
    // A database of an earlier version has no files.
    let ids = if has(copy, "files")? { ids(copy, "files")? } else { Vec::new() };
    if ids.is_empty() {
        return Ok(());
    }
    copy.execute_batch(TABLE).map_err(broken)?;
    let mut insert = copy.prepare("INSERT INTO backup_contents VALUES (?1, ?2)").map_err(broken)?;
    for id in ids {
        match contents.get(id)? {
            Some(content) => drop(insert.execute(params![id.as_bytes(), content]).map_err(broken)?),
            // A backup of all the rest is better than none.
            None => tracing::error!(file = %id, "a file has no content to back up"),
        }
    }
    Ok(())
}

/// Takes the contents out of a copy of a backup.
pub(super) fn unpack(copy: &Connection, contents: &dyn Files) -> Result<(), StoreError> {
    if !has(copy, "backup_contents")? {
        return Ok(());
    }
    let mut select = copy.prepare("SELECT content FROM backup_contents WHERE id = ?1").map_err(broken)?;
    for id in ids(copy, "backup_contents")? {
        let content: Vec<u8> = select.query_row([id.as_bytes()], |row| row.get(0)).map_err(broken)?;
        contents.put(id, &content)?;
    }
    drop(select);
    // The room that they took goes too.
    copy.execute_batch("DROP TABLE backup_contents; VACUUM").map_err(broken)
}

fn has(copy: &Connection, table: &str) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)";
    copy.query_row(sql, [table], |row| row.get(0)).map_err(broken)
}

fn ids(copy: &Connection, table: &str) -> Result<Vec<FileId>, StoreError> {
    let mut select = copy.prepare(&format!("SELECT id FROM {table} ORDER BY id")).map_err(broken)?;
    let ids = select.query_map([], |row| row.get(0).map(FileId::from_bytes));
    ids.and_then(Iterator::collect).map_err(broken)
}
