//! An account of Google as calendars of a member are worked with. Ids of calendars are Google's.

use crate::api::Api;
use crate::{busy, calendars, entry};
use knock_ports::{BusyQuery, BusyRead, CalendarAccount, CalendarEntry, CalendarFuture, FoundCalendar};

pub(crate) struct GoogleAccount {
    pub(crate) api: Api,
    /// The address of the account.
    pub(crate) email: String,
}

impl CalendarAccount for GoogleAccount {
    fn calendars(&self) -> CalendarFuture<'_, Vec<FoundCalendar>> {
        Box::pin(async { Ok(calendars::list(&self.api).await?) })
    }

    fn busy<'a>(&'a self, calendars: &'a [String], query: BusyQuery) -> CalendarFuture<'a, BusyRead> {
        Box::pin(async move { Ok(busy::read(&self.api, calendars, &query, &self.email).await?) })
    }

    fn put<'a>(&'a self, calendar: &'a str, entry: &'a CalendarEntry) -> CalendarFuture<'a, ()> {
        Box::pin(async move { Ok(entry::put(&self.api, calendar, entry).await?) })
    }

    fn remove<'a>(&'a self, calendar: &'a str, uid: &'a str) -> CalendarFuture<'a, ()> {
        Box::pin(async move { Ok(entry::remove(&self.api, calendar, uid).await?) })
    }
}
