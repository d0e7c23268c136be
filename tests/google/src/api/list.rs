//! `events.list`: a full read, or what has changed since a sync token ([`crate::pages::EVENTS`]).

use super::pages::{Page, Source, Sync};
use super::parameters::Parameters;
use super::{Caller, access, changes};
use crate::calendar::{Calendar, Event, Viewer, horizon, occurrences, stub, zone_of};
use crate::errors::{Refusal, bad, not_found, too_long_ago};
use crate::request::Answer;
use crate::world::World;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};

/// The size of a page where the request names none.
const USUAL: usize = 250;
/// How far `updatedMin` may lie in the past; Google's own limit is not documented.
const OLDEST: SignedDuration = SignedDuration::from_hours(28 * 24);
/// Parameters that cannot accompany a sync token.
const APART_FROM_SYNC: &[&str] = &[
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
];

/// What of a calendar is wanted.
pub(super) struct Wanted<'w> {
    pub(super) calendar: &'w Calendar,
    pub(super) viewer: &'w Viewer,
    pub(super) parameters: &'w Parameters,
    pub(super) zone: TimeZone,
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
}

pub(super) fn list(
    world: &mut World,
    caller: &Caller,
    named: &str,
    parameters: &Parameters,
) -> Result<Answer, Refusal> {
    let viewer = access(world, caller, named, Some(parameters))?;
    allowed_together(world, parameters)?;
    let source = Source { account: caller.account.clone(), of: viewer.calendar.clone() };
    let size = parameters.number("maxResults").unwrap_or(USUAL).min(world.settings.largest_page);
    let page = match world.pages.next(&source, parameters, size) {
        Some(page) => page?,
        None => {
            let (items, sync) = items(world, &viewer, &source, parameters)?;
            world.pages.first(source, parameters, items, sync, size)
        }
    };
    Ok(Answer::ok(shown(world, &viewer, page)?))
}

/// Refuses what Google refuses to combine.
fn allowed_together(world: &World, parameters: &Parameters) -> Result<(), Refusal> {
    if parameters.text("syncToken").is_some() {
        if let Some(name) = APART_FROM_SYNC.iter().find(|name| parameters.text(name).is_some()) {
            return Err(bad(&format!("Sync token cannot be used with {name}.")));
        }
        if parameters.text("showDeleted") == Some("false") {
            return Err(bad("Sync token cannot be used with showDeleted set to false."));
        }
    }
    if parameters.text("orderBy") == Some("startTime") && !parameters.is_on("singleEvents") {
        return Err(bad("The requested ordering is not available for the particular query."));
    }
    let now = Timestamp::from_millisecond(world.now()).unwrap_or(Timestamp::MAX);
    if parameters.instant("updatedMin").is_some_and(|from| now.duration_since(from) > OLDEST) {
        return Err(too_long_ago());
    }
    Ok(())
}

/// All items of the list, and the state after it.
fn items(
    world: &World,
    viewer: &Viewer,
    source: &Source,
    parameters: &Parameters,
) -> Result<(Vec<Json>, Option<Sync>), Refusal> {
    let calendar = world.calendars.get(&viewer.calendar).ok_or_else(not_found)?;
    let zone = zone_of(world, &viewer.calendar);
    let mut kinds: Vec<&str> = parameters.all("eventTypes");
    kinds.sort_unstable();
    let kind = format!("{} {}", parameters.is_on("singleEvents"), kinds.join(" "));
    let ahead = horizon(world.now());
    if let Some(token) = parameters.text("syncToken") {
        let known = world.pages.sync(source, token)?;
        if known.kind != kind {
            // Google calls it undefined behaviour.
            return Err(bad("Sync token was made with other parameters."));
        }
        let (from, to) = (known.from, known.to.map_or(ahead, |to| to.min(ahead)));
        let wanted = Wanted { calendar, viewer, parameters, zone, from, to };
        let items = changes::since(&wanted, &known);
        return Ok((items, Some(Sync { since: world.revision, horizon: to, ..known })));
    }
    let last = parameters.instant("timeMax");
    let (from, to) = (parameters.instant("timeMin").unwrap_or(Timestamp::MIN), last.unwrap_or(ahead));
    let wanted = Wanted { calendar, viewer, parameters, zone, from, to };
    let items = full(&wanted, last.is_none());
    let sync = Sync { from, to: last, horizon: to, ..Sync::new(source.clone(), world.revision, kind) };
    let filters = ["iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "updatedMin"];
    let is_filtered = filters.iter().any(|name| parameters.text(name).is_some());
    Ok((items, (!is_filtered).then_some(sync)))
}

/// A full read; `is_open` when it has no end, so that single events beyond the expansion of series belong to it.
fn full(wanted: &Wanted<'_>, is_open: bool) -> Vec<Json> {
    let singles = wanted.parameters.is_on("singleEvents");
    let to = if is_open { Timestamp::MAX } else { wanted.to };
    let mut found: Vec<Event> = Vec::new();
    for event in wanted.calendar.events.values() {
        if event.is_series() && singles {
            if !event.is_cancelled() || wanted.shows_deleted() {
                let window = (wanted.from, wanted.to);
                found.extend(occurrences(wanted.calendar, event, window).map(|occurrence| occurrence.event));
            }
        } else if wanted.includes(event, singles) && wanted.overlaps(event, to) {
            found.push(event.clone());
        }
    }
    found.retain(|event| wanted.matches(event));
    match wanted.parameters.text("orderBy") {
        Some("startTime") => found.sort_by_key(|event| event.span(&wanted.zone).0),
        Some(_) => found.sort_by_key(|event| event.changed),
        None => {}
    }
    found.iter().map(|event| wanted.shown(event)).collect()
}

impl Wanted<'_> {
    /// Whether deleted events are in a full read; changes since an instant have them always.
    fn shows_deleted(&self) -> bool {
        self.parameters.is_on("showDeleted") || self.parameters.text("updatedMin").is_some()
    }

    /// Without `showDeleted`, cancelled instances of a series are shown beside it.
    fn includes(&self, event: &Event, singles: bool) -> bool {
        if !event.is_cancelled() || self.shows_deleted() {
            return true;
        }
        let series = event.series().and_then(|series| self.calendar.events.get(series));
        !singles && series.is_some_and(|series| !series.is_cancelled())
    }

    fn overlaps(&self, event: &Event, to: Timestamp) -> bool {
        if event.is_series() {
            let window = (self.from, self.to);
            return occurrences(self.calendar, event, window).next().is_some()
                || self.calendar.exceptions(event.id()).any(|exception| self.overlaps(exception, to));
        }
        let (start, end) = event.span(&self.zone);
        start < to && (end > self.from || (start == end && start >= self.from))
    }

    /// Whether an event is of a kind and has the texts that are wanted.
    pub(super) fn matches(&self, event: &Event) -> bool {
        let kinds = self.parameters.all("eventTypes");
        let is_of_kind = kinds.is_empty() || kinds.contains(&event.text("eventType"));
        let has_id = self.parameters.text("iCalUID").is_none_or(|id| event.text("iCalUID") == id);
        let has_text = self.parameters.text("q").is_none_or(|text| {
            let text = text.to_lowercase();
            ["summary", "description", "location"].iter().any(|name| event.text(name).to_lowercase().contains(&text))
        });
        let is_new = self.parameters.instant("updatedMin").is_none_or(|from| event.changed_at >= from.as_millisecond());
        let has_property = |kind: &str, wanted: &str| {
            let (name, value) = wanted.split_once('=').unwrap_or((wanted, ""));
            event.body.get("extendedProperties").is_some_and(|all| all[kind][name] == value)
        };
        let private = self.parameters.all("privateExtendedProperty");
        let shared = self.parameters.all("sharedExtendedProperty");
        let has_properties = private.iter().all(|wanted| has_property("private", wanted))
            && shared.iter().all(|wanted| has_property("shared", wanted));
        is_of_kind && has_id && has_text && is_new && has_properties
    }

    /// Details of cancelled events are shown where deleted ones were asked for.
    pub(super) fn shown(&self, event: &Event) -> Json {
        match event.is_cancelled() && !self.parameters.is_on("showDeleted") {
            true => stub(event, self.viewer),
            false => self.viewer.shown(event),
        }
    }
}

fn shown(world: &World, viewer: &Viewer, page: Page) -> Result<Json, Refusal> {
    let calendar = world.calendars.get(&viewer.calendar).ok_or_else(not_found)?;
    let mut body = json!({
        "kind": "calendar#events", "etag": format!("\"p{}\"", world.revision), "summary": calendar.summary,
        "updated": calendar.events.values().map(|event| event.text("updated")).max().unwrap_or_default(),
        "timeZone": viewer.zone.iana_name().unwrap_or("UTC"), "accessRole": viewer.role.as_str(),
        "defaultReminders": [], "items": page.items,
    });
    if let Some(token) = page.next_page {
        body["nextPageToken"] = json!(token);
    }
    if let Some(token) = page.next_sync {
        body["nextSyncToken"] = json!(token);
    }
    Ok(body)
}
