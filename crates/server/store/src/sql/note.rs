//! Internal notes.

use super::row::millis;
use super::{Connection, Db, Row, params};
use knock_model::{ConversationId, IntegrationId, LeadId, NoteId, RepId};
use knock_ports::{InternalNote, NoteLedger, NoteView, StoreError, TeamAuthor};

const NOTE: &str = "SELECT id, conversation, member, is_integration, text, at FROM notes";

impl<C: Connection> NoteLedger for Db<C> {
    fn append_note(&mut self, note: &InternalNote) -> Result<bool, StoreError> {
        let sql = "INSERT INTO notes (id, conversation, member, is_integration, text, at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
        let InternalNote { id, conversation, author, text, at, mentions } = note;
        let (author, is_integration) = match author {
            TeamAuthor::Member(member) => (member.as_bytes(), 0_i64),
            TeamAuthor::Integration(integration) => (integration.as_bytes(), 1),
        };
        let values = params![id.as_bytes(), conversation.as_bytes(), author, is_integration, text, at.0];
        if self.changed(sql, values)? == 0 {
            return Ok(false);
        }
        let sql = "INSERT INTO mentions (note, conversation, member) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        for mentioned in mentions {
            self.done(sql, params![id.as_bytes(), conversation.as_bytes(), mentioned.as_bytes()])?;
        }
        Ok(true)
    }

    fn see_mentions(&mut self, lead: LeadId, member: RepId) -> Result<bool, StoreError> {
        let sql = "UPDATE mentions SET is_seen = 1 WHERE member = ?2 AND is_seen = 0 \
                   AND conversation IN (SELECT id FROM conversations WHERE lead = ?1)";
        Ok(self.changed(sql, params![lead.as_bytes(), member.as_bytes()])? > 0)
    }
}

impl<C: Connection> NoteView for Db<C> {
    fn note(&self, id: NoteId) -> Result<Option<InternalNote>, StoreError> {
        let mut found = self.one(&format!("{NOTE} WHERE id = ?1"), params![id.as_bytes()], note)?;
        if let Some(note) = &mut found {
            let sql = "SELECT member FROM mentions WHERE note = ?1 ORDER BY member";
            note.mentions = self.rows(sql, params![id.as_bytes()], |row| row.get(0).map(RepId::from_bytes))?;
        }
        Ok(found)
    }

    fn notes_of(&self, conversation: ConversationId) -> Result<Vec<InternalNote>, StoreError> {
        let sql = format!("{NOTE} WHERE conversation = ?1 ORDER BY at, id");
        let mut notes = self.rows(&sql, params![conversation.as_bytes()], note)?;
        if notes.is_empty() {
            return Ok(notes);
        }
        let sql = "SELECT note, member FROM mentions WHERE conversation = ?1 ORDER BY member";
        let mentions = self.rows(sql, params![conversation.as_bytes()], |row| {
            Ok((NoteId::from_bytes(row.get(0)?), RepId::from_bytes(row.get(1)?)))
        })?;
        for note in &mut notes {
            note.mentions = mentions.iter().filter(|(of, _)| *of == note.id).map(|(_, member)| *member).collect();
        }
        Ok(notes)
    }
}

/// The author of a note: the id in a column, and whether it is an integration's in the next one.
pub(super) fn author(row: &Row<'_>, at: usize) -> Result<TeamAuthor, StoreError> {
    let id = row.get(at)?;
    Ok(match row.get::<i64>(at + 1)? {
        0 => TeamAuthor::Member(RepId::from_bytes(id)),
        _ => TeamAuthor::Integration(IntegrationId::from_bytes(id)),
    })
}

fn note(row: &Row<'_>) -> Result<InternalNote, StoreError> {
    Ok(InternalNote {
        id: NoteId::from_bytes(row.get(0)?),
        conversation: ConversationId::from_bytes(row.get(1)?),
        author: author(row, 2)?,
        text: row.get(4)?,
        at: millis(row, 5)?,
        mentions: Vec::new(),
    })
}
