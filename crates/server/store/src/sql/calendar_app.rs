//! The apps of calendar providers: a setting for each.

use super::{Connection, Db};
use knock_model::CalendarProvider;
use knock_ports::{CalendarApp, CalendarAppLedger, CalendarAppView, StoreError};

fn name(provider: CalendarProvider) -> String {
    format!("calendar_app_{}", provider.as_str())
}

impl<C: Connection> CalendarAppLedger for Db<C> {
    fn save_calendar_app(&mut self, provider: CalendarProvider, app: Option<&CalendarApp>) -> Result<(), StoreError> {
        self.save_or_drop(&name(provider), app)
    }
}

impl<C: Connection> CalendarAppView for Db<C> {
    fn calendar_app(&self, provider: CalendarProvider) -> Result<Option<CalendarApp>, StoreError> {
        self.setting(&name(provider))
    }
}
