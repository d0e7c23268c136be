//! `freebusy.query`: busy times of several calendars ([`crate::pages::FREE_BUSY`]).

use super::Caller;
use crate::calendar::{Calendar, Event, instant, occurrences, zone, zone_of};
use crate::errors::{Refusal, bad, empty_range, error, required};
use crate::request::Answer;
use crate::world::World;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value as Json, json};

/// The most calendars of a request (`calendarExpansionMax`).
const MOST: u64 = 50;
/// The longest window. Google has a limit and documents none; this is the least that was reported.
const LONGEST: SignedDuration = SignedDuration::from_hours(62 * 24);
const FIELDS: &[&str] = &["timeMin", "timeMax", "timeZone", "groupExpansionMax", "calendarExpansionMax", "items"];

pub(super) fn query(world: &World, caller: &Caller, body: &Json) -> Result<Answer, Refusal> {
    let Some(fields) = body.as_object() else { return Err(bad("Parse Error")) };
    if let Some(name) = fields.keys().find(|name| !FIELDS.contains(&name.as_str())) {
        return Err(bad(&format!("Invalid JSON payload received. Unknown name \"{name}\".")));
    }
    let window = window(body)?;
    let named = body["timeZone"].as_str().unwrap_or("UTC");
    let response_zone = zone(named).map_err(|message| bad(&message))?;
    let most = body["calendarExpansionMax"].as_u64().unwrap_or(MOST);
    if most > MOST {
        return Err(bad("The value of calendarExpansionMax is too large."));
    }
    let items = body["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_too_many = u64::try_from(items.len()).is_ok_and(|count| count > most);
    let mut calendars = Map::new();
    for item in items {
        let Some(id) = item["id"].as_str() else { return Err(required("Missing id of an item.")) };
        let shown = match is_too_many {
            true => failed("tooManyCalendarsRequested"),
            false => of_calendar(world, caller, id, window, &response_zone),
        };
        calendars.insert(id.to_owned(), shown);
    }
    let at = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
    Ok(Answer::ok(json!({
        "kind": "calendar#freeBusy", "timeMin": at(window.0), "timeMax": at(window.1), "calendars": calendars,
    })))
}

fn window(body: &Json) -> Result<(Timestamp, Timestamp), Refusal> {
    let read = |name: &str| {
        let text = body[name].as_str().ok_or_else(|| required(&format!("Missing {name}.")))?;
        instant(text).ok_or_else(|| bad("Bad Request"))
    };
    let (from, to) = (read("timeMin")?, read("timeMax")?);
    if from >= to {
        return Err(empty_range("timeMax"));
    }
    if to.duration_since(from) > LONGEST {
        let message = "The requested time range is too long.";
        return Err(error(400, "calendar", "timeRangeTooLong", message, None));
    }
    Ok((from, to))
}

fn failed(reason: &str) -> Json {
    json!({"errors": [{"domain": "global", "reason": reason}], "busy": []})
}

fn of_calendar(
    world: &World,
    caller: &Caller,
    named: &str,
    window: (Timestamp, Timestamp),
    response_zone: &TimeZone,
) -> Json {
    let id = world.calendar_id(&caller.account, named);
    let readable = world.role(&caller.account, &id).and_then(|_| world.calendars.get(&id));
    let Some(calendar) = readable else { return failed("notFound") };
    let busy = merged(spans(calendar, &zone_of(world, &id), window));
    let text = |at: Timestamp| at.to_zoned(response_zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let text = |at: Timestamp| text(at).replace("+00:00", "Z");
    let shown: Vec<Json> =
        busy.into_iter().map(|(start, end)| json!({"start": text(start), "end": text(end)})).collect();
    json!({"busy": shown})
}

/// The times of events that block, within the window.
fn spans(calendar: &Calendar, zone: &TimeZone, (from, to): (Timestamp, Timestamp)) -> Vec<(Timestamp, Timestamp)> {
    let mut spans = Vec::new();
    let mut take = |event: &Event| {
        let (start, end) = event.span(zone);
        if blocks(event, &calendar.id) && start < to && end > from {
            spans.push((start.max(from), end.min(to)));
        }
    };
    for event in calendar.events.values() {
        if event.is_series() {
            if !event.is_cancelled() {
                occurrences(calendar, event, (from, to)).for_each(|found| take(&found.event));
            }
        } else {
            take(event);
        }
    }
    spans
}

/// Tentative events and unanswered invitations block; declined ones, free ones and places of work do not.
fn blocks(event: &Event, account: &str) -> bool {
    let is_free = event.text("transparency") == "transparent";
    let is_place = matches!(event.text("eventType"), "workingLocation" | "birthday");
    !event.is_cancelled() && !is_free && !is_place && !event.is_declined(account)
}

fn merged(mut spans: Vec<(Timestamp, Timestamp)>) -> Vec<(Timestamp, Timestamp)> {
    spans.sort();
    let mut merged: Vec<(Timestamp, Timestamp)> = Vec::new();
    for (start, end) in spans {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}
