//! Calendars and events, as their owner changes them in Google Calendar.

use super::{read, why};
use crate::calendar::{self, Calendar, Change, Event, Role, Sends, Viewer, occurrence, zone};
use crate::push;
use crate::world::{ACCOUNT, World};
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// A calendar to add, with the role of an account.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Added {
    id: Option<String>,
    summary: String,
    time_zone: Option<String>,
    role: Option<Role>,
    account: Option<String>,
}

/// An event of a calendar; the calendar is by default the primary one of the first account.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    calendar: Option<String>,
    id: Option<String>,
    #[serde(default)]
    event: Json,
    #[serde(default)]
    sends: Sends,
    /// Of an answer: the attendee and the response.
    attendee: Option<String>,
    response: Option<String>,
    /// Of a listed calendar: the account, its role, and whether it is hidden.
    account: Option<String>,
    role: Option<Role>,
    is_hidden: Option<bool>,
}

pub(super) fn steer(world: &mut World, method: &str, path: &[&str], body: &Json) -> Result<Json, String> {
    if let ("POST", ["calendars"]) = (method, path) {
        return add(world, read(body)?);
    }
    if let ("GET", ["events", calendar]) = (method, path) {
        return events(world, calendar);
    }
    let place: Place = read(body)?;
    let calendar = place.calendar.clone().unwrap_or_else(|| ACCOUNT.to_owned());
    let id = || place.id.clone().ok_or("id is missing".to_owned());
    let change =
        Change { sends: place.sends, is_patch: true, is_forced: true, knows_conferences: true, ..Change::default() };
    match (method, path) {
        ("PUT", ["calendars", "access"]) => share(world, &calendar, &place)?,
        ("POST", ["events"]) if place.event["items"].is_array() => {
            // Many at once.
            for event in place.event["items"].as_array().into_iter().flatten() {
                calendar::insert(world, &calendar, event, &change).map_err(|refusal| why(&refusal))?;
            }
        }
        ("POST", ["events"]) => {
            let id = calendar::insert(world, &calendar, &place.event, &change).map_err(|refusal| why(&refusal))?;
            return shown(world, &calendar, &id);
        }
        ("PATCH", ["events"]) => {
            let id = id()?;
            calendar::change(world, &calendar, &id, &place.event, &change).map_err(|refusal| why(&refusal))?;
            return shown(world, &calendar, &id);
        }
        ("POST", ["events", "raw"]) => raw(world, &calendar, &place.event)?,
        ("DELETE", ["events"]) => {
            calendar::cancel(world, &calendar, &id()?, &change).map_err(|refusal| why(&refusal))?
        }
        ("POST", ["events", "touch"]) => push::changed(world, &calendar),
        ("POST", ["answers"]) => answer(world, &calendar, &id()?, &place)?,
        _ => return Err("there is no such path".to_owned()),
    }
    Ok(json!({}))
}

fn add(world: &mut World, added: Added) -> Result<Json, String> {
    let number = world.next_id();
    let id = added.id.unwrap_or_else(|| format!("c{number}@group.calendar.google.com"));
    let named = added.time_zone.as_deref().unwrap_or("Europe/Berlin");
    zone(named)?;
    world.calendars.insert(id.clone(), Calendar::new(&id, &added.summary, named));
    world.share(&id, added.account.as_deref().unwrap_or(ACCOUNT), Some(added.role.unwrap_or(Role::Owner)));
    Ok(json!({"id": id}))
}

/// Adds an event as it is given, also one whose end cannot be read.
fn raw(world: &mut World, calendar: &str, event: &Json) -> Result<(), String> {
    let body = event.as_object().ok_or("event is missing")?.clone();
    let id = body.get("id").and_then(Json::as_str).ok_or("id is missing")?.to_owned();
    let (changed, changed_at) = (world.revise(), world.now());
    let found = world.calendars.get_mut(calendar).ok_or("there is no such calendar")?;
    found.events.insert(id, Event { body, changed, changed_at, ..Event::default() });
    Ok(())
}

/// Gives an account another role, or takes the calendar off its list; hides it there.
fn share(world: &mut World, calendar: &str, place: &Place) -> Result<(), String> {
    if !world.calendars.contains_key(calendar) {
        return Err("there is no such calendar".to_owned());
    }
    let account = place.account.as_deref().unwrap_or(ACCOUNT);
    world.share(calendar, account, place.role);
    if let Some(listed) = world.lists.get_mut(&(account.to_owned(), calendar.to_owned())) {
        listed.is_hidden = place.is_hidden.unwrap_or(false);
    }
    Ok(())
}

/// An attendee answers the invitation.
fn answer(world: &mut World, calendar: &str, id: &str, place: &Place) -> Result<(), String> {
    let found = world.calendars.get(calendar).ok_or("there is no such calendar")?;
    let event = found.events.get(id).cloned().or_else(|| occurrence(found, id)).ok_or("there is no such event")?;
    let mut attendees = event.body.get("attendees").cloned().unwrap_or(json!([]));
    let attendee = place.attendee.as_deref().ok_or("attendee is missing")?;
    let own = attendees.as_array_mut().into_iter().flatten().find(|known| known["email"] == attendee);
    let own = own.ok_or("the event has no such attendee")?;
    own["responseStatus"] = json!(place.response.as_deref().ok_or("response is missing")?);
    let change = Change { is_patch: true, is_forced: true, ..Change::default() };
    calendar::change(world, calendar, id, &json!({"attendees": attendees}), &change).map_err(|refusal| why(&refusal))
}

fn shown(world: &World, calendar: &str, id: &str) -> Result<Json, String> {
    let found = world.calendars.get(calendar).ok_or("there is no such calendar")?;
    let event = found.events.get(id).cloned().or_else(|| occurrence(found, id)).ok_or("there is no such event")?;
    Ok(Viewer::new(Role::Owner, calendar, &found.zone).shown(&event))
}

/// All events of a calendar as its owner sees them: series themselves, cancelled ones too.
fn events(world: &World, calendar: &str) -> Result<Json, String> {
    let found = world.calendars.get(calendar).ok_or("there is no such calendar")?;
    let viewer = Viewer::new(Role::Owner, calendar, &found.zone);
    Ok(found.events.values().map(|event| viewer.shown(event)).collect())
}
