//! Timers: one row a subject, walked by due instant.

use super::row::{column, millis};
use super::{Connection, Db, Scope, params};
use knock_model::{AccountId, LeadId, Millis};
use knock_ports::{StoreError, Subject, Timer, TimerLedger, TimerView};

pub(super) const LEAD_SCORE: i64 = 1;
pub(super) const ACCOUNT_SCORE: i64 = 2;
pub(super) const CHAT_STATUS: i64 = 3;
pub(super) const REPLY_MAIL: i64 = 4;
pub(super) const WAIT: i64 = 5;
pub(super) const MEETING_STATUS: i64 = 6;
pub(super) const MEETING_REMINDER: i64 = 7;
pub(super) const REMINDER: i64 = 8;
pub(super) const WORKFLOW: i64 = 9;

impl<C: Connection> TimerLedger for Db<C> {
    fn set_timer(&mut self, subject: Subject, due_at: Option<Millis>) -> Result<(), StoreError> {
        let (kind, id) = key(&subject);
        if let Some(ahead) = self.0.ahead() {
            self.0.read_ahead()?;
            ahead.borrow_mut().kept.timers.insert((kind, *id), due_at);
            return Ok(());
        }
        match due_at {
            Some(due_at) => {
                let sql = "INSERT INTO timers (kind, subject, due_at) VALUES (?1, ?2, ?3) \
                           ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at";
                self.done(sql, params![kind, id, due_at.0])
            }
            None => self.done("DELETE FROM timers WHERE kind = ?1 AND subject = ?2", params![kind, id]),
        }
    }

    fn raise_derived_until(&mut self, at: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO clock (id, latest) VALUES (1, ?1) \
                   ON CONFLICT (id) DO UPDATE SET latest = excluded.latest WHERE clock.latest < excluded.latest";
        self.write(Scope::table("clock"), sql, params![at.0])
    }

    fn set_derived_until(&mut self, at: Millis) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO clock (id, latest) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET latest = excluded.latest";
        self.write(Scope::table("clock"), sql, params![at.0])
    }
}

impl<C: Connection> TimerView for Db<C> {
    fn due_timers(&self, now: Millis, limit: u32) -> Result<Vec<Timer>, StoreError> {
        let sql = "SELECT kind, subject, due_at FROM timers WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2";
        self.rows(sql, params![now.0, limit], |row| {
            let id: [u8; 16] = row.get(1)?;
            let subject = column(row, 0, |kind: i64| subject(kind, id))?;
            Ok(Timer { subject, due_at: millis(row, 2)? })
        })
    }

    fn next_due(&self) -> Result<Option<Millis>, StoreError> {
        self.one("SELECT due_at FROM timers ORDER BY due_at LIMIT 1", &[], |row| millis(row, 0))
    }

    fn derived_until(&self) -> Result<Option<Millis>, StoreError> {
        self.one("SELECT latest FROM clock WHERE id = 1", &[], |row| millis(row, 0))
    }
}

fn key(subject: &Subject) -> (i64, &[u8; 16]) {
    match subject {
        Subject::LeadScore(id) => (LEAD_SCORE, id.as_bytes()),
        Subject::AccountScore(id) => (ACCOUNT_SCORE, id.as_bytes()),
        Subject::ChatStatus(id) => (CHAT_STATUS, id.as_bytes()),
        Subject::ReplyMail(id) => (REPLY_MAIL, id.as_bytes()),
        Subject::Wait(id) => (WAIT, id.as_bytes()),
        Subject::MeetingStatus(id) => (MEETING_STATUS, id.as_bytes()),
        Subject::MeetingReminder(id) => (MEETING_REMINDER, id.as_bytes()),
        Subject::Reminder(id) => (REMINDER, id.as_bytes()),
        Subject::Workflow(id) => (WORKFLOW, id.as_bytes()),
    }
}

fn subject(kind: i64, id: [u8; 16]) -> Option<Subject> {
    match kind {
        LEAD_SCORE => Some(Subject::LeadScore(LeadId::from_bytes(id))),
        ACCOUNT_SCORE => Some(Subject::AccountScore(AccountId::from_bytes(id))),
        CHAT_STATUS => Some(Subject::ChatStatus(LeadId::from_bytes(id))),
        REPLY_MAIL => Some(Subject::ReplyMail(LeadId::from_bytes(id))),
        WAIT => Some(Subject::Wait(LeadId::from_bytes(id))),
        MEETING_STATUS => Some(Subject::MeetingStatus(LeadId::from_bytes(id))),
        MEETING_REMINDER => Some(Subject::MeetingReminder(LeadId::from_bytes(id))),
        REMINDER => Some(Subject::Reminder(LeadId::from_bytes(id))),
        WORKFLOW => Some(Subject::Workflow(LeadId::from_bytes(id))),
        _ => None,
    }
}
