//! An account of Google as calendars of a member are worked with. Ids of calendars are Google's.

use crate::api::Api;
use crate::mirror::Mirrors;
use crate::{busy, calendars, entry, found};
use knock_ports::{
    BusyQuery, BusyRead, CalendarAccount, CalendarEntry, CalendarFuture, CalendarPush, EntryFound, FoundCalendar,
};

pub(crate) struct GoogleAccount {
    pub(crate) api: Api,
    /// The address of the account.
    pub(crate) email: String,
    /// What is known of its calendars.
    pub(crate) mirrors: Mirrors,
}

impl CalendarAccount for GoogleAccount {
    fn calendars(&self) -> CalendarFuture<'_, Vec<FoundCalendar>> {
        Box::pin(async { Ok(calendars::list(&self.api).await?) })
    }

    fn busy<'a>(&'a self, calendars: &'a [String], query: BusyQuery) -> CalendarFuture<'a, BusyRead> {
        Box::pin(async move { Ok(busy::read(&self.api, &self.mirrors, calendars, &query, &self.email).await?) })
    }

    fn put<'a>(&'a self, calendar: &'a str, entry: &'a CalendarEntry) -> CalendarFuture<'a, ()> {
        Box::pin(async move { Ok(entry::put(&self.api, calendar, entry).await?) })
    }

    fn remove<'a>(&'a self, calendar: &'a str, uid: &'a str) -> CalendarFuture<'a, ()> {
        Box::pin(async move { Ok(entry::remove(&self.api, calendar, uid).await?) })
    }

    fn entry<'a>(&'a self, calendar: &'a str, uid: &'a str) -> CalendarFuture<'a, EntryFound> {
        Box::pin(async move { Ok(found::read(&self.api, calendar, uid).await?) })
    }

    fn push(&self) -> Option<&dyn CalendarPush> {
        Some(self)
    }
}
