//! Conferences that the calendar makes for an event: asked for, pending, then there or failed
//! ([`crate::pages::EVENTS`], `conferenceData`).

use super::Event;
use crate::errors::{Refusal, invalid_value, required};
use crate::push;
use crate::world::World;
use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};

/// Takes what a body says of the conference; `known` is what the event has.
///
/// # Errors
/// When the request of a conference lacks its id, or the calendar does not allow its kind.
pub(super) fn apply(world: &World, event: &mut Event, given: &Json, known: Option<&Json>) -> Result<(), Refusal> {
    let request = &given["createRequest"];
    let Some(fields) = request.as_object() else {
        if given["conferenceSolution"].is_object() && given["entryPoints"].is_array() {
            event.body.insert("conferenceData".to_owned(), given.clone());
            return Ok(());
        }
        return Err(invalid_value("Invalid conference data."));
    };
    let id = fields.get("requestId").and_then(Json::as_str).filter(|id| !id.is_empty());
    let Some(id) = id else { return Err(required("Missing conference request id.")) };
    if let Some(known) = known.filter(|known| known["createRequest"]["requestId"] == id) {
        event.body.insert("conferenceData".to_owned(), known.clone());
        return Ok(());
    }
    let kind = request["conferenceSolutionKey"]["type"].as_str().unwrap_or("hangoutsMeet");
    if !world.settings.conference_types.iter().any(|known| known == kind) {
        return Err(invalid_value("Invalid conference type value."));
    }
    let request = json!({
        "requestId": id, "conferenceSolutionKey": {"type": kind}, "status": {"statusCode": "pending"},
    });
    event.body.insert("conferenceData".to_owned(), json!({"createRequest": request}));
    event.pending = Some(world.settings.conference_pending);
    Ok(())
}

/// Makes the conferences whose time has come; called once before each request is answered.
pub(crate) fn settle(world: &mut World) {
    let (fails, now) = (world.settings.conference_fails, world.now());
    let mut settled: Vec<String> = Vec::new();
    let mut revision = world.revision;
    for calendar in world.calendars.values_mut() {
        for event in calendar.events.values_mut() {
            match event.pending {
                None => {}
                Some(0) => {
                    revision += 1;
                    (event.changed, event.changed_at, event.pending) = (revision, now, None);
                    finish(&mut event.body, revision, now, fails);
                    settled.push(calendar.id.clone());
                }
                Some(left) => event.pending = Some(left - 1),
            }
        }
    }
    world.revision = revision;
    for calendar in settled {
        push::changed(world, &calendar);
    }
}

fn finish(body: &mut Map<String, Json>, number: u64, now: i64, fails: bool) {
    let Some(conference) = body.get_mut("conferenceData") else { return };
    if fails {
        conference["createRequest"]["status"]["statusCode"] = json!("failure");
        return;
    }
    let code = code(number);
    let link = format!("https://meet.google.com/{code}");
    conference["createRequest"]["status"]["statusCode"] = json!("success");
    conference["conferenceId"] = json!(code);
    conference["conferenceSolution"] = json!({
        "key": {"type": "hangoutsMeet"}, "name": "Google Meet",
        "iconUri": "https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4.png",
    });
    conference["entryPoints"] =
        json!([{"entryPointType": "video", "uri": link, "label": format!("meet.google.com/{code}")}]);
    body.insert("hangoutLink".to_owned(), json!(link));
    body.insert("updated".to_owned(), json!(updated(now)));
}

/// The instant of a change, as resources have it.
pub(super) fn updated(now: i64) -> String {
    Timestamp::from_millisecond(now).map(|at| at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()).unwrap_or_default()
}

/// A code of ten letters in Meet's form.
fn code(number: u64) -> String {
    let letter = |at: u32| char::from(b'a' + u8::try_from(number / 26_u64.pow(at) % 26).unwrap_or(0));
    let part = |from: u32, count: u32| (from..from + count).map(letter).collect::<String>();
    format!("{}-{}-{}", part(0, 3), part(3, 4), part(7, 3))
}
