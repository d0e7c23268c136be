//! Rows of files; their contents lie beside the tables.

use super::row::{column, millis};
use super::{Connection, Db, Row, params};
use knock_model::{ConversationId, FileId, LeadId};
use knock_ports::{FileLedger, FileView, StoreError, StoredFile};

const FILE: &str = "SELECT id, lead, conversation, name, media_type, bytes, sha256, stored_at FROM files";

impl<C: Connection> FileLedger for Db<C> {
    fn append_file(&mut self, file: &StoredFile) -> Result<(), StoreError> {
        let sql = "INSERT INTO files (id, lead, conversation, name, media_type, bytes, sha256, stored_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let StoredFile { id, lead, conversation, name, media_type, sha256, stored_at, .. } = file;
        let (conversation, bytes) =
            (conversation.as_ref().map(ConversationId::as_bytes), i64::try_from(file.bytes).unwrap_or(i64::MAX));
        let of = params![id.as_bytes(), lead.as_bytes(), conversation, name, media_type, bytes, sha256, stored_at.0];
        self.done(sql, of)
    }
}

impl<C: Connection> FileView for Db<C> {
    fn find_file(&self, id: FileId) -> Result<Option<StoredFile>, StoreError> {
        self.one(&format!("{FILE} WHERE id = ?1"), params![id.as_bytes()], file)
    }

    fn files_of(&self, lead: LeadId) -> Result<Vec<StoredFile>, StoreError> {
        self.rows(&format!("{FILE} WHERE lead = ?1 ORDER BY id"), params![lead.as_bytes()], file)
    }

    fn bytes_of_files(&self) -> Result<u64, StoreError> {
        let sql = "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM files";
        Ok(self.one(sql, &[], |row| row.get::<i64>(0))?.unwrap_or_default().unsigned_abs())
    }

    fn all_files(&self) -> Result<Vec<StoredFile>, StoreError> {
        self.rows(&format!("{FILE} ORDER BY id"), &[], file)
    }
}

fn file(row: &Row<'_>) -> Result<StoredFile, StoreError> {
    Ok(StoredFile {
        id: FileId::from_bytes(row.get(0)?),
        lead: LeadId::from_bytes(row.get(1)?),
        conversation: row.get::<Option<[u8; 16]>>(2)?.map(ConversationId::from_bytes),
        name: row.get(3)?,
        media_type: row.get(4)?,
        bytes: row.get::<i64>(5)?.unsigned_abs(),
        sha256: column(row, 6, |bytes: Vec<u8>| bytes.try_into().ok())?,
        stored_at: millis(row, 7)?,
    })
}
