//! Answers by mail: their settings, the mails, and addresses from which mail was returned.

use super::row::{column, json, millis, to_json};
use super::settings::SAVE;
use super::{Connection, Db, Row, params};
use knock_model::{ConversationId, Email, LeadId, Millis, ReceivedKind};
use knock_ports::{
    InboundMail, InboundState, MailBounce, ReceivedMailLedger, ReceivedMailView, StoreError, StoredMail,
};
use sha2::{Digest, Sha256};

const INBOUND: &str = "inbound_mail";
const STATE: &str = "inbound_mail_state";
const MAIL: &str = "SELECT key, conversation, seq, kind, at, sender, sender_name, is_other, subject, text, rest, \
                    left_out FROM received_mails";

impl<C: Connection> ReceivedMailLedger for Db<C> {
    fn save_inbound_mail(&mut self, mail: Option<&InboundMail>) -> Result<(), StoreError> {
        self.save_or_drop(INBOUND, mail)
    }

    fn save_inbound_state(&mut self, state: &InboundState) -> Result<(), StoreError> {
        self.done(SAVE, params![STATE, &to_json(state)?])
    }

    fn append_mail(&mut self, mail: &StoredMail) -> Result<(), StoreError> {
        let sql = "INSERT INTO received_mails (key, conversation, seq, kind, at, sender, sender_name, is_other, subject, \
                   text, rest, left_out) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        let StoredMail { key, conversation, seq, kind, at, sender, sender_name, .. } = mail;
        let StoredMail { is_other, subject, text, rest, left_out, .. } = mail;
        let seq = seq.map(|seq| i64::try_from(seq).unwrap_or(i64::MAX));
        let (of, kind, name) = (conversation.as_bytes(), kind.as_str(), sender_name.as_str());
        let (other, subject, left_out) = (i64::from(*is_other), subject.as_str(), to_json(left_out)?);
        self.done(sql, params![key, of, seq, kind, at.0, sender, name, other, subject, text, rest, &left_out])
    }

    fn save_bounce(&mut self, lead: LeadId, bounce: &MailBounce) -> Result<(), StoreError> {
        let sql = "INSERT INTO mail_bounces (lead, address, email, at, reason, is_dead) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (lead, address) DO UPDATE SET at = excluded.at, reason = excluded.reason, \
                   is_dead = excluded.is_dead";
        let MailBounce { email, at, reason, is_dead } = bounce;
        self.done(sql, params![lead.as_bytes(), &address(email), email.as_str(), at.0, reason, i64::from(*is_dead)])
    }

    fn drop_bounce(&mut self, lead: LeadId, email: &Email) -> Result<bool, StoreError> {
        let sql = "DELETE FROM mail_bounces WHERE lead = ?1 AND address = ?2";
        Ok(self.changed(sql, params![lead.as_bytes(), &address(email)])? > 0)
    }
}

impl<C: Connection> ReceivedMailView for Db<C> {
    fn inbound_mail(&self) -> Result<Option<InboundMail>, StoreError> {
        self.setting(INBOUND)
    }

    fn inbound_state(&self) -> Result<InboundState, StoreError> {
        Ok(self.setting(STATE)?.unwrap_or_default())
    }

    fn stored_mail(&self, key: &[u8; 16]) -> Result<Option<StoredMail>, StoreError> {
        self.one(&format!("{MAIL} WHERE key = ?1"), params![key], mail)
    }

    fn mails_of(&self, conversation: ConversationId) -> Result<Vec<StoredMail>, StoreError> {
        self.rows(&format!("{MAIL} WHERE conversation = ?1 ORDER BY at, key"), params![conversation.as_bytes()], mail)
    }

    fn mails_since(&self, conversation: ConversationId, since: Millis) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM received_mails WHERE conversation = ?1 AND at > ?2";
        let count = self.one(sql, params![conversation.as_bytes(), since.0], |row| row.get::<i64>(0))?;
        Ok(count.unwrap_or_default().unsigned_abs())
    }

    fn mail_bounces(&self, lead: LeadId) -> Result<Vec<MailBounce>, StoreError> {
        let sql = "SELECT email, at, reason, is_dead FROM mail_bounces WHERE lead = ?1 ORDER BY email";
        self.rows(sql, params![lead.as_bytes()], |row| {
            let email = column(row, 0, |text: String| Email::parse(&text).ok())?;
            Ok(MailBounce { email, at: millis(row, 1)?, reason: row.get(2)?, is_dead: row.get(3)? })
        })
    }
}

/// The key of an address: of the length of an id, as a merge of contacts wants it.
fn address(email: &Email) -> [u8; 16] {
    let mut key = [0; 16];
    key.copy_from_slice(&Sha256::digest(email.as_str())[..16]);
    key
}

fn mail(row: &Row<'_>) -> Result<StoredMail, StoreError> {
    Ok(StoredMail {
        key: row.get(0)?,
        conversation: ConversationId::from_bytes(row.get(1)?),
        seq: row.get::<Option<i64>>(2)?.map(i64::unsigned_abs),
        kind: column(row, 3, |word: String| ReceivedKind::parse(&word))?,
        at: Millis(row.get(4)?),
        sender: row.get(5)?,
        sender_name: row.get::<String>(6)?.into(),
        is_other: row.get(7)?,
        subject: row.get::<String>(8)?.into(),
        text: row.get(9)?,
        rest: row.get(10)?,
        left_out: json(row, 11)?,
    })
}
