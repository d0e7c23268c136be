//! What the owner of a mailbox does in Outlook.

use super::{Done, account};
use crate::edit::{self, New};
use crate::errors::Refusal;
use crate::ids;
use crate::notify::Change;
use crate::recurrence::Recurrence;
use crate::world::World;
use crate::write;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

/// `/_control/events/...`.
pub(super) fn act(world: &mut World, method: &str, path: &[&str], body: &Json) -> Done {
    let owner = account(world, body)?;
    match (method, path) {
        ("POST", []) => add(world, &owner, body),
        ("POST", ["many"]) => many(world, &owner, body),
        ("POST", [id]) => {
            let (number, date) = find(world, &owner, id)?;
            let fields = write::check(&body["event"]).map_err(text)?;
            edit::change(world, &owner, number, date, fields).map_err(text)?;
            state_of(world, &owner, number, body);
            edit::noticed(world, &owner, number, Change::Updated, "update");
            Ok(named(world, &owner, number, date))
        }
        ("DELETE", [id]) => {
            let (number, date) = find(world, &owner, id)?;
            edit::remove(world, &owner, number, date);
            Ok(json!({}))
        }
        ("POST", [id, "move"]) => {
            let (number, _) = find(world, &owner, id)?;
            let calendar = ids::calendar_of(body["calendar"].as_str().unwrap_or_default()).map_err(text)?;
            let now = world.now();
            let account = world.accounts.get_mut(&owner).ok_or("there is no such account")?;
            account.move_to(number, calendar, now);
            edit::noticed(world, &owner, number, Change::Updated, "update");
            Ok(named(world, &owner, number, None))
        }
        ("POST", [id, "respond"]) => {
            let (number, _) = find(world, &owner, id)?;
            respond(world, &owner, number, body)
        }
        _ => Err("there is no such path".to_owned()),
    }
}

fn text(refusal: Refusal) -> String {
    format!("{}: {}", refusal.code, refusal.message)
}

fn find(world: &World, owner: &str, id: &str) -> Result<(u64, Option<Date>), String> {
    let account = world.accounts.get(owner).ok_or("there is no such account")?;
    account.find(id).map(|(event, date)| (event.number, date)).map_err(text)
}

/// Ids of an event, mutable and immutable.
fn named(world: &World, owner: &str, number: u64, date: Option<Date>) -> Json {
    let event = world.accounts.get(owner).and_then(|account| account.events.get(&number));
    let moves = event.map_or(0, |event| event.moves);
    let id = |is_immutable| ids::item(number, moves, date, is_immutable);
    json!({"id": id(false), "immutable_id": id(true), "iCalUId": event.map(|event| &event.uid)})
}

fn calendar(world: &World, owner: &str, body: &Json) -> Result<u64, String> {
    let account = world.accounts.get(owner).ok_or("there is no such account")?;
    let found = match body["calendar"].as_str() {
        Some(id) => account.calendar(id).map_err(text)?,
        None => account.default_calendar().ok_or("there is no calendar")?,
    };
    Ok(found.number)
}

/// Adds an event as a body of Graph describes it; `organizer`, `response` and `is_cancelled` make it another's.
fn add(world: &mut World, owner: &str, body: &Json) -> Done {
    let calendar = calendar(world, owner, body)?;
    let event = &body["event"];
    let fields = write::check(event).map_err(text)?;
    let account = world.accounts.get(owner).ok_or("there is no such account")?;
    let details = write::details(fields, &account.owner()).map_err(text)?;
    let recurrence =
        event.get("recurrence").filter(|it| !it.is_null()).map(Recurrence::parse).transpose().map_err(text)?;
    let number = edit::add(world, owner, New { calendar, details, transaction: None, recurrence }, event);
    state_of(world, owner, number, body);
    edit::noticed(world, owner, number, Change::Created, "invitation");
    except(world, owner, number, body)?;
    Ok(named(world, owner, number, None))
}

/// Exceptions of a new series: `except` has dates without it, `moved` pairs of a date and a body of Graph.
fn except(world: &mut World, owner: &str, number: u64, body: &Json) -> Result<(), String> {
    let list = |name: &str| body[name].as_array().cloned().unwrap_or_default();
    let date = |value: &Json| value.as_str().and_then(|text| text.parse::<Date>().ok()).ok_or("it is no date");
    for value in list("except") {
        edit::remove(world, owner, number, Some(date(&value)?));
    }
    for pair in list("moved") {
        let fields = write::check(&pair[1]).map_err(text)?;
        edit::change(world, owner, number, Some(date(&pair[0])?), fields).map_err(text)?;
        edit::noticed(world, owner, number, Change::Updated, "update");
    }
    Ok(())
}

/// Sets what a body of Graph cannot: the organizer, the owner's answer, and whether it is cancelled.
fn state_of(world: &mut World, owner: &str, number: u64, body: &Json) {
    let event = world.accounts.get_mut(owner).and_then(|account| account.events.get_mut(&number));
    let Some(details) = event.map(|event| &mut event.details) else { return };
    if let Some(address) = body["organizer"].as_str() {
        details.organizer = (address.to_owned(), address.to_owned());
        details.response = "notResponded".to_owned();
    }
    if let Some(response) = body["response"].as_str() {
        details.response = response.to_owned();
    }
    if let Some(zone) = body["odd_zone"].as_str() {
        details.odd_zone = Some(zone.to_owned());
    }
    if let Some(is_cancelled) = body["is_cancelled"].as_bool() {
        details.is_cancelled = is_cancelled;
    }
}

/// Adds `count` events of `minutes` each, one after the other from `start` on, in UTC.
fn many(world: &mut World, owner: &str, body: &Json) -> Done {
    let calendar = calendar(world, owner, body)?;
    let number = |name: &str| body[name].as_i64().ok_or_else(|| format!("{name} is missing"));
    let (count, minutes) = (number("count")?, number("minutes")?);
    let start = body["start"].as_str().ok_or("start is missing")?;
    let start: jiff::civil::DateTime = start.parse().map_err(|error: jiff::Error| error.to_string())?;
    let mine = world.accounts.get(owner).ok_or("there is no such account")?.owner();
    for at in 0..count {
        let time = |at: i64| start.saturating_add(jiff::SignedDuration::from_mins(at * minutes)).to_string();
        let event = json!({
            "subject": format!("Event {at}"), "start": {"dateTime": time(at), "timeZone": "UTC"},
            "end": {"dateTime": time(at + 1), "timeZone": "UTC"},
        });
        let fields = write::check(&event).map_err(text)?;
        let details = write::details(fields, &mine).map_err(text)?;
        let added = edit::add(world, owner, New { calendar, details, transaction: None, recurrence: None }, &event);
        edit::noticed(world, owner, added, Change::Created, "invitation");
    }
    Ok(json!({"count": count}))
}

/// An attendee answers: `{attendee, response}` with `accepted`, `tentativelyAccepted` or `declined`.
fn respond(world: &mut World, owner: &str, number: u64, body: &Json) -> Done {
    let (now, response) = (world.now(), body["response"].as_str().ok_or("response is missing")?);
    let account = world.accounts.get_mut(owner).ok_or("there is no such account")?;
    let event = account.events.get_mut(&number).ok_or("there is no such event")?;
    let attendee = event.details.attendees.iter_mut().find(|one| one["emailAddress"]["address"] == body["attendee"]);
    let attendee = attendee.ok_or("there is no such attendee")?;
    attendee["status"] = json!({"response": response, "time": crate::moment::stamp(now)});
    account.touch(number, now);
    let event = account.events.get(&number).cloned().ok_or("there is no such event")?;
    crate::notify::changed(world, owner, &event, Change::Updated);
    Ok(named(world, owner, number, None))
}
