//! What visitors do in their conversations beside writing.

use super::row::{json, millis, to_json};
use super::{Connection, Db, params};
use knock_model::{ConversationId, SignalId};
use knock_ports::{StoreError, VisitorFact, VisitorFactLedger, VisitorFactView};

impl<C: Connection> VisitorFactLedger for Db<C> {
    fn append_visitor_fact(&mut self, fact: &VisitorFact) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO visitor_facts (id, conversation, at, what) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        let VisitorFact { id, conversation, at, what } = fact;
        self.done(sql, params![id.as_bytes(), conversation.as_bytes(), at.0, &to_json(what)?])
    }
}

impl<C: Connection> VisitorFactView for Db<C> {
    fn visitor_facts(&self, conversation: ConversationId) -> Result<Vec<VisitorFact>, StoreError> {
        let sql = "SELECT id, at, what FROM visitor_facts WHERE conversation = ?1 ORDER BY at, id";
        self.rows(sql, params![conversation.as_bytes()], |row| {
            Ok(VisitorFact {
                id: SignalId::from_bytes(row.get(0)?),
                conversation,
                at: millis(row, 1)?,
                what: json(row, 2)?,
            })
        })
    }
}
