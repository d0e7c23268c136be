//! The Calendar API: the account that asks, its rights and its parameters.

mod busy;
mod changes;
mod channels;
mod event;
mod fields;
mod instances;
mod list;
mod lists;
mod pages;
mod parameters;

pub(crate) use pages::Pages;

use crate::calendar::{Role, Viewer, settle};
use crate::errors::{Refusal, insufficient, limited, not_found, unauthorized};
use crate::request::{Answer, Body, Request};
use crate::scopes;
use crate::world::World;
use parameters::Parameters;
use std::collections::BTreeSet;

/// An account with what it granted.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) account: String,
    /// The short names of its scopes.
    pub(crate) scopes: BTreeSet<String>,
}

/// The answer to a request below `/calendar/v3`.
///
/// # Errors
/// Google's refusal.
pub(crate) fn answer(world: &mut World, request: &Request, name: &str, path: &[&str]) -> Result<Answer, Refusal> {
    let token = bearer(request).ok_or_else(|| unauthorized(true))?;
    let caller = world.grants.caller(token, world.now()).ok_or_else(|| unauthorized(false))?;
    let allowing = scopes::allowing(name);
    if !allowing.iter().any(|scope| caller.scopes.contains(*scope)) {
        return Err(insufficient(&format!("calendar.{name}"), allowing));
    }
    if world.is_over_limit(&caller.account) {
        return Err(limited(world.settings.limit_status, "rateLimitExceeded", None));
    }
    settle(world);
    let parameters = Parameters::read(request, name)?;
    let selector = parameters.text("fields").map(fields::Selector::parse).transpose()?;
    let mut answer = answered(world, &caller, (name, path), (request, &parameters))?;
    if let (Some(selector), Body::Json(body)) = (selector, &mut answer.body) {
        *body = selector.apply(body);
    }
    Ok(answer)
}

fn answered(
    world: &mut World,
    caller: &Caller,
    (name, path): (&str, &[&str]),
    (request, parameters): (&Request, &Parameters),
) -> Result<Answer, Refusal> {
    match (name, path) {
        ("calendarList.list", _) => lists::list(world, caller, parameters),
        ("calendarList.get", [.., calendar]) => lists::one(world, caller, calendar),
        ("calendars.get", [.., calendar]) => lists::calendar(world, caller, calendar),
        ("freebusy.query", _) => busy::query(world, caller, &request.body),
        ("channels.stop", _) => channels::stop(world, caller, &request.body),
        ("events.list", [_, calendar, _]) => list::list(world, caller, calendar, parameters),
        ("events.watch", [_, calendar, ..]) => channels::watch(world, caller, calendar, request),
        ("events.insert", [_, calendar, _]) => event::insert(world, caller, calendar, (request, parameters)),
        ("events.instances", [_, calendar, _, id, _]) => instances::list(world, caller, (calendar, id), parameters),
        (_, [_, calendar, _, id]) => event::one(world, caller, (name, calendar, id), (request, parameters)),
        _ => Err(not_found()),
    }
}

/// The account of the token of a request, for the log.
pub(crate) fn account(world: &World, request: &Request) -> Option<String> {
    let token = bearer(request)?;
    world.grants.caller(token, world.now()).map(|caller| caller.account)
}

pub(crate) fn bearer(request: &Request) -> Option<&str> {
    let (kind, token) = request.header("authorization")?.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then_some(token)
}

/// The calendar that a path names and how the caller sees it.
///
/// # Errors
/// 404 when the account has no access to it.
pub(crate) fn access(
    world: &World,
    caller: &Caller,
    named: &str,
    parameters: Option<&Parameters>,
) -> Result<Viewer, Refusal> {
    let id = world.calendar_id(&caller.account, named);
    let calendar = world.calendars.get(&id).ok_or_else(not_found)?;
    let role = world.role(&caller.account, &id).ok_or_else(not_found)?;
    let has = |scope: &str| caller.scopes.contains(scope);
    let sees_all =
        ["calendar", "calendar.readonly", "calendar.events", "calendar.events.readonly"].into_iter().any(has);
    let is_owners = ["calendar.events.owned", "calendar.events.owned.readonly"].into_iter().any(has);
    let role = match (sees_all, is_owners && role == Role::Owner) {
        (true, _) | (_, true) => role,
        _ if has("calendar.events.freebusy") => Role::FreeBusyReader,
        // Its scopes are about calendars that it owns.
        _ => return Err(crate::errors::error(403, "global", "forbidden", "Forbidden", None)),
    };
    let zone = parameters.and_then(|parameters| parameters.text("timeZone")).unwrap_or(&calendar.zone);
    let mut viewer = Viewer::new(role, &id, zone);
    viewer.max_attendees = parameters.and_then(|parameters| parameters.number("maxAttendees"));
    Ok(viewer)
}
