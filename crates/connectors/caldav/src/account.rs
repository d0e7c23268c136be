//! An account as calendars of a member are worked with. Ids of calendars are their addresses.

use crate::client::CalDav;
use crate::failure::Failure;
use knock_ical::{ALARM_MIN, Invitation, Party};
use knock_model::PersonName;
use knock_ports::{BusyQuery, BusyRead, CalendarAccount, CalendarEntry, CalendarFuture, EntryFound, FoundCalendar};
use url::Url;

impl CalendarAccount for CalDav {
    fn calendars(&self) -> CalendarFuture<'_, Vec<FoundCalendar>> {
        Box::pin(async { Ok(self.discover().await?) })
    }

    fn busy<'a>(&'a self, calendars: &'a [String], query: BusyQuery) -> CalendarFuture<'a, BusyRead> {
        Box::pin(async {
            let calendars = calendars.iter().map(|id| address(id)).collect::<Result<Vec<_>, _>>()?;
            Ok(self.read(&calendars, query).await?)
        })
    }

    fn put<'a>(&'a self, calendar: &'a str, entry: &'a CalendarEntry) -> CalendarFuture<'a, ()> {
        Box::pin(async { Ok(self.store(&address(calendar)?, entry, &object(entry)).await?) })
    }

    fn remove<'a>(&'a self, calendar: &'a str, uid: &'a str) -> CalendarFuture<'a, ()> {
        Box::pin(async { Ok(self.delete(&address(calendar)?, uid).await?) })
    }

    fn entry<'a>(&'a self, calendar: &'a str, uid: &'a str) -> CalendarFuture<'a, EntryFound> {
        Box::pin(async { Ok(self.look_up(&address(calendar)?, uid).await?) })
    }
}

fn address(id: &str) -> Result<Url, Failure> {
    Url::parse(id).map_err(|_| Failure::Unreadable(format!("`{id}` is no address of a calendar")))
}

/// An entry in iCalendar. It names no party: a calendar server may mail them.
fn object(entry: &CalendarEntry) -> String {
    let CalendarEntry { uid, sequence, at, start, end, title, description, place, has_conference: _ } = entry.clone();
    let organizer = Party { name: PersonName::default(), email: String::new() };
    let (url, guests, alarm_min) = (String::new(), Vec::new(), Some(ALARM_MIN));
    Invitation { uid, sequence, at, start, end, title, description, place, url, organizer, guests, alarm_min }.stored()
}
