//! Reminders that members set for themselves.

use super::row::{maybe_millis, millis};
use super::{Connection, Db, Row, params};
use knock_model::{LeadId, ReminderId, RepId};
use knock_ports::{Reminder, ReminderLedger, ReminderView, StoreError};

const REMINDER: &str = "SELECT id, lead, member, due_at, text, created_at, fired_at FROM reminders";

impl<C: Connection> ReminderLedger for Db<C> {
    fn save_reminder(&mut self, reminder: &Reminder) -> Result<(), StoreError> {
        let sql = "INSERT INTO reminders (id, lead, member, due_at, text, created_at, fired_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET lead = excluded.lead, \
                   due_at = excluded.due_at, text = excluded.text, fired_at = excluded.fired_at";
        let Reminder { id, lead, member, due_at, text, created_at, fired_at } = reminder;
        let fired_at = fired_at.map(|at| at.0);
        let values = params![id.as_bytes(), lead.as_bytes(), member.as_bytes(), due_at.0, text, created_at.0, fired_at];
        self.done(sql, values)
    }

    fn drop_reminder(&mut self, id: ReminderId) -> Result<(), StoreError> {
        self.done("DELETE FROM reminders WHERE id = ?1", params![id.as_bytes()])
    }

    fn drop_reminders_of(&mut self, member: RepId) -> Result<(), StoreError> {
        self.done("DELETE FROM reminders WHERE member = ?1", params![member.as_bytes()])
    }
}

impl<C: Connection> ReminderView for Db<C> {
    fn reminder(&self, id: ReminderId) -> Result<Option<Reminder>, StoreError> {
        self.one(&format!("{REMINDER} WHERE id = ?1"), params![id.as_bytes()], reminder)
    }

    fn reminders_about(&self, lead: LeadId) -> Result<Vec<Reminder>, StoreError> {
        let sql = format!("{REMINDER} WHERE lead = ?1 ORDER BY due_at, id");
        self.rows(&sql, params![lead.as_bytes()], reminder)
    }
}

fn reminder(row: &Row<'_>) -> Result<Reminder, StoreError> {
    Ok(Reminder {
        id: ReminderId::from_bytes(row.get(0)?),
        lead: LeadId::from_bytes(row.get(1)?),
        member: RepId::from_bytes(row.get(2)?),
        due_at: millis(row, 3)?,
        text: row.get(4)?,
        created_at: millis(row, 5)?,
        fired_at: maybe_millis(row, 6)?,
    })
}
