//! Looking a database over after a crash, before anything is written to it.

use super::{SqliteStore, TornLog, broken, connect, log};
use knock_ports::StoreError;
use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;
use std::path::Path;

impl SqliteStore {
    /// The part of the log beside a file that will be ignored when it is opened; to be called before.
    pub fn torn_log(path: &Path) -> Option<TornLog> {
        log::torn(path)
    }

    /// Reads the whole file and looks whether its pages fit together. A file that is not there is whole.
    ///
    /// SQLite keeps no checksums of pages: a changed letter within a stored text is not found.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first thing that is wrong.
    pub fn check(path: &Path) -> Result<(), StoreError> {
        if !path.exists() {
            return Ok(());
        }
        let file = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // A file that is damaged stays as it is.
        file.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(broken)?;
        let found: String = file.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(broken)?;
        if found == "ok" { Ok(()) } else { Err(StoreError::Damaged(found)) }
    }
}
