//! An account as calendars of a member are worked with. Ids of calendars are Graph's.

use crate::graph::Graph;
use crate::mirror::Mirrors;
use crate::{busy, calendars, entry, there};
use knock_ports::{
    BusyQuery, BusyRead, CalendarAccount, CalendarEntry, CalendarFuture, CalendarPush, EntryFound, FoundCalendar,
};

/// The address of an account in its credentials.
pub const EMAIL: &str = "email";
/// The id of its user, which stays when the address changes.
pub const USER_ID: &str = "user_id";

/// An account whose member has consented.
pub(crate) struct MicrosoftAccount {
    pub(crate) graph: Graph,
    /// The address of the account.
    pub(crate) email: String,
    pub(crate) mirrors: Mirrors,
}

impl CalendarAccount for MicrosoftAccount {
    fn calendars(&self) -> CalendarFuture<'_, Vec<FoundCalendar>> {
        Box::pin(async { Ok(calendars::list(&self.graph, &self.email).await?) })
    }

    fn busy<'a>(&'a self, calendars: &'a [String], query: BusyQuery) -> CalendarFuture<'a, BusyRead> {
        Box::pin(async move { Ok(busy::read(&self.graph, &self.mirrors, calendars, &query).await?) })
    }

    fn put<'a>(&'a self, calendar: &'a str, entry: &'a CalendarEntry) -> CalendarFuture<'a, ()> {
        Box::pin(async move { Ok(entry::put(&self.graph, &self.email, calendar, entry).await?) })
    }

    fn remove<'a>(&'a self, calendar: &'a str, uid: &'a str) -> CalendarFuture<'a, ()> {
        Box::pin(async move { Ok(entry::remove(&self.graph, &self.email, calendar, uid).await?) })
    }

    fn entry<'a>(&'a self, calendar: &'a str, uid: &'a str) -> CalendarFuture<'a, EntryFound> {
        Box::pin(async move { Ok(there::entry(&self.graph, &self.email, calendar, uid).await?) })
    }

    fn push(&self) -> Option<&dyn CalendarPush> {
        Some(self)
    }
}
