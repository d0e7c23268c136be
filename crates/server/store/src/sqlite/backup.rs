//! Backups: the database as of one instant and the files that belong to it, in one SQLite file.

use super::{STEPS, broken, contents};
use crate::disk::failed;
use knock_model::Millis;
use knock_ports::{Files, StoreError};
use rusqlite::{Connection, OpenFlags, params};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

/// The additional table of a backup.
const TABLES: &str = "CREATE TABLE backup (made_at BIGINT NOT NULL);
    CREATE TABLE backup_files (name TEXT NOT NULL PRIMARY KEY, bytes BLOB NOT NULL);";

/// A small file of the data directory that belongs to the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The description of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The instant of its start: it contains everything acknowledged before.
    pub made_at: Millis,
    /// The files that belong to the database.
    pub files: Vec<StateFile>,
}

impl Backup {
    /// Writes the SQLite `database`, the contents of its files and this to a new file that only its owner can read;
    /// others go on reading and writing meanwhile. When this returns `Ok`, it is on the disk.
    ///
    /// # Errors
    /// When there is a file of this name, or one of both cannot be read or written.
    pub fn write(&self, database: &Path, files: &dyn Files, to: &Path) -> Result<(), StoreError> {
        let new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(failed)?;
        // Opened without being brought up to date: a backup before an upgrade is one of the old version.
        let from = connect(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let name = to.to_str().ok_or_else(|| StoreError::Broken("the name of the file is not UTF-8".into()))?;
        from.execute("VACUUM INTO ?1", [name]).map_err(broken)?;
        let mut copy = connect(to, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let transaction = copy.transaction().map_err(broken)?;
        transaction.execute_batch(TABLES).map_err(broken)?;
        transaction.execute("INSERT INTO backup VALUES (?1)", [self.made_at.0]).map_err(broken)?;
        for file in &self.files {
            let sql = "INSERT INTO backup_files VALUES (?1, ?2)";
            transaction.execute(sql, params![file.name, file.bytes]).map_err(broken)?;
        }
        contents::pack(&transaction, files)?;
        transaction.commit().map_err(broken)?;
        is_sound(&copy, "quick_check")?;
        drop(copy);
        // SQLite does not wait for the disk when it copies.
        new.sync_all().map_err(failed)
    }

    /// Reads what a backup says of itself, after all of it was checked.
    ///
    /// # Errors
    /// When it is no backup, is damaged, or was made by a newer version.
    pub fn check(file: &Path) -> Result<Backup, StoreError> {
        let copy = connect(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        is_sound(&copy, "integrity_check")?;
        let steps: i64 = copy.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(broken)?;
        if usize::try_from(steps).is_ok_and(|steps| steps > STEPS.len()) {
            return Err(StoreError::Broken("it was made by a newer version of Knock".into()));
        }
        let made_at = copy.query_row("SELECT made_at FROM backup", [], |row| row.get(0));
        let made_at = made_at.map_err(|_| StoreError::Broken("it is not a backup".into()))?;
        let mut select = copy.prepare("SELECT name, bytes FROM backup_files ORDER BY name").map_err(broken)?;
        let files = select.query_map([], |row| Ok(StateFile { name: row.get(0)?, bytes: row.get(1)? }));
        let files = files.and_then(Iterator::collect).map_err(broken)?;
        Ok(Backup { made_at: Millis(made_at), files })
    }

    /// Makes a copy of a backup a database again, and puts the contents of its files.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn unpack(copy: &Path, files: &dyn Files) -> Result<(), StoreError> {
        let database = connect(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // The secrets among the files are to stand in these alone.
        database.pragma_update(None, "secure_delete", "ON").map_err(broken)?;
        database.execute_batch("DROP TABLE backup; DROP TABLE backup_files").map_err(broken)?;
        contents::unpack(&database, files)?;
        drop(database);
        File::open(copy).and_then(|file| file.sync_all()).map_err(failed)
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(broken)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(broken)?;
    Ok(connection)
}

fn is_sound(copy: &Connection, check: &str) -> Result<(), StoreError> {
    let verdict: String = copy.pragma_query_value(None, check, |row| row.get(0)).map_err(broken)?;
    if verdict == "ok" { Ok(()) } else { Err(StoreError::Broken(format!("it is damaged: {verdict}"))) }
}
