//! Texts that members send again and again.

use super::row::column;
use super::{Connection, Db, params};
use knock_agent::Language;
use knock_model::{RepId, SavedReplyId};
use knock_ports::{SavedReply, SavedReplyLedger, SavedReplyView, StoreError};

impl<C: Connection> SavedReplyLedger for Db<C> {
    fn save_reply(&mut self, reply: &SavedReply) -> Result<(), StoreError> {
        let sql = "INSERT INTO saved_replies (id, member, name, text, language) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (id) DO UPDATE SET member = excluded.member, name = excluded.name, \
                   text = excluded.text, language = excluded.language";
        let SavedReply { id, member, name, text, language } = reply;
        let (member, language) = (member.as_ref().map(RepId::as_bytes), language.map_or("", Language::as_str));
        self.done(sql, params![id.as_bytes(), member, name, text, language])
    }

    fn drop_reply(&mut self, id: SavedReplyId) -> Result<(), StoreError> {
        self.done("DELETE FROM saved_replies WHERE id = ?1", params![id.as_bytes()])
    }
}

impl<C: Connection> SavedReplyView for Db<C> {
    fn saved_replies(&self, of: Option<RepId>) -> Result<Vec<SavedReply>, StoreError> {
        let sql = "SELECT id, member, name, text, language FROM saved_replies WHERE member IS NULL OR member = ?1 \
                   ORDER BY lower(name), id";
        self.rows(sql, params![of.as_ref().map(RepId::as_bytes)], |row| {
            Ok(SavedReply {
                id: SavedReplyId::from_bytes(row.get(0)?),
                member: row.get::<Option<[u8; 16]>>(1)?.map(RepId::from_bytes),
                name: row.get(2)?,
                text: row.get(3)?,
                language: column(row, 4, |word: String| match word.as_str() {
                    "" => Some(None),
                    word => Language::parse(word).map(Some),
                })?,
            })
        })
    }
}
