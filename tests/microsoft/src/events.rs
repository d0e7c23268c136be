//! Events: listing, creating, reading, changing, deleting and cancelling them.
//!
//! <https://learn.microsoft.com/graph/api/calendar-post-events>, <https://learn.microsoft.com/graph/api/event-get>,
//! <https://learn.microsoft.com/graph/api/event-update>, <https://learn.microsoft.com/graph/api/event-delete>,
//! <https://learn.microsoft.com/graph/api/event-cancel>

use crate::account::Account;
use crate::calls::Call;
use crate::edit;
use crate::errors::{Refusal, changed, denied, invalid, not_found};
use crate::event::{Event, Instance};
use crate::notify::Change;
use crate::query::{self, Filter};
use crate::recurrence::Recurrence;
use crate::request::Answer;
use crate::show;
use crate::world::World;
use crate::{calendars, ids, write};
use jiff::civil::Date;
use serde_json::json;

/// `GET .../events`: single events and series.
pub(crate) fn list(world: &World, call: &Call<'_>, calendar: Option<&str>) -> Result<Answer, Refusal> {
    query::allow(call.request, &["$select", "$top", "$skiptoken", "$expand", "$filter"])?;
    let calendar = call.readable(world, calendar)?.number;
    let (shape, filter) = (call.shape(true)?, query::filter(call.request)?);
    let fits = |event: &&Event| {
        event.calendar == calendar
            && match &filter {
                None => true,
                Some(Filter::Uid(uid)) => event.uid == *uid,
                Some(Filter::Extended { id, value }) => event.details.extended.get(id) == Some(value),
            }
    };
    let events: Vec<&Event> = call.account(world)?.events.values().filter(fits).collect();
    let page = query::page(call.request, &world.origin, &events, |event| show::event(&event.whole(), &shape))?;
    Ok(call.applied(Answer::ok(page)))
}

/// `POST .../events`. The same `transactionId` with the same body is answered by the event that there is.
pub(crate) fn create(world: &mut World, call: &Call<'_>, calendar: Option<&str>) -> Result<Answer, Refusal> {
    let body = call.body()?;
    let calendar = writable(world, call, calendar)?;
    let fields = write::check(&body)?;
    let transaction = body["transactionId"].as_str().map(|id| (id.to_owned(), body.clone()));
    if let Some((id, body)) = &transaction {
        let same = |event: &&Event| event.transaction.as_ref().is_some_and(|(other, _)| other == id);
        if let Some(known) = call.account(world)?.events.values().find(same) {
            let is_same =
                known.calendar == calendar && known.transaction.as_ref().is_some_and(|(_, other)| other == body);
            if !is_same {
                let message = "Your request can't be completed. The TransactionId specified in the request has already \
                    been used to create a different event.";
                return Err(Refusal::new(409, "ErrorDuplicateTransactionId", message));
            }
            let shown = show::event(&known.whole(), &call.shape(true)?);
            return Ok(call.applied(Answer::json(201, shown)));
        }
    }
    let recurrence = body.get("recurrence").filter(|it| !it.is_null()).map(Recurrence::parse).transpose()?;
    let details = write::details(fields, &call.account(world)?.owner())?;
    let number =
        edit::add(world, &call.caller.account, edit::New { calendar, details, transaction, recurrence }, &body);
    edit::noticed(world, &call.caller.account, number, Change::Created, "invitation");
    let account = call.account(world)?;
    let event = account.events.get(&number).ok_or_else(not_found)?;
    let shown = show::event(&event.whole(), &call.shape(true)?);
    Ok(call.applied(Answer::json(201, shown)))
}

/// The calendar, if the token and the user may write to it.
fn writable(world: &World, call: &Call<'_>, calendar: Option<&str>) -> Result<u64, Refusal> {
    let account = call.account(world)?;
    let calendar = match calendar {
        Some(id) => account.calendar(id)?,
        None => account.default_calendar().ok_or_else(not_found)?,
    };
    call.caller.may_write(calendar.is_shared(account))?;
    if calendar.can_edit { Ok(calendar.number) } else { Err(denied()) }
}

/// The event of an id, and the date of the occurrence that it names, if the token may write it.
fn editable(world: &World, call: &Call<'_>, id: &str) -> Result<(u64, Option<Date>), Refusal> {
    call.caller.may_write(false)?;
    let account = call.account(world)?;
    let (event, date) = account.find(id)?;
    writable(world, call, Some(&ids::calendar(event.calendar)))?;
    match call.request.header("if-match") {
        Some(tag) if tag != "*" && tag != show::etag(event.version) => Err(changed()),
        _ => Ok((event.number, date)),
    }
}

/// `GET .../events/{id}`.
pub(crate) fn get(world: &mut World, call: &Call<'_>, id: &str) -> Result<Answer, Refusal> {
    query::allow(call.request, &["$select", "$expand"])?;
    let shape = call.shape(true)?;
    let account = call.account_mut(world)?;
    let (number, date) = account.find(id).map(|(event, date)| (event.number, date))?;
    if let Some(online) = account.events.get_mut(&number).and_then(|event| event.details.online.as_mut()) {
        online.pending = online.pending.saturating_sub(1);
    }
    let event = account.events.get(&number).ok_or_else(not_found)?;
    let is_shared = account.calendars.get(&event.calendar).is_some_and(|calendar| calendar.is_shared(account));
    call.caller.may_read_basics(is_shared)?;
    let shown = show::event(&named(event, date)?, &shape);
    Ok(call.applied(Answer::ok(shown)))
}

/// What an id names: the event, or an occurrence of it.
fn named(event: &Event, date: Option<Date>) -> Result<Instance<'_>, Refusal> {
    match date {
        None => Ok(event.whole()),
        Some(date) => event.on(date).ok_or_else(not_found),
    }
}

/// `GET .../events/{id}/instances`.
///
/// <https://learn.microsoft.com/graph/api/event-list-instances>
pub(crate) fn instances(world: &World, call: &Call<'_>, id: &str) -> Result<Answer, Refusal> {
    query::allow(call.request, &["$select", "$top", "$skiptoken", "$expand"])?;
    let (from, to) = calendars::span(call)?;
    let shape = call.shape(false)?;
    let account: &Account = call.account(world)?;
    let (event, _) = account.find(id)?;
    call.readable(world, Some(&ids::calendar(event.calendar)))?;
    let instances = event.within(from, to);
    let page = query::page(call.request, &world.origin, &instances, |instance| show::event(instance, &shape))?;
    Ok(call.applied(Answer::ok(page)))
}

/// `PATCH .../events/{id}`. A change of an occurrence makes it an exception.
pub(crate) fn update(world: &mut World, call: &Call<'_>, id: &str) -> Result<Answer, Refusal> {
    let body = call.body()?;
    let (number, date) = editable(world, call, id)?;
    let fields = write::check(&body)?;
    if fields.contains_key("transactionId") {
        return Err(invalid("The transactionId cannot be changed after the event was created."));
    }
    edit::change(world, &call.caller.account, number, date, fields)?;
    edit::noticed(world, &call.caller.account, number, Change::Updated, "update");
    let event = call.account(world)?.events.get(&number).ok_or_else(not_found)?;
    let shown = show::event(&named(event, date)?, &call.shape(true)?);
    Ok(call.applied(Answer::ok(shown)))
}

/// `DELETE .../events/{id}`.
pub(crate) fn delete(world: &mut World, call: &Call<'_>, id: &str) -> Result<Answer, Refusal> {
    let (number, date) = editable(world, call, id)?;
    edit::remove(world, &call.caller.account, number, date);
    Ok(Answer::empty(204))
}

/// `POST .../events/{id}/cancel`: by the organizer alone; the attendees get a mail.
pub(crate) fn cancel(world: &mut World, call: &Call<'_>, id: &str) -> Result<Answer, Refusal> {
    let body = if call.request.body.is_empty() { json!({}) } else { call.body()? };
    if let Some(other) =
        body.as_object().and_then(|body| body.keys().find(|name| !name.eq_ignore_ascii_case("comment")))
    {
        return Err(invalid(format!("The parameter '{other}' is not known.")));
    }
    let (number, date) = editable(world, call, id)?;
    let event = call.account(world)?.events.get(&number).ok_or_else(not_found)?;
    if named(event, date)?.details.response != "organizer" {
        let message = "Your request can't be completed. You need to be an organizer to cancel a meeting.";
        return Err(Refusal::new(400, "ErrorInvalidRequest", message));
    }
    edit::remove(world, &call.caller.account, number, date);
    Ok(Answer::empty(202))
}
