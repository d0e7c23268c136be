//! `events.instances`: the instances of one series
//! (<https://developers.google.com/workspace/calendar/api/v3/reference/events/instances>).

use super::pages::Source;
use super::parameters::Parameters;
use super::{Caller, access};
use crate::calendar::{Event, horizon, occurrences, stub, zone_of};
use crate::errors::{Refusal, not_found};
use crate::request::Answer;
use crate::world::World;
use jiff::Timestamp;
use serde_json::{Value as Json, json};

/// The size of a page where the request names none.
const USUAL: usize = 250;

pub(super) fn list(
    world: &mut World,
    caller: &Caller,
    (named, id): (&str, &str),
    parameters: &Parameters,
) -> Result<Answer, Refusal> {
    let viewer = access(world, caller, named, Some(parameters))?;
    let source = Source { account: caller.account.clone(), of: format!("{}/{id}", viewer.calendar) };
    let size = parameters.number("maxResults").unwrap_or(USUAL).min(world.settings.largest_page);
    let page = match world.pages.next(&source, parameters, size) {
        Some(page) => page?,
        None => {
            let events = instances(world, &viewer.calendar, id, parameters)?;
            let shown = |event: &Event| match event.is_cancelled() && !parameters.is_on("showDeleted") {
                true => stub(event, &viewer),
                false => viewer.shown(event),
            };
            let items: Vec<Json> = events.iter().map(shown).collect();
            world.pages.first(source, parameters, items, None, size)
        }
    };
    let mut body = json!({
        "kind": "calendar#events", "etag": format!("\"p{}\"", world.revision), "accessRole": viewer.role.as_str(),
        "timeZone": viewer.zone.iana_name().unwrap_or("UTC"), "defaultReminders": [], "items": page.items,
    });
    if let Some(token) = page.next_page {
        body["nextPageToken"] = json!(token);
    }
    Ok(Answer::ok(body))
}

fn instances(world: &World, calendar: &str, id: &str, parameters: &Parameters) -> Result<Vec<Event>, Refusal> {
    let zone = zone_of(world, calendar);
    let calendar = world.calendars.get(calendar).ok_or_else(not_found)?;
    let series = calendar.events.get(id).filter(|event| event.is_series()).ok_or_else(not_found)?;
    let from = parameters.instant("timeMin").unwrap_or(Timestamp::MIN);
    let to = parameters.instant("timeMax").unwrap_or_else(|| horizon(world.now()));
    let overlaps = |event: &Event| {
        let (start, end) = event.span(&zone);
        start < to && end > from
    };
    let is_original = |event: &Event| {
        let original = event.when("originalStartTime").map(|when| when.instant(&zone));
        parameters.instant("originalStart").is_none_or(|start| original == Some(start))
    };
    let derived = occurrences(calendar, series, (from, to)).map(|found| found.event);
    let exceptions = calendar.exceptions(id).filter(|event| overlaps(event)).cloned();
    let mut events: Vec<Event> = derived.chain(exceptions).filter(|event| is_original(event)).collect();
    events.retain(|event| !event.is_cancelled() || parameters.is_on("showDeleted"));
    events.sort_by_key(|event| event.span(&zone).0);
    Ok(events)
}
