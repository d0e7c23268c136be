//! What an account knows of its calendars: their events in a window, kept up by what changes.

use crate::api::Api;
use crate::event::Event;
use crate::outcome::{Fault, Kind};
use crate::pages::{self, List, Which};
use knock_model::Millis;
use knock_ports::ZONES_APART;
use knock_scheduling::Span;
use std::collections::BTreeMap;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Mutex as Turns;

/// The distance of a window from the ends of what was read. Whole days are those of the calendar's zone for Google, and
/// those of the owner's for us.
const MARGIN: Millis = Millis(2 * ZONES_APART.0);
/// What is read beyond it, so that windows which move on with the time lie within what was read.
const BEFORE: Millis = Millis::DAY;
const AFTER: Millis = Millis::days(14);
/// The age at which the events are read in full again. Google does not document what a token with a window says of
/// events that enter or leave it: a difference is gone after a day. A mirror that is not used for so long is dropped.
const LIFE: Millis = Millis::DAY;

/// The events of a calendar in a span, at the instant of a sync token.
pub(crate) struct Mirror {
    span: Span,
    /// The instant of the full read.
    read_at: Millis,
    /// Empty if Google gave none.
    token: String,
    /// By their ids.
    events: BTreeMap<String, Event>,
}

/// A mirror, once there is one. Reads of a calendar take turns.
pub(crate) type Shared = Arc<Turns<Option<Mirror>>>;

/// The mirrors of an account, by calendar.
#[derive(Default)]
pub(crate) struct Mirrors(Mutex<BTreeMap<String, Known>>);

#[derive(Default)]
struct Known {
    used_at: Millis,
    mirror: Shared,
}

impl Mirrors {
    /// That of a calendar, which is used now.
    pub(crate) fn of(&self, calendar: &str, now: Millis) -> Shared {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|id, known| id == calendar || now < known.used_at + LIFE);
        let known = all.entry(calendar.to_owned()).or_default();
        known.used_at = now;
        Arc::clone(&known.mirror)
    }
}

/// Makes a mirror hold what a calendar has now in a window: by what changed, or by a full read. After a failure it is
/// as it was before, and so is its token.
pub(crate) async fn refresh(api: &Api, calendar: &str, known: &mut Option<Mirror>, window: Span) -> Result<(), Fault> {
    let now = api.now();
    if let Some(mirror) = known.as_mut().filter(|mirror| mirror.holds(window, now)) {
        let changes = pages::read(api, calendar, Which::Since(&mirror.token)).await;
        match changes {
            Ok(changes) => {
                mirror.fold(changes);
                return Ok(());
            }
            // The token has ended, or Google refuses it: it would do so again.
            Err(Fault { kind: Kind::Stale | Kind::Wrong, .. }) => {}
            Err(fault) => return Err(fault),
        }
        *known = None;
    }
    *known = Some(Mirror::read(api, calendar, window, now).await?);
    Ok(())
}

impl Mirror {
    async fn read(api: &Api, calendar: &str, window: Span, now: Millis) -> Result<Mirror, Fault> {
        let span = widened(window, BEFORE, AFTER);
        let list = pages::read(api, calendar, Which::In(widened(span, MARGIN, MARGIN))).await?;
        Ok(Mirror::of(span, now, list))
    }

    fn of(span: Span, read_at: Millis, list: List) -> Mirror {
        let mut mirror = Mirror { span, read_at, token: String::new(), events: BTreeMap::new() };
        mirror.fold(list);
        mirror
    }

    /// Whether what changed is all that is missing for a window.
    fn holds(&self, window: Span, now: Millis) -> bool {
        let is_within = self.span.start <= window.start && window.end <= self.span.end;
        let is_new = self.read_at <= now && now < self.read_at + LIFE;
        is_within && is_new && !self.token.is_empty()
    }

    /// Takes over a list. What does not touch the span any more is forgotten, so that a mirror has no more than a full
    /// read.
    fn fold(&mut self, List { events, token }: List) {
        let kept = widened(self.span, MARGIN, MARGIN);
        for mut event in events {
            let id = mem::take(&mut event.id);
            match event.is_cancelled() || !event.may_touch(kept) {
                true => drop(self.events.remove(&id)),
                false => drop(self.events.insert(id, event.slim())),
            }
        }
        self.token = token;
    }

    /// The events, of which some may not touch the window.
    pub(crate) fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.values()
    }
}

fn widened(span: Span, before: Millis, after: Millis) -> Span {
    Span { start: span.start - before, end: span.end + after }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    const DAY: i64 = Millis::DAY.0;

    fn days(start: i64, end: i64) -> Span {
        Span { start: Millis(start * DAY), end: Millis(end * DAY) }
    }

    fn list(events: Json, token: &str) -> List {
        List { events: serde_json::from_value(events).expect("events"), token: token.to_owned() }
    }

    fn ids(mirror: &Mirror) -> Vec<&str> {
        mirror.events.keys().map(String::as_str).collect()
    }

    #[test]
    fn a_window_within_the_span_needs_what_changed_alone() {
        let mirror = |token: &str| Mirror::of(days(99, 144), Millis(100 * DAY), list(json!([]), token));
        for (window, now, token, expected) in [
            (days(100, 130), 100 * DAY, "t", true),
            (days(99, 144), 101 * DAY - 1, "t", true),
            (days(98, 130), 100 * DAY, "t", false),
            (days(115, 145), 100 * DAY, "t", false),
            (days(100, 130), 101 * DAY, "t", false),
            (days(100, 130), 100 * DAY - 1, "t", false),
            (days(100, 130), 100 * DAY, "", false),
        ] {
            assert_eq!(mirror(token).holds(window, Millis(now)), expected, "{window:?} {now} {token}");
        }
    }

    #[test]
    fn what_is_cancelled_or_far_away_is_forgotten() {
        let at = |day: u8| json!({"dateTime": format!("1970-04-{day:02}T09:00:00Z")});
        let event = |id: &str, day: u8| json!({"id": id, "start": at(day), "end": at(day)});
        // The days 90 to 100 after 1970-01-01: from 1 to 11 April.
        let first = list(json!([event("a", 2), event("b", 3), event("c", 4)]), "t");
        let mut mirror = Mirror::of(days(90, 100), Millis(0), first);
        let cancelled = |id: &str| json!({"id": id, "status": "cancelled"});
        let changed = json!([cancelled("a"), event("b", 29), event("d", 5), cancelled("e")]);
        mirror.fold(list(changed, "u"));
        assert_eq!((ids(&mirror), mirror.token.as_str()), (vec!["c", "d"], "u"));
        mirror.fold(list(json!([event("b", 6), {"id": "c", "start": {"dateTime": "later"}}]), "v"));
        assert_eq!(ids(&mirror), ["b", "c", "d"]);
    }

    #[test]
    fn mirrors_that_are_not_used_are_dropped() {
        let mirrors = Mirrors::default();
        let (used, unused) = (mirrors.of("used", Millis(0)), mirrors.of("unused", Millis(0)));
        mirrors.of("used", Millis(DAY / 2));
        assert!(Arc::ptr_eq(&mirrors.of("used", Millis(DAY)), &used));
        assert!(!Arc::ptr_eq(&mirrors.of("unused", Millis(DAY)), &unused));
    }
}
