//! The events of a calendar as Google lists them, page by page, series expanded: those in a window, or what changed
//! since they were listed (<https://developers.google.com/workspace/calendar/api/guides/sync>).
//!
//! A calendar that shows free and busy alone is listed in the same way: its events have no details.

use crate::api::Api;
use crate::client::Call;
use crate::event::Event;
use crate::outcome::{Fault, Kind};
use jiff::Timestamp;
use knock_model::Millis;
use knock_scheduling::Span;
use serde::Deserialize;

/// The most events of a page that Google gives.
const PAGE: usize = 2_500;
/// The most pages of a calendar that are read.
const MOST_PAGES: usize = 40;
/// What is read of an event.
const FIELDS: &str = "nextPageToken,nextSyncToken,items(id,status,summary,start,end,transparency,eventType,iCalUID,\
                      attendees(email,self,responseStatus),extendedProperties/private,workingLocationProperties/type)";

/// What is asked for.
pub(crate) enum Which<'w> {
    /// The events that touch a window.
    In(Span),
    /// What changed since a sync token was given, cancelled events too. It is not confined to the window of the first
    /// read: an event that has left it comes as it is, and a series with all that follows.
    Since(&'w str),
}

/// All pages of a list.
pub(crate) struct List {
    pub(crate) events: Vec<Event>,
    /// The token for what changes from now on; empty if Google gives none.
    pub(crate) token: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[serde(default)]
    items: Vec<Event>,
    next_page_token: Option<String>,
    /// On the last page.
    next_sync_token: Option<String>,
}

/// The whole list: one of which a page is missing is a failure.
pub(crate) async fn read(api: &Api, calendar: &str, which: Which<'_>) -> Result<List, Fault> {
    let asked = asked(which)?;
    let mut events = Vec::new();
    let mut token = None;
    for _ in 0..MOST_PAGES {
        let mut query = asked.clone();
        query.extend(token.map(|token| ("pageToken", token)));
        let page: Page = api.read(&Call::get(vec!["calendars", calendar, "events"], query)).await?;
        events.extend(page.items);
        token = page.next_page_token.filter(|token| !token.is_empty());
        if token.is_none() {
            return Ok(List { events, token: page.next_sync_token.unwrap_or_default() });
        }
    }
    Err(Fault::new(Kind::Wrong, "the calendar has more events than can be read"))
}

/// The parameters of every page. But for the window and the token they have to be the same at every read, and
/// `showDeleted` may not be false beside a token: it is left out, which is the same for a window.
fn asked(which: Which<'_>) -> Result<Vec<(&'static str, String)>, Fault> {
    let mut query = vec![
        ("singleEvents", "true".to_owned()),
        ("timeZone", "UTC".to_owned()),
        ("maxResults", PAGE.to_string()),
        ("fields", FIELDS.to_owned()),
    ];
    match which {
        Which::In(window) => {
            query.extend([("timeMin", instant(window.start)?), ("timeMax", instant(window.end)?)]);
        }
        Which::Since(token) => query.push(("syncToken", token.to_owned())),
    }
    Ok(query)
}

/// An instant as Google reads it.
fn instant(at: Millis) -> Result<String, Fault> {
    let unreadable = |_| Fault::new(Kind::Wrong, "the window is beyond what a calendar has");
    Ok(Timestamp::from_millisecond(at.0).map_err(unreadable)?.to_string())
}
