//! Changes of events, by clients and by the owner of the mailbox, with what follows: versions, mails, notifications.

use crate::errors::{Refusal, not_found};
use crate::event::{Details, Event, Exception};
use crate::notify::{self, Change};
use crate::recurrence::Recurrence;
use crate::world::World;
use crate::write;
use jiff::civil::Date;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// An event to add.
pub(crate) struct New {
    pub(crate) calendar: u64,
    pub(crate) details: Details,
    pub(crate) transaction: Option<(String, Json)>,
    pub(crate) recurrence: Option<Recurrence>,
}

/// Adds an event; `body` says whether it is an online meeting. Answers its number.
pub(crate) fn add(world: &mut World, account: &str, new: New, body: &Json) -> u64 {
    let (number, now, pending) = (world.next_id(), world.now(), world.settings.link_pending);
    let New { calendar, mut details, transaction, recurrence } = new;
    let Some(account) = world.accounts.get_mut(account) else { return number };
    if let Some(fields) = body.as_object().filter(|fields| is_offered(fields, account.is_personal)) {
        write::go_online(&mut details, fields, &link(number), pending);
    }
    account.version += 1;
    let event = Event {
        number,
        moves: 0,
        calendar,
        version: account.version,
        created: now,
        modified: now,
        transaction,
        uid: format!("040000008200E00074C5B7101A82E00800000000{number:032X}"),
        details,
        recurrence,
        exceptions: BTreeMap::new(),
    };
    account.events.insert(number, event);
    number
}

/// Whether the provider that a body asks for is one of the calendar's: with another one the event is no online
/// meeting.
fn is_offered(fields: &Map<String, Json>, is_personal: bool) -> bool {
    let usual = if is_personal { "skypeForConsumer" } else { "teamsForBusiness" };
    fields.get("onlineMeetingProvider").and_then(Json::as_str).is_none_or(|provider| provider == usual)
}

fn link(number: u64) -> String {
    format!("https://teams.microsoft.com/l/meetup-join/19%3ameeting_{number:08}%40thread.v2/0")
}

/// Changes an event or an occurrence of it.
pub(crate) fn change(
    world: &mut World,
    account: &str,
    number: u64,
    date: Option<Date>,
    fields: &Map<String, Json>,
) -> Result<(), Refusal> {
    let (now, pending) = (world.now(), world.settings.link_pending);
    let account = world.accounts.get_mut(account).ok_or_else(not_found)?;
    let is_personal = account.is_personal;
    let event = account.events.get_mut(&number).ok_or_else(not_found)?;
    let mut details = match date {
        None => event.details.clone(),
        Some(date) => occurrence(event, date).ok_or_else(not_found)?,
    };
    write::apply(&mut details, fields)?;
    if is_offered(fields, is_personal) {
        write::go_online(&mut details, fields, &link(number), pending);
    }
    match date {
        Some(date) => {
            crossing(event, date, &details)?;
            event.exceptions.insert(date, Exception::Changed(Box::new(details)));
        }
        None => {
            let recurrence = match fields.get("recurrence") {
                None => event.recurrence.clone(),
                Some(Json::Null) => None,
                Some(json) => Some(Recurrence::parse(json)?),
            };
            // A series with other times or another pattern has no exceptions any more.
            let is_moved = ["start", "end", "recurrence"].iter().any(|name| fields.contains_key(*name));
            if is_moved {
                event.exceptions.clear();
            }
            (event.details, event.recurrence) = (details, recurrence);
        }
    }
    account.touch(number, now);
    Ok(())
}

/// The details of an occurrence, with its own times.
fn occurrence(event: &Event, date: Date) -> Option<Details> {
    let instance = event.on(date)?;
    Some(Details { start: instance.start.clone(), end: instance.end.clone(), ..instance.details.clone() })
}

/// An occurrence stays between the days of the one before and the one after.
///
/// <https://learn.microsoft.com/graph/api/event-update>
fn crossing(event: &Event, date: Date, details: &Details) -> Result<(), Refusal> {
    let Some(recurrence) = &event.recurrence else { return Ok(()) };
    let day = details.start.local.date();
    let dates = recurrence.dates(date.saturating_add(jiff::ToSpan::days(400)));
    let at = dates.iter().position(|one| *one == date);
    let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| dates.get(at));
    let after = at.and_then(|at| dates.get(at + 1));
    if before.is_some_and(|before| day <= *before) || after.is_some_and(|after| day >= *after) {
        let message = "Modified occurrence is crossing or overlapping adjacent occurrence.";
        return Err(Refusal::new(400, "ErrorOccurrenceCrossingBoundary", message));
    }
    Ok(())
}

/// Mails to the attendees of an event that the account organizes, and notifies of the change.
pub(crate) fn noticed(world: &mut World, account: &str, number: u64, change: Change, mail: &str) {
    let event = world.accounts.get(account).and_then(|account| account.events.get(&number)).cloned();
    let Some(event) = event else { return };
    if event.details.response == "organizer" {
        world.invite(mail, number, &event.details.attendees);
    }
    notify::changed(world, account, &event, change);
}

/// Removes an event, or an occurrence of a series.
pub(crate) fn remove(world: &mut World, account: &str, number: u64, date: Option<Date>) {
    let now = world.now();
    let Some(owner) = world.accounts.get_mut(account) else { return };
    if let Some(date) = date {
        if let Some(event) = owner.events.get_mut(&number) {
            event.exceptions.insert(date, Exception::Deleted);
        }
        owner.touch(number, now);
        return noticed(world, account, number, Change::Updated, "cancellation");
    }
    let Some(event) = owner.remove(number) else { return };
    if event.details.response == "organizer" {
        world.invite("cancellation", number, &event.details.attendees);
    }
    notify::changed(world, account, &event, Change::Deleted);
}
