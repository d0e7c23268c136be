//! Facts that decide whether a reply is mailed.

use super::row::millis;
use super::{Connection, Db, params};
use knock_model::{ConversationId, Destination, LeadId, Millis, RepId};
use knock_ports::{MailFacts, MailLedger, Reading, SignInMail, StoreError};

impl<C: Connection> MailFacts for Db<C> {
    fn reading(&self, conversation: ConversationId) -> Result<Option<Reading>, StoreError> {
        let sql = "SELECT read_seq, mailed_seq, COALESCE((SELECT MAX(seq) FROM messages WHERE conversation = ?1 \
                   AND author IN ('rep', 'integration')), 0) FROM conversations WHERE id = ?1";
        self.one(sql, params![conversation.as_bytes()], |row| {
            let seq = |at| row.get::<i64>(at).map(i64::unsigned_abs);
            Ok(Reading { read: seq(0)?, mailed: seq(1)?, last_of_rep: seq(2)? })
        })
    }

    fn replies_due(&self, lead: LeadId) -> Result<Vec<(ConversationId, Millis)>, StoreError> {
        let sql = "SELECT id, mail_due_at FROM conversations WHERE lead = ?1 AND mail_due_at IS NOT NULL \
                   ORDER BY mail_due_at, id";
        self.rows(sql, params![lead.as_bytes()], |row| Ok((ConversationId::from_bytes(row.get(0)?), millis(row, 1)?)))
    }

    fn mail_stopped_at(&self, lead: LeadId) -> Result<Option<Millis>, StoreError> {
        self.one("SELECT at FROM mail_stops WHERE lead = ?1", params![lead.as_bytes()], |row| millis(row, 0))
    }

    fn links_since(&self, member: RepId, since: Millis) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM outbox WHERE kind = ?1 AND destination = ?2 AND ordering_key = ?3 \
                   AND effect = ?4 AND stored_at > ?5";
        let (Destination { kind, id }, effect) = (Destination::MAIL, SignInMail::KIND);
        let of = params![kind.as_str(), &id, member.as_bytes(), effect.as_str(), since.0];
        let count = self.one(sql, of, |row| row.get::<i64>(0))?;
        Ok(count.unwrap_or_default().unsigned_abs())
    }

    fn mails_sent(&self, mailbox: &[u8; 16]) -> Result<Vec<Millis>, StoreError> {
        let sql = "SELECT at FROM mails_sent WHERE mailbox = ?1 ORDER BY at, delivery";
        self.rows(sql, params![mailbox], |row| millis(row, 0))
    }
}

impl<C: Connection> MailLedger for Db<C> {
    fn note_sent(&mut self, mailbox: &[u8; 16], delivery: i64, at: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO mails_sent (mailbox, delivery, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        self.done(sql, params![mailbox, delivery, at.0])
    }

    fn forget_mails(&mut self, until: Millis, now: Millis) -> Result<(), StoreError> {
        self.done("DELETE FROM mails_sent WHERE at <= ?1 OR at > ?2", params![until.0, now.0])
    }

    fn note_read(&mut self, conversation: ConversationId, seq: u64) -> Result<bool, StoreError> {
        let sql = "UPDATE conversations SET read_seq = ?2 WHERE id = ?1 AND read_seq < ?2";
        Ok(self.changed(sql, params![conversation.as_bytes(), number(seq)])? > 0)
    }

    fn set_reply_due(&mut self, conversation: ConversationId, due_at: Option<Millis>) -> Result<(), StoreError> {
        let sql = "UPDATE conversations SET mail_due_at = ?2 WHERE id = ?1";
        self.done(sql, params![conversation.as_bytes(), due_at.map(|due_at| due_at.0)])
    }

    fn note_mailed(&mut self, conversation: ConversationId, seq: u64) -> Result<(), StoreError> {
        let sql = "UPDATE conversations SET mailed_seq = ?2 WHERE id = ?1 AND mailed_seq < ?2";
        self.done(sql, params![conversation.as_bytes(), number(seq)])
    }

    fn stop_mail(&mut self, lead: LeadId, at: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO mail_stops (lead, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.done(sql, params![lead.as_bytes(), at.0])
    }
}

fn number(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
