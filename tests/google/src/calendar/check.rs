//! Bodies of events: what may be written, in which form ([`crate::pages::EVENTS`], the resource).
//!
//! It is stricter than Google, which ignores fields that it does not know.

use super::{When, zone};
use crate::errors::{Refusal, error, invalid_value};
use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json, json};

/// Fields that are read-only: they may be sent back, and have no effect.
const READ_ONLY: &[&str] = &[
    "kind",
    "etag",
    "htmlLink",
    "created",
    "updated",
    "creator",
    "organizer",
    "recurringEventId",
    "hangoutLink",
    "locked",
    "privateCopy",
    "attendeesOmitted",
    "originalStartTime",
    "endTimeUnspecified",
    "id",
    "iCalUID",
];
const BOOLEANS: &[&str] = &["anyoneCanAddSelf", "guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests"];
const OBJECTS: &[&str] = &[
    "conferenceData",
    "reminders",
    "source",
    "workingLocationProperties",
    "outOfOfficeProperties",
    "focusTimeProperties",
    "birthdayProperties",
    "extendedProperties",
];
/// Fields with a set of values.
const WORDS: &[(&str, &[&str])] = &[
    ("status", &["confirmed", "tentative", "cancelled"]),
    ("transparency", &["opaque", "transparent"]),
    ("visibility", &["default", "public", "private", "confidential"]),
    ("eventType", &["default", "birthday", "focusTime", "fromGmail", "outOfOffice", "workingLocation"]),
];
const RESPONSES: &[&str] = &["needsAction", "declined", "tentative", "accepted"];
/// The longest names and values of extended properties.
const PROPERTY: (usize, usize) = (44, 1_024);

/// The writable fields of a body, with times in UTC.
///
/// # Errors
/// 400 with Google's reason.
pub(super) fn checked(body: &Json, calendar_zone: &str) -> Result<Map<String, Json>, Refusal> {
    let Some(given) = body.as_object() else { return Err(invalid_value("The body is not a JSON object.")) };
    let mut fields = Map::new();
    for (name, value) in given.iter().filter(|(name, _)| !READ_ONLY.contains(&name.as_str())) {
        // Null clears a field.
        let value = if value.is_null() { Json::Null } else { field(name, value, calendar_zone)? };
        fields.insert(name.clone(), value);
    }
    Ok(fields)
}

fn field(name: &str, value: &Json, calendar_zone: &str) -> Result<Json, Refusal> {
    let wrong = || invalid_value(&format!("Invalid value for: {name}"));
    let kept = |is_valid: bool| is_valid.then(|| value.clone()).ok_or_else(wrong);
    match name {
        "start" | "end" => time(value, calendar_zone),
        "summary" | "description" | "location" | "colorId" => kept(value.is_string()),
        "sequence" => kept(value.is_u64()),
        "attendees" => attendees(value),
        "recurrence" => kept(value.as_array().is_some_and(|lines| lines.iter().all(Json::is_string))),
        "attachments" => kept(value.is_array()),
        "extendedProperties" => kept(properties(value)),
        _ if BOOLEANS.contains(&name) => kept(value.is_boolean()),
        _ if OBJECTS.contains(&name) => kept(value.is_object()),
        _ => match WORDS.iter().find(|(known, _)| *known == name) {
            Some((_, words)) => kept(value.as_str().is_some_and(|word| words.contains(&word))),
            None => Err(invalid_value(&format!("Invalid JSON payload received. Unknown name \"{name}\"."))),
        },
    }
}

/// A start or an end, an instant in UTC with the zone of the event.
fn time(value: &Json, calendar_zone: &str) -> Result<Json, Refusal> {
    let named = value["timeZone"].as_str();
    if let Some(named) = named {
        zone(named).map_err(|message| invalid_value(&message))?;
    }
    let when = When::read(value, None).map_err(|message| invalid_value(&message))?;
    Ok(when.json(&TimeZone::UTC, named.unwrap_or(calendar_zone)))
}

fn attendees(value: &Json) -> Result<Json, Refusal> {
    let wrong = |message: &str| Err(invalid_value(message));
    let Some(given) = value.as_array() else { return wrong("Invalid value for: attendees") };
    let mut attendees = given.clone();
    for attendee in &mut attendees {
        let address = attendee["email"].as_str().unwrap_or_default();
        if !address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) {
            return wrong("Invalid attendee email.");
        }
        let response = attendee["responseStatus"].as_str().unwrap_or("needsAction").to_owned();
        if !RESPONSES.contains(&response.as_str()) {
            return wrong("Invalid value for: attendees.responseStatus");
        }
        attendee["responseStatus"] = json!(response);
        if let Some(fields) = attendee.as_object_mut() {
            fields.remove("self");
            fields.remove("organizer");
        }
    }
    Ok(Json::Array(attendees))
}

fn properties(value: &Json) -> bool {
    let is_small = |(name, value): (&String, &Json)| {
        name.len() <= PROPERTY.0 && value.as_str().is_some_and(|text| text.len() <= PROPERTY.1)
    };
    let is_valid = |kind: &Json| kind.is_null() || kind.as_object().is_some_and(|all| all.iter().all(is_small));
    is_valid(&value["private"]) && is_valid(&value["shared"])
}

/// What must hold between the fields of a whole event.
///
/// # Errors
/// 400 with Google's reason.
pub(super) fn whole(event: &super::Event, calendar_zone: &str) -> Result<(), Refusal> {
    let missing = |name: &str| crate::errors::required(&format!("Missing {name} time."));
    let start = event.when("start").ok_or_else(|| missing("start"))?;
    let end = event.when("end").ok_or_else(|| missing("end"))?;
    let is_ordered = match (start, end) {
        (When::Day(start), When::Day(end)) => start < end,
        (When::At(start), When::At(end)) => start <= end,
        _ => {
            return Err(invalid_value("Start and end times must either both be date or both be dateTime."));
        }
    };
    if !is_ordered {
        return Err(error(400, "calendar", "timeRangeEmpty", "The specified time range is empty.", None));
    }
    if event.is_series() {
        let near = zone(calendar_zone).map_or(jiff::Timestamp::MIN, |zone| start.instant(&zone));
        super::series::starts(event, calendar_zone, near).map_err(|message| invalid_value(&message))?;
    }
    Ok(())
}

/// Whether a client chose a valid id: of base32hex, 5 to 1,024 characters.
pub(super) fn is_valid_id(id: &str) -> bool {
    (5..=1_024).contains(&id.len()) && id.bytes().all(|byte| matches!(byte, b'a'..=b'v' | b'0'..=b'9'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_base32hex() {
        for (id, is_valid) in [
            ("abcde", true),
            ("0123456789abcdefghijklmnopqrstuv", true),
            ("abcd", false),
            ("abcdw", false),
            ("ABCDE", false),
            ("abc-de", false),
        ] {
            assert_eq!(is_valid_id(id), is_valid, "{id}");
        }
    }

    #[test]
    fn values_of_the_wrong_kind_are_refused() {
        for (body, is_valid) in [
            (json!({"summary": "Intro", "etag": "\"1\"", "location": null}), true),
            (json!({"summary": 1}), false),
            (json!({"sumary": "Intro"}), false),
            (json!({"status": "busy"}), false),
            (json!({"attendees": [{"email": "ann"}]}), false),
            (json!({"start": {"dateTime": "2026-03-02T09:00:00"}}), false),
            (json!({"extendedProperties": {"private": {"knock": 1}}}), false),
            (json!([]), false),
        ] {
            assert_eq!(checked(&body, "UTC").is_ok(), is_valid, "{body}");
        }
    }
}
