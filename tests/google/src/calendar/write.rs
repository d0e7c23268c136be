//! Events are added, changed and cancelled.

use super::conference::{apply, updated};
use super::patch::patched;
use super::{Event, When, check, occurrence, series, zone};
use crate::errors::{Refusal, deleted, duplicate, error, invalid_value, non_organizer, not_found, precondition};
use crate::push;
use crate::world::World;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// The parameter `sendUpdates`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Sends {
    All,
    ExternalOnly,
    #[default]
    None,
}

/// How a body is to be applied.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    /// The account that asks.
    pub(crate) actor: String,
    pub(crate) sends: Sends,
    /// Whether the request takes part in conferences (`conferenceDataVersion=1`).
    pub(crate) knows_conferences: bool,
    /// Whether fields that the body lacks stay as they are.
    pub(crate) is_patch: bool,
    /// The value of `If-Match`.
    pub(crate) if_match: Option<String>,
    /// Whether a test asks: then read-only fields can be written and no right is missing.
    pub(crate) is_forced: bool,
}

/// Adds an event; its id.
///
/// # Errors
/// 400 for a body or an id that is not valid, 409 for an id that there is or was.
pub(crate) fn insert(world: &mut World, calendar: &str, body: &Json, change: &Change) -> Result<String, Refusal> {
    let found = world.calendars.get(calendar).ok_or_else(not_found)?;
    let zone = found.zone.clone();
    let id = match body.get("id") {
        None | Some(Json::Null) => format!("contract{:06}", world.next_id()),
        Some(id) => {
            let id = id.as_str().filter(|id| check::is_valid_id(id) || change.is_forced);
            id.map(str::to_owned).ok_or_else(|| invalid_value("Invalid resource id value."))?
        }
    };
    if world.calendars.get(calendar).is_some_and(|calendar| calendar.events.contains_key(&id)) {
        return Err(duplicate());
    }
    let fields = check::checked(body, &zone)?;
    if fields.get("eventType").is_some_and(|kind| kind == "fromGmail") && !change.is_forced {
        return Err(error(400, "calendar", "eventTypeRestriction", "This event type cannot be created.", None));
    }
    if recurs(&fields) && is_zoneless(body) {
        return Err(crate::errors::required("Missing time zone definition for start time."));
    }
    let mut event = Event { body: defaults(world, calendar, &id, &change.actor), ..Event::default() };
    merge(world, &mut event, body, fields, change, None)?;
    check::whole(&event, &zone)?;
    mail(world, calendar, &event, change.sends, "invitation");
    store(world, calendar, event);
    Ok(id)
}

fn recurs(fields: &Map<String, Json>) -> bool {
    fields.get("recurrence").and_then(Json::as_array).is_some_and(|lines| !lines.is_empty())
}

fn is_zoneless(body: &Json) -> bool {
    body["start"]["dateTime"].is_string() && !body["start"]["timeZone"].is_string()
}

fn defaults(world: &World, calendar: &str, id: &str, actor: &str) -> Map<String, Json> {
    let actor = if actor.is_empty() { calendar } else { actor };
    let body = json!({
        "id": id, "status": "confirmed", "iCalUID": format!("{id}@google.com"), "sequence": 0,
        "htmlLink": format!("{}/calendar/event?eid={id}", world.origin), "created": updated(world.now()),
        "creator": {"email": actor}, "organizer": {"email": calendar}, "eventType": "default",
        "reminders": {"useDefault": true},
    });
    if let Json::Object(body) = body { body } else { Map::new() }
}

/// Changes an event or an instance of a series, which becomes an exception.
///
/// # Errors
/// 400 for a body that is not valid, 403 where only the organizer may, 404, 412 for another version.
pub(crate) fn change(world: &mut World, calendar: &str, id: &str, body: &Json, change: &Change) -> Result<(), Refusal> {
    let found = world.calendars.get(calendar).ok_or_else(not_found)?;
    let zone = found.zone.clone();
    let known = found.events.get(id).cloned().or_else(|| occurrence(found, id)).ok_or_else(not_found)?;
    require(&known, change)?;
    let merged = if change.is_patch && !change.is_forced { patched(&known.body, body) } else { body.clone() };
    let body = &merged;
    let fields = check::checked(body, &zone)?;
    if recurs(&fields) && is_zoneless(body) {
        return Err(crate::errors::required("Missing time zone definition for start time."));
    }
    if !change.is_forced {
        shared(&known, &fields, calendar)?;
    }
    if fields.get("eventType").is_some_and(|kind| Some(kind) != known.body.get("eventType")) {
        return Err(error(400, "calendar", "eventTypeRestriction", "The event type cannot be changed.", None));
    }
    let mut event = known.clone();
    if !change.is_patch {
        let of_server = |name: &String| OF_SERVER.contains(&name.as_str());
        event.body.retain(|name, _| of_server(name) || (name == "conferenceData" && !change.knows_conferences));
        event.body.insert("status".to_owned(), json!("confirmed"));
    }
    merge(world, &mut event, body, fields, change, known.body.get("conferenceData"))?;
    check::whole(&event, &zone)?;
    moved(world, calendar, &known, &mut event);
    let kind = if event.is_cancelled() { "cancellation" } else { "update" };
    mail(world, calendar, &event, change.sends, kind);
    store(world, calendar, event);
    Ok(())
}

/// Fields that an update keeps, whatever its body has.
const OF_SERVER: &[&str] = &[
    "id",
    "iCalUID",
    "sequence",
    "htmlLink",
    "created",
    "creator",
    "organizer",
    "eventType",
    "recurringEventId",
    "originalStartTime",
    "hangoutLink",
];

/// Refuses another version ([`crate::pages::VERSIONS`]).
fn require(known: &Event, change: &Change) -> Result<(), Refusal> {
    match change.if_match.as_deref() {
        Some("*") | None => Ok(()),
        Some(etag) if etag == known.etag() => Ok(()),
        Some(_) => Err(precondition()),
    }
}

/// An invited account changes its own response and what is private to its copy, no more.
fn shared(known: &Event, fields: &Map<String, Json>, calendar: &str) -> Result<(), Refusal> {
    let organizer = known.body.get("organizer").and_then(|organizer| organizer["email"].as_str());
    let guests = known.body.get("guestsCanModify") == Some(&json!(true));
    if organizer == Some(calendar) || guests {
        return Ok(());
    }
    let changes = |name: &&str| fields.get(*name).is_some_and(|value| Some(value) != known.body.get(*name));
    let forbidden = ["start", "end", "summary", "description", "location", "recurrence"].iter().any(changes);
    if forbidden { Err(non_organizer()) } else { Ok(()) }
}

/// Puts the fields of a body into an event; null clears one.
fn merge(
    world: &World,
    event: &mut Event,
    body: &Json,
    mut fields: Map<String, Json>,
    change: &Change,
    known: Option<&Json>,
) -> Result<(), Refusal> {
    match fields.remove("conferenceData").filter(|_| change.knows_conferences) {
        None => {}
        Some(Json::Null) => drop(event.body.remove("conferenceData")),
        Some(given) => apply(world, event, &given, known)?,
    }
    if !event.body.contains_key("conferenceData") {
        event.body.remove("hangoutLink");
        event.pending = None;
    }
    if change.is_forced {
        for name in ["organizer", "creator", "iCalUID", "created", "hangoutLink"] {
            if let Some(value) = body.get(name) {
                event.body.insert(name.to_owned(), value.clone());
            }
        }
    }
    for (name, value) in fields {
        match value {
            Json::Null => drop(event.body.remove(&name)),
            value => drop(event.body.insert(name, value)),
        }
    }
    Ok(())
}

/// What follows from another time: the number of the sequence, starts of a series that are no more, and exceptions
/// without their start.
fn moved(world: &mut World, calendar: &str, known: &Event, event: &mut Event) {
    let times = |event: &Event| (event.when("start"), event.when("end"), event.body.get("recurrence").cloned());
    if times(known) == times(event) {
        return;
    }
    let sequence = known.body.get("sequence").and_then(Json::as_u64).unwrap_or(0) + 1;
    event.body.insert("sequence".to_owned(), json!(sequence));
    let (now, revision) = (world.now(), world.revision + 1);
    if !known.is_series() {
        if let Some(start) = known.when("start").filter(|_| event.is_series()) {
            event.gone.insert(String::new(), (revision, start));
        }
        return;
    }
    let Some(found) = world.calendars.get_mut(calendar) else { return };
    let before = horizon(now);
    let of = |event: &Event| -> BTreeSet<When> {
        series::starts(event, &found.zone, before).unwrap_or_default().into_iter().collect()
    };
    let is_series = event.is_series();
    let left: BTreeSet<When> = if is_series { of(event) } else { BTreeSet::new() };
    for start in of(known).difference(&left) {
        event.gone.insert(start.id(), (revision, *start));
    }
    let kept: BTreeSet<String> = left.into_iter().map(|start| format!("{}_{}", event.id(), start.id())).collect();
    let orphans = found.events.values_mut().filter(|other| other.series() == Some(event.id()));
    for orphan in orphans.filter(|other| !kept.contains(other.id())) {
        orphan.body.insert("status".to_owned(), json!("cancelled"));
        (orphan.changed, orphan.changed_at) = (revision, now);
    }
}

/// How far ahead series are expanded where a request sets no end. Google's own limit is not documented.
pub(crate) fn horizon(now: i64) -> Timestamp {
    let now = Timestamp::from_millisecond(now).unwrap_or(Timestamp::MAX);
    now.to_zoned(TimeZone::UTC).checked_add(366.days()).map_or(Timestamp::MAX, |at| at.timestamp())
}

/// Cancels an event, or an instance of a series.
///
/// # Errors
/// 404, 410 when it is cancelled already, 412 for another version.
pub(crate) fn cancel(world: &mut World, calendar: &str, id: &str, change: &Change) -> Result<(), Refusal> {
    let found = world.calendars.get(calendar).ok_or_else(not_found)?;
    let mut event = found.events.get(id).cloned().or_else(|| occurrence(found, id)).ok_or_else(not_found)?;
    if event.is_cancelled() {
        return Err(deleted());
    }
    require(&event, change)?;
    event.body.insert("status".to_owned(), json!("cancelled"));
    event.pending = None;
    let (revision, now) = (world.revision + 1, world.now());
    let exceptions = world.calendars.get_mut(calendar).map(|found| found.events.values_mut());
    for exception in exceptions.into_iter().flatten().filter(|other| other.series() == Some(id)) {
        exception.body.insert("status".to_owned(), json!("cancelled"));
        (exception.changed, exception.changed_at) = (revision, now);
    }
    mail(world, calendar, &event, change.sends, "cancellation");
    store(world, calendar, event);
    Ok(())
}

fn store(world: &mut World, calendar: &str, mut event: Event) {
    event.changed = world.revise();
    event.changed_at = world.now();
    event.body.insert("updated".to_owned(), json!(updated(event.changed_at)));
    if let Some(found) = world.calendars.get_mut(calendar) {
        found.events.insert(event.id().to_owned(), event);
    }
    push::changed(world, calendar);
}

/// Notes the mails that Google would send to the attendees.
fn mail(world: &mut World, calendar: &str, event: &Event, sends: Sends, kind: &str) {
    let attendees = event.body.get("attendees").and_then(Json::as_array);
    let has_account = |address: &str| world.accounts.contains_key(address);
    let to: Vec<String> = attendees
        .into_iter()
        .flatten()
        .filter_map(|attendee| attendee["email"].as_str())
        .filter(|address| *address != calendar)
        .filter(|address| sends == Sends::All || (sends == Sends::ExternalOnly && !has_account(address)))
        .map(str::to_owned)
        .collect();
    if !to.is_empty() {
        world.mails.push(json!({"event": event.id(), "kind": kind, "to": to}));
    }
}

/// The zone of a calendar, which is valid since it was added.
pub(crate) fn zone_of(world: &World, calendar: &str) -> TimeZone {
    world.calendars.get(calendar).and_then(|found| zone(&found.zone).ok()).unwrap_or(TimeZone::UTC)
}
