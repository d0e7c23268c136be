//! The events of calendars as they were read last, and whether they are still so.
//!
//! `calendarView/delta` says what changed since a token was given. It expands no extended property, by which meetings of
//! ours are known, and of an occurrence it has the times alone, so that no exact view can be made of its items. It
//! decides one thing: without any item, the view that was read last is current; with one, the view is read anew. Each
//! token is older than the view beside it: a change between the two is seen as one, and costs a reading.
//!
//! <https://learn.microsoft.com/graph/api/event-delta>

use crate::event::FIELDS;
use crate::found::EXPANDED_UID;
use crate::graph::{Graph, IN_UTC, MOST_PAGES, utc};
use crate::outcome::{Fault, Kind};
use knock_model::Millis;
use knock_scheduling::Span;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Mutex as Turn;
use url::Url;

/// The most events of a page that Graph gives for a view.
const PAGE: &str = "1000";
/// Items of changes have all their properties, which cannot be chosen: they are asked for in smaller pages, and as text.
const CHANGES: Option<&str> =
    Some(r#"outlook.timezone="UTC", outlook.body-content-type="text", odata.maxpagesize=500"#);
/// The time before and after what is asked for that is read as well, so that the next questions need no other window.
const BEFORE: Millis = Millis::DAY;
const AFTER: Millis = Millis::days(14);
/// The longest window that grows with the questions: those of two readers do not replace each other's.
const LONGEST: Millis = Millis::days(150);

/// The failures one after the other at which changes are no longer asked for: Graph answers those of some calendars with
/// 503 for ever (<https://github.com/microsoftgraph/msgraph-sdk-dotnet/issues/1568>).
const ATTEMPTS: u32 = 3;

/// What was read of the calendars of an account.
#[derive(Default)]
pub(crate) struct Mirrors(Mutex<BTreeMap<String, Arc<Turn<Mirror>>>>);

/// What was read of a calendar. It is changed between requests alone: wherever a reading ends early, the next one goes on
/// from there.
struct Mirror {
    /// The window that is served.
    window: Span,
    /// The address of the changes since; none where Graph does not follow those of this calendar.
    changes: Option<Url>,
    /// The times that this address has failed.
    failures: u32,
    /// The events, unless some may have changed.
    events: Option<Arc<[Json]>>,
}

impl Mirrors {
    /// The events of a calendar that touch a window, and others.
    pub(crate) async fn events(&self, graph: &Graph, calendar: &str, window: Span) -> Result<Arc<[Json]>, Fault> {
        let mirror = self.of(calendar);
        let mut mirror = mirror.lock().await;
        if !mirror.serves(window) {
            *mirror = Mirror::begin(graph, calendar, served(mirror.window, window))?;
        }
        mirror.read(graph, calendar).await
    }

    fn of(&self, calendar: &str) -> Arc<Turn<Mirror>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mirror = known.entry(calendar.to_owned()).or_insert_with(|| Arc::new(Turn::new(Mirror::empty())));
        Arc::clone(mirror)
    }
}

impl Mirror {
    fn empty() -> Mirror {
        Mirror { window: Span { start: Millis(0), end: Millis(0) }, changes: None, failures: 0, events: None }
    }

    fn begin(graph: &Graph, calendar: &str, window: Span) -> Result<Mirror, Fault> {
        Ok(Mirror { window, changes: Some(first(graph, calendar, window)?), failures: 0, events: None })
    }

    fn serves(&self, window: Span) -> bool {
        !self.window.is_empty() && self.window.start <= window.start && window.end <= self.window.end
    }

    async fn read(&mut self, graph: &Graph, calendar: &str) -> Result<Arc<[Json]>, Fault> {
        self.follow(graph, calendar).await?;
        if let Some(events) = &self.events {
            return Ok(Arc::clone(events));
        }
        match view(graph, calendar, self.window).await {
            Ok(events) => {
                let events: Arc<[Json]> = events.into();
                self.events = Some(Arc::clone(&events));
                Ok(events)
            }
            Err(fault) => {
                // Neither can be read now: perhaps both can the next time.
                if self.changes.is_none() {
                    *self = Mirror::empty();
                }
                Err(fault)
            }
        }
    }

    /// Asks what changed. The events are there afterwards only if nothing did.
    async fn follow(&mut self, graph: &Graph, calendar: &str) -> Result<(), Fault> {
        let first = first(graph, calendar, self.window)?;
        let mut is_anew = false;
        for _ in 0..MOST_PAGES {
            let Some(url) = self.changes.clone() else {
                self.events = None;
                return Ok(());
            };
            is_anew = is_anew || url == first;
            match graph.page(url, CHANGES).await {
                Ok(page) => {
                    if !page.items.is_empty() {
                        self.events = None;
                    }
                    self.failures = 0;
                    let is_last = page.next.is_none();
                    self.changes = page.next.or(page.changes);
                    if is_last {
                        return Ok(());
                    }
                }
                // A token that has ended is 410 with any of several codes: all is asked for anew. If that is refused too,
                // the changes of this calendar are not followed, and the view itself has the last word.
                Err(fault) if is_refused(fault.kind) => {
                    self.events = None;
                    self.changes = (!is_anew).then(|| first.clone());
                }
                Err(Fault { kind: Kind::Later(None), .. }) if self.failures + 1 >= ATTEMPTS => self.changes = None,
                Err(fault @ Fault { kind: Kind::Later(None), .. }) => {
                    self.failures += 1;
                    return Err(fault);
                }
                Err(fault) => return Err(fault),
            }
        }
        Err(Fault::new(Kind::Later(None), "Microsoft 365 has more changes than are read at a time"))
    }
}

fn is_refused(kind: Kind) -> bool {
    match kind {
        Kind::Missing | Kind::Denied | Kind::Wrong | Kind::Duplicate => true,
        Kind::Later(_) | Kind::Expired | Kind::Ended | Kind::App => false,
    }
}

/// The window to read for a question: wider, and with the one before as long as both are no long time.
fn served(before: Span, asked: Span) -> Span {
    let wide = Span { start: asked.start - BEFORE, end: asked.end + AFTER };
    if before.is_empty() {
        return wide;
    }
    let both = Span { start: before.start.min(wide.start), end: before.end.max(wide.end) };
    if both.end - both.start <= LONGEST { both } else { wide }
}

/// The address of all events of a window as changes, which leads to those after it.
fn first(graph: &Graph, calendar: &str, window: Span) -> Result<Url, Fault> {
    let (start, end) = edges(window)?;
    let span = [("startDateTime", start.as_str()), ("endDateTime", end.as_str())];
    graph.me(&["calendars", calendar, "calendarView", "delta"], &span)
}

/// The events of a window, with what Graph expands of series.
async fn view(graph: &Graph, calendar: &str, window: Span) -> Result<Vec<Json>, Fault> {
    let (start, end) = edges(window)?;
    let url = graph.me(
        &["calendars", calendar, "calendarView"],
        &[
            ("startDateTime", start.as_str()),
            ("endDateTime", end.as_str()),
            ("$select", FIELDS),
            ("$expand", EXPANDED_UID),
            ("$top", PAGE),
        ],
    )?;
    graph.pages(url, IN_UTC).await
}

/// A day before and after a window: whole days begin where the owner is, and Graph compares them by another midnight.
fn edges(window: Span) -> Result<(String, String), Fault> {
    Ok((utc(window.start - Millis::DAY)?, utc(window.end + Millis::DAY)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(start: i64, end: i64) -> Span {
        Span { start: Millis::days(start), end: Millis::days(end) }
    }

    #[test]
    fn windows_grow_with_the_questions_up_to_a_length() {
        for (before, asked, expected) in [
            (days(0, 0), days(100, 130), days(99, 144)),
            (days(99, 144), days(120, 150), days(99, 164)),
            (days(99, 144), days(90, 91), days(89, 144)),
            (days(99, 144), days(230, 235), days(99, 249)),
            (days(99, 144), days(231, 236), days(230, 250)),
            (days(99, 144), days(50, 250), days(49, 264)),
        ] {
            assert_eq!(served(before, asked), expected, "{before:?} {asked:?}");
        }
    }

    #[test]
    fn an_empty_mirror_serves_no_window() {
        assert!(!Mirror::empty().serves(days(0, 0)) && !Mirror::empty().serves(days(1, 2)));
    }
}
