//! Busy time: the events of calendars in a window, page by page, series expanded by Google
//! (<https://developers.google.com/workspace/calendar/api/v3/reference/events/list>).
//!
//! A calendar that shows free and busy alone is read in the same way: its events have no details.

use crate::api::Api;
use crate::client::Call;
use crate::event::{Event, Reader};
use crate::outcome::{Fault, Kind};
use futures_util::future::try_join_all;
use jiff::Timestamp;
use knock_model::Millis;
use knock_ports::{BusyQuery, BusyRead, UnreadEvent, ZONES_APART};
use serde::Deserialize;

/// The most events of a page that Google gives.
const PAGE: usize = 2_500;
/// The most pages of a calendar that are read.
const MOST_PAGES: usize = 40;
/// What is read of an event.
const FIELDS: &str = "nextPageToken,items(id,status,summary,start,end,transparency,eventType,iCalUID,\
                      attendees(email,self,responseStatus),extendedProperties/private,workingLocationProperties/type)";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[serde(default)]
    items: Vec<Event>,
    next_page_token: Option<String>,
}

/// The busy blocks of calendars. `email` is the address of the account.
pub(crate) async fn read(api: &Api, calendars: &[String], query: &BusyQuery, email: &str) -> Result<BusyRead, Fault> {
    let reader = Reader { query, email };
    let mut all = BusyRead::default();
    for BusyRead { blocks, unread } in
        try_join_all(calendars.iter().map(|calendar| calendar_read(api, calendar, &reader))).await?
    {
        all.blocks.extend(blocks);
        all.unread.extend(unread);
    }
    Ok(all)
}

async fn calendar_read(api: &Api, calendar: &str, reader: &Reader<'_>) -> Result<BusyRead, Fault> {
    // Whole days are those of the calendar's zone for Google, and those of the owner's for us.
    let (from, to) =
        (instant(reader.query.window.start, -ZONES_APART.0)?, instant(reader.query.window.end, ZONES_APART.0)?);
    let mut read = BusyRead::default();
    let mut token = None;
    for _ in 0..MOST_PAGES {
        let page: Page = api.read(&page(calendar, (&from, &to), token)).await?;
        for event in &page.items {
            match reader.block(event) {
                Ok(block) => read.blocks.extend(block),
                Err(unread) => {
                    read.blocks.push((None, UnreadEvent::block(reader.query.window, event.from(), None)));
                    read.unread.push(unread);
                }
            }
        }
        token = page.next_page_token.filter(|token| !token.is_empty());
        if token.is_none() {
            return Ok(read);
        }
    }
    Err(Fault::new(Kind::Wrong, "the calendar has more events than can be read"))
}

fn page<'c>(calendar: &'c str, (from, to): (&str, &str), token: Option<String>) -> Call<'c> {
    let mut query = vec![
        ("singleEvents", "true".to_owned()),
        ("showDeleted", "false".to_owned()),
        ("timeMin", from.to_owned()),
        ("timeMax", to.to_owned()),
        ("timeZone", "UTC".to_owned()),
        ("maxResults", PAGE.to_string()),
        ("fields", FIELDS.to_owned()),
    ];
    query.extend(token.map(|token| ("pageToken", token)));
    Call::get(vec!["calendars", calendar, "events"], query)
}

/// An instant moved by so many milliseconds, as Google reads it.
fn instant(at: Millis, by: i64) -> Result<String, Fault> {
    let at = Timestamp::from_millisecond(at.0.saturating_add(by));
    let unreadable = |_| Fault::new(Kind::Wrong, "the window is beyond what a calendar has");
    Ok(at.map_err(unreadable)?.to_string())
}
