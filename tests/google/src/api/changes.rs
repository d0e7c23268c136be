//! What has changed since a sync token ([`crate::pages::SYNC`]).
//!
//! Which changes a token with a window gives is not documented beyond the window itself: here a changed event is given
//! as it is now, also when it has left the window, because a client could not follow it otherwise.

use super::list::Wanted;
use super::pages::Sync;
use crate::calendar::{Event, occurrences, stub};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value as Json, json};

/// Changed events; with `singleEvents`, the instances of changed series, and those that are no more as cancelled.
pub(super) fn since(wanted: &Wanted<'_>, known: &Sync) -> Vec<Json> {
    let singles = wanted.parameters.is_on("singleEvents");
    let mut items = Vec::new();
    for event in wanted.calendar.events.values().filter(|event| wanted.matches(event)) {
        if !(event.is_series() || was_series(event)) || !singles {
            if event.changed > known.since {
                items.push(wanted.shown(event));
            }
            continue;
        }
        if !event.is_series() && event.changed > known.since {
            items.push(wanted.shown(event));
        }
        items.extend(gone(wanted, event, known.since));
        // An unchanged series has new instances as time goes on.
        let from = if event.changed > known.since { wanted.from } else { known.horizon };
        if from < wanted.to && (event.changed > known.since || !event.is_cancelled()) {
            items.extend(instances(wanted, event, (from, wanted.to), event.changed > known.since));
        }
    }
    items
}

fn was_series(event: &Event) -> bool {
    !event.gone.is_empty()
}

fn instances(wanted: &Wanted<'_>, series: &Event, window: (Timestamp, Timestamp), is_changed: bool) -> Vec<Json> {
    if !series.is_series() {
        return Vec::new();
    }
    let found = occurrences(wanted.calendar, series, window);
    // An instance that overlaps the old end of the expansion was given before.
    let is_new = |event: &Event| is_changed || event.span(&wanted.zone).0 >= window.0;
    found.filter(|found| is_new(&found.event)).map(|found| wanted.shown(&found.event)).collect()
}

/// Instances that a change of the series removed, and that no exception stands for.
fn gone(wanted: &Wanted<'_>, series: &Event, since: u64) -> Vec<Json> {
    let current: Vec<String> = if series.is_series() {
        let all = occurrences(wanted.calendar, series, (Timestamp::MIN, wanted.to));
        all.map(|found| found.event.id().to_owned()).collect()
    } else {
        Vec::new()
    };
    let mut items = Vec::new();
    for (start, (_, when)) in series.gone.iter().filter(|(_, (changed, _))| *changed > since) {
        let mut event = Event { changed: series.changed, ..Event::default() };
        if start.is_empty() {
            // The single event that became a series.
            event.body.insert("id".to_owned(), json!(series.id()));
            items.extend(series.is_series().then(|| stub(&event, wanted.viewer)));
            continue;
        }
        let id = format!("{}_{start}", series.id());
        if current.contains(&id) || wanted.calendar.events.contains_key(&id) {
            continue;
        }
        event.body.insert("id".to_owned(), json!(id));
        event.body.insert("recurringEventId".to_owned(), json!(series.id()));
        event.body.insert("originalStartTime".to_owned(), when.json(&TimeZone::UTC, &wanted.calendar.zone));
        items.push(stub(&event, wanted.viewer));
    }
    items
}
