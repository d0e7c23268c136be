//! Read positions of members.

use super::{Connection, Db, Query, Scope, params};
use knock_model::{ConversationId, LeadId, RepId};
use knock_ports::{MemberReadsLedger, MemberReadsView, StoreError};

impl<C: Connection> MemberReadsLedger for Db<C> {
    fn save_read(&mut self, member: RepId, conversation: ConversationId, seq: u64) -> Result<(), StoreError> {
        let sql = "INSERT INTO member_reads (conversation, member, seq) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (conversation, member) DO UPDATE SET seq = excluded.seq";
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        self.done(sql, params![conversation.as_bytes(), member.as_bytes(), seq])
    }

    fn save_answered(&mut self, conversation: ConversationId, seq: u64) -> Result<(), StoreError> {
        let sql = "INSERT INTO member_reads (conversation, member, seq) \
                   SELECT c.id, m.id, CAST(?2 AS BIGINT) FROM conversations c CROSS JOIN members m \
                   WHERE c.id = ?1 AND m.state <> 'removed' \
                   ON CONFLICT (conversation, member) DO UPDATE SET seq = excluded.seq \
                   WHERE member_reads.seq < excluded.seq";
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        self.done(sql, params![conversation.as_bytes(), seq])
    }
}

impl<C: Connection> MemberReadsView for Db<C> {
    fn unread(&self, member: RepId, conversation: ConversationId) -> Result<u32, StoreError> {
        Ok(self.read_row(&unread_of(conversation, member), |row| row.get(0))?.unwrap_or_default())
    }

    fn lead_messages(&self, conversation: ConversationId) -> Result<u32, StoreError> {
        Ok(self.read_row(&lead_messages_of(conversation), |row| row.get(0))?.unwrap_or_default())
    }

    fn reads_of(&self, lead: LeadId) -> Result<Vec<(ConversationId, u64)>, StoreError> {
        let sql = "SELECT r.conversation, MAX(r.seq) FROM member_reads r JOIN conversations c ON c.id = r.conversation \
                   WHERE c.lead = ?1 GROUP BY r.conversation ORDER BY r.conversation";
        self.rows(sql, params![lead.as_bytes()], |row| {
            Ok((ConversationId::from_bytes(row.get(0)?), row.get::<i64>(1)?.unsigned_abs()))
        })
    }
}

/// The query for the number of messages of the lead that a member has not read.
pub(super) fn unread_of(conversation: ConversationId, member: RepId) -> Query {
    let sql = "SELECT COUNT(*) FROM messages m JOIN members b ON b.id = ?2 \
               LEFT JOIN member_reads r ON r.conversation = ?1 AND r.member = ?2 \
               WHERE m.conversation = ?1 AND m.author = 'lead' AND (m.seq > r.seq OR (r.seq IS NULL AND m.at > b.reads_from))";
    let scope = Scope::of("messages", conversation.as_bytes());
    Query::new(scope, sql, params![conversation.as_bytes(), member.as_bytes()])
}

/// The query for the number of messages of the lead.
pub(super) fn lead_messages_of(conversation: ConversationId) -> Query {
    let sql = "SELECT COUNT(*) FROM messages WHERE conversation = ?1 AND author = 'lead'";
    Query::of("messages", conversation.as_bytes(), sql)
}
