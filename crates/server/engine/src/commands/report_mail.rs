//! The mail with the figures of a week: turned on and off, and sent once for each week.

use crate::audited::{Change, Note, of_member};
use crate::changes::Changes;
use crate::effects::Letter;
use crate::monday::{due_mail, last_week, zone_of_member};
use crate::writer::{After, Command};
use jiff::civil::Date;
use knock_model::{AuditAction, MemberState, Millis, RepId};
use knock_ports::{Ledger, ReportMailRow, StoreError, WeekMail};
use serde_json::json;

/// Turns the mail of a member on or off.
#[derive(Clone, Copy, Debug)]
pub struct SetReportMail {
    pub member: RepId,
    pub is_on: bool,
    pub now: Millis,
}

impl Change for SetReportMail {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let member = ledger.member(self.member)?.filter(|member| member.state != MemberState::Removed);
        let Some(member) = member else { return Ok(((), None)) };
        let row = ledger.report_mail(member.id)?;
        let was_on = row.as_ref().is_some_and(|row| row.is_on);
        if was_on == self.is_on {
            return Ok(((), None));
        }
        let mut sent_for = row.map_or_else(String::new, |row| row.sent_for);
        if self.is_on {
            sent_for = sent_for.max(last_week(&zone_of_member(ledger, &member)?, self.now));
        }
        ledger.save_report_mail(&ReportMailRow { member: member.id, is_on: self.is_on, sent_for })?;
        let note = Note::new(AuditAction::NotificationsChanged, of_member(&member));
        let (before, after) = (json!({"report_mail": was_on}), json!({"report_mail": self.is_on}));
        Ok(((), Some(note.changed(before, after))))
    }
}

/// Sends the mail of a week to a member: once, whatever has counted it and however often.
#[derive(Clone, Debug)]
pub struct SendReportMail {
    pub member: RepId,
    /// The Monday on which its week began.
    pub week: Date,
    /// The mail, as it was counted before.
    pub mail: WeekMail,
    pub now: Millis,
}

impl Command for SendReportMail {
    /// Whether it was put into the outbox.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<bool, StoreError> {
        // Meanwhile it may have been turned off, or sent by another server.
        let Some(row) = ledger.report_mail(self.member)? else { return Ok(false) };
        let Some(due) = due_mail(ledger, &row, self.now)?.filter(|due| due.week == self.week) else {
            return Ok(false);
        };
        if !ledger.settings()?.sends_mail {
            return Ok(false);
        }
        ledger.save_report_mail(&ReportMailRow { sent_for: self.week.to_string(), ..row })?;
        let data = &WeekMail { to: due.member.email, ..self.mail.clone() };
        let ordering_key = *self.member.as_bytes();
        Letter { kind: WeekMail::KIND, data, lead: None, ordering_key, now: self.now }.enqueue(ledger, changes)?;
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
