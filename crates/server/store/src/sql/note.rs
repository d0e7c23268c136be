//! Internal notes.

use super::row::millis;
use super::{Connection, Db, Row, params};
use knock_model::{ConversationId, NoteId, RepId};
use knock_ports::{InternalNote, NoteLedger, NoteView, StoreError};

const NOTE: &str = "SELECT id, conversation, member, text, at FROM notes";

impl<C: Connection> NoteLedger for Db<C> {
    fn append_note(&mut self, note: &InternalNote) -> Result<bool, StoreError> {
        let sql = "INSERT INTO notes (id, conversation, member, text, at) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT DO NOTHING";
        let InternalNote { id, conversation, member, text, at } = note;
        let values = params![id.as_bytes(), conversation.as_bytes(), member.as_bytes(), text, at.0];
        Ok(self.changed(sql, values)? > 0)
    }
}

impl<C: Connection> NoteView for Db<C> {
    fn note(&self, id: NoteId) -> Result<Option<InternalNote>, StoreError> {
        self.one(&format!("{NOTE} WHERE id = ?1"), params![id.as_bytes()], note)
    }

    fn notes_of(&self, conversation: ConversationId) -> Result<Vec<InternalNote>, StoreError> {
        let sql = format!("{NOTE} WHERE conversation = ?1 ORDER BY at, id");
        self.rows(&sql, params![conversation.as_bytes()], note)
    }
}

fn note(row: &Row<'_>) -> Result<InternalNote, StoreError> {
    Ok(InternalNote {
        id: NoteId::from_bytes(row.get(0)?),
        conversation: ConversationId::from_bytes(row.get(1)?),
        member: RepId::from_bytes(row.get(2)?),
        text: row.get(3)?,
        at: millis(row, 4)?,
    })
}
