//! The app that asks members for the consent to read their calendars at a provider.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::{AuditAction, CalendarProvider};
use knock_ports::{CalendarApp, Ledger, StoreError};
use serde_json::{Value, json};

/// Enters the app of a provider, changes it, or removes it.
#[derive(Clone, Debug)]
pub struct SaveCalendarApp {
    pub provider: CalendarProvider,
    /// The app; none removes it: the accounts that were connected by it cannot be read any more.
    pub app: Option<CalendarApp>,
}

impl Change for SaveCalendarApp {
    /// Whether something changed.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let before = ledger.calendar_app(self.provider)?;
        if before == self.app {
            return Ok((false, None));
        }
        ledger.save_calendar_app(self.provider, self.app.as_ref())?;
        let secret = before.as_ref().map_or("", |before| &before.secret);
        let is_new_secret = self.app.as_ref().is_some_and(|app| app.secret != secret);
        let (was, is) = (shown(before.as_ref(), false), shown(self.app.as_ref(), is_new_secret));
        let action = match self.app {
            Some(_) => AuditAction::CalendarAppChanged,
            None => AuditAction::CalendarAppRemoved,
        };
        let note = Note::new(action, subject("calendar_app", self.provider.as_str(), self.provider.label()));
        Ok((true, Some(note.changed(was, is))))
    }
}

/// The part that the audit log shows: no secret, sealed or not.
fn shown(app: Option<&CalendarApp>, is_new_secret: bool) -> Value {
    let mut shown = app.map_or_else(|| json!({}), |app| json!(app.values));
    if is_new_secret {
        shown["secret"] = "changed".into();
    }
    shown
}
