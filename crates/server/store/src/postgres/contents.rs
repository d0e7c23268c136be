//! The contents of files in the database, in pieces: each server that shares it gives them out.
//!
//! A content is no part of a transaction of the tables, as one in a directory is none: it is put before its row is written.

use super::readers::Readers;
use crate::sql::Db;
use crate::statement::params;
use knock_model::FileId;
use knock_ports::{Files, StoreError};
use std::sync::Arc;

/// Bytes of a piece.
const PIECE: usize = 512 << 10;

/// The contents of files in a PostgreSQL database.
pub struct PostgresFiles {
    readers: Arc<Readers>,
}

impl PostgresFiles {
    pub(super) fn new(readers: Arc<Readers>) -> PostgresFiles {
        PostgresFiles { readers }
    }

    fn has(&self, id: FileId) -> Result<bool, StoreError> {
        let sql = "SELECT number FROM file_pieces WHERE file = ?1 AND number = 0";
        let found = Db(&*self.readers.take()?).one(sql, params![id.as_bytes()], |row| row.get::<i64>(0))?;
        Ok(found.is_some())
    }
}

impl Files for PostgresFiles {
    fn put(&self, id: FileId, content: &[u8]) -> Result<(), StoreError> {
        self.remove(id)?;
        let sql = "INSERT INTO file_pieces (file, number, content) VALUES (?1, ?2, ?3)";
        let reader = self.readers.take()?;
        let pieces = content.chunks(PIECE).chain(content.is_empty().then_some(content));
        // Each is on the disk before the next is sent; what a crash leaves of them has no row.
        for (number, piece) in (0_i64..).zip(pieces) {
            Db(&*reader).done(sql, params![id.as_bytes(), number, piece])?;
        }
        Ok(())
    }

    fn get(&self, id: FileId) -> Result<Option<Vec<u8>>, StoreError> {
        let mut whole = Vec::new();
        while let Some(piece) = self.piece(id, whole.len() as u64, PIECE)? {
            if piece.is_empty() {
                return Ok(Some(whole));
            }
            whole.extend(piece);
        }
        Ok(None)
    }

    fn piece(&self, id: FileId, from: u64, most: usize) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT substring(content FROM CAST(CAST(?3 AS BIGINT) AS INTEGER) \
                   FOR CAST(CAST(?4 AS BIGINT) AS INTEGER)) FROM file_pieces WHERE file = ?1 AND number = ?2";
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let (at, within) = (number(from / PIECE as u64), number(from % PIECE as u64) + 1);
        let most = number(most.min(PIECE) as u64);
        let reader = self.readers.take()?;
        let found = Db(&*reader).one(sql, params![id.as_bytes(), at, within, most], |row| row.get::<Vec<u8>>(0))?;
        drop(reader);
        match found {
            Some(piece) => Ok(Some(piece)),
            None => Ok(self.has(id)?.then(Vec::new)),
        }
    }

    fn remove(&self, id: FileId) -> Result<(), StoreError> {
        Db(&*self.readers.take()?).done("DELETE FROM file_pieces WHERE file = ?1", params![id.as_bytes()])
    }

    fn ids(&self) -> Result<Vec<FileId>, StoreError> {
        let sql = "SELECT DISTINCT file FROM file_pieces ORDER BY file";
        Db(&*self.readers.take()?).rows(sql, &[], |row| Ok(FileId::from_bytes(row.get(0)?)))
    }
}
