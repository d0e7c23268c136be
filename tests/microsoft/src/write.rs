//! Bodies of clients become events, or are refused.
//!
//! <https://learn.microsoft.com/graph/api/calendar-post-events>, <https://learn.microsoft.com/graph/api/event-update>

use crate::errors::{Refusal, invalid, unreadable};
use crate::event::{Details, Online};
use crate::moment::Moment;
use serde_json::{Map, Value as Json, json};

/// Properties that only the server writes.
const READ_ONLY: [&str; 18] = [
    "id",
    "iCalUId",
    "changeKey",
    "createdDateTime",
    "lastModifiedDateTime",
    "type",
    "seriesMasterId",
    "webLink",
    "isOrganizer",
    "isCancelled",
    "isDraft",
    "onlineMeeting",
    "onlineMeetingUrl",
    "hasAttachments",
    "bodyPreview",
    "originalStart",
    "occurrenceId",
    "responseStatus",
];
/// Values of enumerations.
const WORDS: [(&str, &[&str]); 4] = [
    ("showAs", &["free", "tentative", "busy", "oof", "workingElsewhere", "unknown"]),
    ("sensitivity", &["normal", "personal", "private", "confidential"]),
    ("importance", &["low", "normal", "high"]),
    ("onlineMeetingProvider", &["unknown", "teamsForBusiness", "skypeForBusiness", "skypeForConsumer"]),
];
const FLAGS: [&str; 6] =
    ["isAllDay", "isOnlineMeeting", "isReminderOn", "responseRequested", "allowNewTimeProposals", "hideAttendees"];
/// Objects and lists that are only stored.
const STORED: [&str; 3] = ["location", "locations", "categories"];
/// The most attendees of an event.
const MOST_ATTENDEES: usize = 500;

/// Checks a body: each property is one of an event, of its type, and not the server's.
pub(crate) fn check(body: &Json) -> Result<&Map<String, Json>, Refusal> {
    let fields = body.as_object().ok_or_else(|| unreadable("The body is no JSON object."))?;
    fields.iter().try_for_each(|(name, value)| property(name, value))?;
    Ok(fields)
}

fn property(name: &str, value: &Json) -> Result<(), Refusal> {
    if READ_ONLY.contains(&name) {
        return Err(Refusal::new(400, "ErrorInvalidPropertySet", format!("The property '{name}' is read-only.")));
    }
    let wrong = || Err(unreadable(format!("The value of '{name}' does not have the type of the property: {value}.")));
    if let Some((_, words)) = WORDS.iter().find(|(word, _)| *word == name) {
        return if value.as_str().is_some_and(|value| words.contains(&value)) { Ok(()) } else { wrong() };
    }
    let fits = match name {
        "subject" | "transactionId" => value.is_string() || value.is_null(),
        "body" => {
            let kind = value["contentType"].as_str().unwrap_or("text");
            value.is_object() && value["content"].is_string() && matches!(kind.to_lowercase().as_str(), "text" | "html")
        }
        "start" | "end" => value.is_object(),
        "reminderMinutesBeforeStart" => value.is_i64() || value.is_u64(),
        "attendees" | "singleValueExtendedProperties" => value.is_array(),
        "recurrence" => value.is_object() || value.is_null(),
        "originalStartTimeZone" | "originalEndTimeZone" | "@odata.type" => value.is_string(),
        name if FLAGS.contains(&name) => value.is_boolean(),
        name if STORED.contains(&name) => value.is_object() || value.is_array(),
        _ => {
            let message = format!(
                "The property '{name}' does not exist on type 'microsoft.graph.event'. Make sure to only use property \
                 names that are defined by the type."
            );
            return Err(unreadable(message));
        }
    };
    if fits { Ok(()) } else { wrong() }
}

/// The details of a new event; `owner` is the name and address of its organizer.
pub(crate) fn details(fields: &Map<String, Json>, owner: &(String, String)) -> Result<Details, Refusal> {
    let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) else {
        return Err(Refusal::new(400, "ErrorInvalidRequest", "start and end are required."));
    };
    let usual = json!({
        "subject": "", "bodyPreview": "", "body": {"contentType": "html", "content": ""}, "importance": "normal",
        "sensitivity": "normal", "showAs": "busy", "isReminderOn": true, "reminderMinutesBeforeStart": 15,
        "responseRequested": true, "allowNewTimeProposals": true, "hideAttendees": false, "categories": [],
        "location": {"displayName": ""}, "locations": [],
    });
    let mut details = Details {
        start: Moment::parse("start", start)?,
        end: Moment::parse("end", end)?,
        is_all_day: false,
        is_cancelled: false,
        attendees: Vec::new(),
        organizer: owner.clone(),
        response: "organizer".to_owned(),
        online: None,
        extended: std::collections::BTreeMap::new(),
        odd_zone: None,
        properties: usual.as_object().cloned().unwrap_or_default(),
    };
    apply(&mut details, fields)?;
    Ok(details)
}

/// Changes details by a checked body. Whether an event is an online meeting is decided once: later changes of it are
/// ignored, but a body without the link ends it.
///
/// <https://learn.microsoft.com/graph/outlook-calendar-online-meetings>
pub(crate) fn apply(details: &mut Details, fields: &Map<String, Json>) -> Result<(), Refusal> {
    for (name, value) in fields {
        match name.as_str() {
            "start" => details.start = Moment::parse("start", value)?,
            "end" => details.end = Moment::parse("end", value)?,
            "isAllDay" => details.is_all_day = value == true,
            "attendees" => details.attendees = attendees(value, &details.attendees)?,
            "singleValueExtendedProperties" => extend(details, value)?,
            "body" => {
                let content = value["content"].as_str().unwrap_or_default();
                if details.online.as_ref().is_some_and(|online| !content.contains(&online.url)) {
                    details.online = None;
                }
                details
                    .properties
                    .insert("bodyPreview".to_owned(), json!(content.chars().take(255).collect::<String>()));
                details.properties.insert(name.clone(), value.clone());
            }
            "isOnlineMeeting" | "onlineMeetingProvider" | "transactionId" | "recurrence" | "@odata.type" => {}
            "originalStartTimeZone" | "originalEndTimeZone" => {}
            _ => drop(details.properties.insert(name.clone(), value.clone())),
        }
    }
    times(details)
}

/// Makes an event an online meeting, if its body asks for it and it is none yet.
pub(crate) fn go_online(details: &mut Details, fields: &Map<String, Json>, url: &str, pending: u64) {
    if details.online.is_some() || fields.get("isOnlineMeeting") != Some(&Json::Bool(true)) {
        return;
    }
    let provider = fields.get("onlineMeetingProvider").and_then(Json::as_str).unwrap_or("teamsForBusiness");
    let content = details.properties.get("body").and_then(|body| body["content"].as_str()).unwrap_or_default();
    let content = format!("{content}<div class=\"me-email-text\"><a href=\"{url}\">Join the meeting now</a></div>");
    details.properties.insert("body".to_owned(), json!({"contentType": "html", "content": content}));
    details.online = Some(Online { provider: provider.to_owned(), url: url.to_owned(), pending });
}

fn times(details: &Details) -> Result<(), Refusal> {
    let (start, end) = (&details.start, &details.end);
    if end.at() < start.at() {
        let message = "The event ends before it starts.";
        return Err(Refusal::new(400, "ErrorCalendarEndDateIsEarlierThanStartDate", message));
    }
    if !details.is_all_day {
        return Ok(());
    }
    let failure = |message: &str| Err(Refusal::new(400, "ErrorPropertyValidationFailure", message));
    let midnight = jiff::civil::Time::midnight();
    if start.local.time() != midnight {
        return failure("The Event.Start property for an all-day event needs to be set to midnight.");
    }
    if end.local.time() != midnight {
        return failure("The Event.End property for an all-day event needs to be set to midnight.");
    }
    if start.zone != end.zone || start.local == end.local {
        return failure("An all-day event lasts at least 24 hours, and its times are in the same time zone.");
    }
    Ok(())
}

/// Attendees; an answer that one has given before stays.
fn attendees(value: &Json, before: &[Json]) -> Result<Vec<Json>, Refusal> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    if list.len() > MOST_ATTENDEES {
        return Err(Refusal::new(400, "ErrorExceededMaxRecipientLimit", "An event has at most 500 attendees."));
    }
    let read = |attendee: &Json| {
        let address = attendee["emailAddress"]["address"].as_str().filter(|address| address.contains('@'));
        let address = address
            .ok_or_else(|| Refusal::new(400, "ErrorInvalidRecipients", "At least one recipient isn't valid."))?;
        let kind = attendee["type"].as_str().unwrap_or("required");
        if !["required", "optional", "resource"].contains(&kind) {
            return Err(unreadable(format!("'{kind}' is no type of an attendee.")));
        }
        let name = attendee["emailAddress"]["name"].as_str().unwrap_or(address);
        let known = before.iter().find(|other| other["emailAddress"]["address"] == address);
        let status = known.map_or_else(none, |known| known["status"].clone());
        Ok(json!({"type": kind, "status": status, "emailAddress": {"name": name, "address": address}}))
    };
    list.iter().map(read).collect()
}

fn none() -> Json {
    json!({"response": "none", "time": "0001-01-01T00:00:00Z"})
}

/// <https://learn.microsoft.com/graph/api/resources/extended-properties-overview>
fn extend(details: &mut Details, value: &Json) -> Result<(), Refusal> {
    for property in value.as_array().map(Vec::as_slice).unwrap_or_default() {
        let (Some(id), Some(value)) = (property["id"].as_str(), property["value"].as_str()) else {
            return Err(unreadable("An extended property has an id and a value."));
        };
        if !is_extended_id(id) {
            return Err(invalid(format!("'{id}' is no id of an extended property.")));
        }
        details.extended.insert(id.to_owned(), value.to_owned());
    }
    Ok(())
}

/// `String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color`, or with `Id 0x8124`.
pub(crate) fn is_extended_id(id: &str) -> bool {
    let mut parts = id.splitn(4, ' ');
    let [kind, set, by, name] = [parts.next(), parts.next(), parts.next(), parts.next()].map(Option::unwrap_or_default);
    let guid = set.strip_prefix('{').and_then(|set| set.strip_suffix('}')).unwrap_or_default();
    let lengths: Vec<usize> = guid.split('-').map(str::len).collect();
    let is_guid = lengths == [8, 4, 4, 4, 12] && guid.chars().all(|one| one == '-' || one.is_ascii_hexdigit());
    let kinds = ["String", "Integer", "Boolean", "Binary", "SystemTime", "Double", "CLSID", "Long"];
    kinds.contains(&kind) && is_guid && ["Name", "Id"].contains(&by) && !name.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Json {
        json!({"dateTime": time, "timeZone": "UTC"})
    }

    /// The code of the refusal of a body; none when it is taken.
    fn check_body(change: Json) -> Option<&'static str> {
        let mut body = json!({"start": at("2026-01-05T09:00:00"), "end": at("2026-01-05T10:00:00")});
        for (name, value) in change.as_object().expect("an object") {
            body[name] = value.clone();
        }
        let owner = ("Rep".to_owned(), "rep@contract.example".to_owned());
        let result = check(&body).and_then(|fields| details(fields, &owner));
        result.err().map(|refusal| refusal.code)
    }

    #[test]
    fn bodies_are_checked_as_by_graph() {
        let midnights = json!({"isAllDay": true, "start": at("2026-01-05T00:00:00"), "end": at("2026-01-06T00:00:00")});
        for (change, expected) in [
            (json!({}), None),
            (midnights, None),
            (json!({"showAs": "workingElsewhere", "sensitivity": "private"}), None),
            (json!({"showAs": "away"}), Some("RequestBodyRead")),
            (json!({"colour": "red"}), Some("RequestBodyRead")),
            (json!({"isAllDay": "yes"}), Some("RequestBodyRead")),
            (json!({"iCalUId": "mine"}), Some("ErrorInvalidPropertySet")),
            (json!({"isAllDay": true}), Some("ErrorPropertyValidationFailure")),
            (json!({"isAllDay": true, "start": at("2026-01-05T00:00:00")}), Some("ErrorPropertyValidationFailure")),
            (json!({"end": at("2026-01-05T08:00:00")}), Some("ErrorCalendarEndDateIsEarlierThanStartDate")),
            (json!({"start": at("2026-01-05T09:00:00Z")}), Some("ErrorInvalidParameter")),
            (
                json!({"start": {"dateTime": "2026-01-05T09:00:00", "timeZone": "Nowhere"}}),
                Some("TimeZoneNotSupportedException"),
            ),
            (json!({"attendees": [{"emailAddress": {"address": "lead"}}]}), Some("ErrorInvalidRecipients")),
            (
                json!({"singleValueExtendedProperties": [{"id": "Color", "value": "red"}]}),
                Some("ErrorInvalidParameter"),
            ),
        ] {
            assert_eq!(check_body(change.clone()), expected, "{change}");
        }
    }

    #[test]
    fn an_extended_property_has_a_type_a_set_and_a_name() {
        assert!(is_extended_id("String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Knock meeting"));
        assert!(!is_extended_id("String 66f5a359-4659-4830-9070-00047ec6ac6e Name Knock"));
        assert!(!is_extended_id("Text {66f5a359-4659-4830-9070-00047ec6ac6e} Name Knock"));
    }
}
