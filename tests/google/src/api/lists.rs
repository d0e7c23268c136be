//! The calendars of an account ([`crate::pages::CALENDAR_LIST`]).

use super::Caller;
use super::pages::{Source, Sync};
use super::parameters::Parameters;
use crate::calendar::Role;
use crate::errors::{Refusal, bad, not_found};
use crate::request::Answer;
use crate::world::{Listed, World};
use serde_json::{Value as Json, json};

/// The size of a page where the request names none, and the largest.
const PAGE: (usize, usize) = (100, 250);

pub(super) fn list(world: &mut World, caller: &Caller, parameters: &Parameters) -> Result<Answer, Refusal> {
    let token = parameters.text("syncToken");
    if token.is_some() && parameters.text("minAccessRole").is_some() {
        return Err(bad("Sync token cannot be used with minAccessRole."));
    }
    let source = Source { account: caller.account.clone(), of: "calendarList".to_owned() };
    let most = PAGE.1.min(world.settings.largest_page);
    let size = parameters.number("maxResults").unwrap_or(PAGE.0).min(most);
    let page = match world.pages.next(&source, parameters, size) {
        Some(page) => page?,
        None => {
            let since = token.map(|token| world.pages.sync(&source, token)).transpose()?.map(|sync| sync.since);
            let items = items(world, &caller.account, parameters, since);
            let is_filtered = parameters.text("minAccessRole").is_some();
            let sync = Sync::new(source.clone(), world.revision, String::new());
            world.pages.first(source, parameters, items, (!is_filtered).then_some(sync), size)
        }
    };
    let etag = format!("\"p{}\"", world.revision);
    let mut body = json!({"kind": "calendar#calendarList", "etag": etag, "items": page.items});
    if let Some(token) = page.next_page {
        body["nextPageToken"] = json!(token);
    }
    if let Some(token) = page.next_sync {
        body["nextSyncToken"] = json!(token);
    }
    Ok(Answer::ok(body))
}

fn items(world: &World, account: &str, parameters: &Parameters, since: Option<u64>) -> Vec<Json> {
    let least = parameters.text("minAccessRole").and_then(Role::parse);
    let shows_deleted = parameters.is_on("showDeleted") || since.is_some();
    let shows_hidden = parameters.is_on("showHidden") || since.is_some();
    let own = world.lists.iter().filter(|((of, _), _)| of == account);
    own.filter(|(_, listed)| since.is_none_or(|since| listed.changed > since))
        .filter(|(_, listed)| least.is_none_or(|least| listed.role >= Some(least)))
        .filter(|(_, listed)| (listed.role.is_some() || shows_deleted) && (!listed.is_hidden || shows_hidden))
        .map(|((_, calendar), listed)| entry(world, account, calendar, *listed))
        .collect()
}

fn entry(world: &World, account: &str, id: &str, listed: Listed) -> Json {
    let etag = format!("\"{}000\"", listed.changed);
    let Some((calendar, role)) = world.calendars.get(id).zip(listed.role) else {
        return json!({"kind": "calendar#calendarListEntry", "etag": etag, "id": id, "deleted": true});
    };
    let mut entry = json!({
        "kind": "calendar#calendarListEntry", "etag": etag, "id": id, "summary": calendar.summary,
        "timeZone": calendar.zone, "colorId": "14", "backgroundColor": "#9fe1e7", "foregroundColor": "#000000",
        "selected": true, "accessRole": role.as_str(), "defaultReminders": [],
        "conferenceProperties": {"allowedConferenceSolutionTypes": world.settings.conference_types},
    });
    if listed.is_hidden {
        entry["hidden"] = json!(true);
    }
    if id == account {
        entry["primary"] = json!(true);
    }
    entry
}

/// `calendarList.get`.
pub(super) fn one(world: &World, caller: &Caller, named: &str) -> Result<Answer, Refusal> {
    let id = world.calendar_id(&caller.account, named);
    let listed = world.lists.get(&(caller.account.clone(), id.clone())).filter(|listed| listed.role.is_some());
    let listed = listed.ok_or_else(not_found)?;
    Ok(Answer::ok(entry(world, &caller.account, &id, *listed)))
}

/// `calendars.get`.
pub(super) fn calendar(world: &World, caller: &Caller, named: &str) -> Result<Answer, Refusal> {
    let id = world.calendar_id(&caller.account, named);
    world.role(&caller.account, &id).ok_or_else(not_found)?;
    let calendar = world.calendars.get(&id).ok_or_else(not_found)?;
    Ok(Answer::ok(json!({
        "kind": "calendar#calendar", "etag": format!("\"{}000\"", world.revision), "id": id,
        "summary": calendar.summary, "timeZone": calendar.zone,
        "conferenceProperties": {"allowedConferenceSolutionTypes": world.settings.conference_types},
    })))
}
