//! `events.get`, `.insert`, `.update`, `.patch` and `.delete` ([`crate::pages::EVENTS`]).

use super::parameters::Parameters;
use super::{Caller, access};
use crate::calendar::{self, Change, Event, Role, Sends, Viewer, occurrence};
use crate::errors::{Refusal, access_level, invalid_value, not_found};
use crate::request::{Answer, Body, Content, Request};
use crate::world::World;

type Asked<'a> = (&'a Request, &'a Parameters);

pub(super) fn insert(
    world: &mut World,
    caller: &Caller,
    named: &str,
    (request, parameters): Asked<'_>,
) -> Result<Answer, Refusal> {
    let viewer = access(world, caller, named, Some(parameters))?;
    writable(&viewer, request)?;
    let change = change(caller, request, parameters, false);
    let id = calendar::insert(world, &viewer.calendar, &request.body, &change)?;
    shown(world, &viewer, &id)
}

/// A method on one event.
pub(super) fn one(
    world: &mut World,
    caller: &Caller,
    (method, named, id): (&str, &str, &str),
    (request, parameters): Asked<'_>,
) -> Result<Answer, Refusal> {
    let viewer = access(world, caller, named, Some(parameters))?;
    match method {
        "events.get" => return get(world, &viewer, id, request),
        "events.delete" => {
            writer(&viewer)?;
            let change = change(caller, request, parameters, false);
            calendar::cancel(world, &viewer.calendar, id, &change)?;
            return Ok(Answer::empty());
        }
        "events.update" | "events.patch" => {}
        _ => return Err(not_found()),
    }
    writable(&viewer, request)?;
    let change = change(caller, request, parameters, method == "events.patch");
    calendar::change(world, &viewer.calendar, id, &request.body, &change)?;
    shown(world, &viewer, id)
}

fn get(world: &World, viewer: &Viewer, id: &str, request: &Request) -> Result<Answer, Refusal> {
    let event = found(world, viewer, id)?;
    if request.header("if-none-match") == Some(event.etag().as_str()) {
        return Ok(Answer::new(304, Body::None).with("etag", event.etag()));
    }
    shown(world, viewer, id)
}

fn found(world: &World, viewer: &Viewer, id: &str) -> Result<Event, Refusal> {
    let calendar = world.calendars.get(&viewer.calendar).ok_or_else(not_found)?;
    calendar.events.get(id).cloned().or_else(|| occurrence(calendar, id)).ok_or_else(not_found)
}

fn shown(world: &World, viewer: &Viewer, id: &str) -> Result<Answer, Refusal> {
    let event = found(world, viewer, id)?;
    Ok(Answer::ok(viewer.shown(&event)).with("etag", event.etag()))
}

fn writer(viewer: &Viewer) -> Result<(), Refusal> {
    if viewer.role >= Role::WriterWithoutPrivateAccess { Ok(()) } else { Err(access_level()) }
}

fn writable(viewer: &Viewer, request: &Request) -> Result<(), Refusal> {
    writer(viewer)?;
    match request.content {
        Content::Json => Ok(()),
        Content::Form | Content::None | Content::Other => Err(invalid_value("The body is not a JSON object.")),
    }
}

fn change(caller: &Caller, request: &Request, parameters: &Parameters, is_patch: bool) -> Change {
    Change {
        actor: caller.account.clone(),
        sends: match parameters.text("sendUpdates") {
            Some("all") => Sends::All,
            Some("externalOnly") => Sends::ExternalOnly,
            // The parameter's predecessor.
            None if parameters.is_on("sendNotifications") => Sends::All,
            _ => Sends::None,
        },
        knows_conferences: parameters.text("conferenceDataVersion") == Some("1"),
        is_patch,
        if_match: request.header("if-match").map(str::to_owned),
        is_forced: false,
    }
}
