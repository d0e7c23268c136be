//! Meetings as events: one each, with an id that follows from the meeting's UID
//! (<https://developers.google.com/workspace/calendar/api/v3/reference/events/insert>).

use crate::api::Api;
use crate::client::Call;
use crate::outcome::{Fault, Kind};
use data_encoding::BASE32_DNSSEC;
use jiff::Timestamp;
use knock_model::Millis;
use knock_ports::CalendarEntry;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// The private properties of our events: the UID of the meeting, and the number of the version.
pub(crate) const UID: &str = "knock_uid";
const SEQUENCE: &str = "knock_sequence";
/// What ids begin with, so that an id is never shorter than the five characters that Google wants.
const PREFIX: &str = "knock";
/// The longest UID, in bytes: ids have at most 1,024 characters.
const LONGEST_UID: usize = 600;
/// How often an event is read and written again that other programs change meanwhile.
const ATTEMPTS: usize = 4;

/// The event as it is at Google; a deleted one is still there.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Known {
    /// Empty for any version.
    etag: String,
    status: String,
    extended_properties: Properties,
    conference_data: Option<Json>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Properties {
    private: BTreeMap<String, String>,
}

impl Known {
    /// Whether nothing is to be written: what differs in this version or in a newer one is its owner's doing.
    fn has(&self, entry: &CalendarEntry) -> bool {
        let stored = self.extended_properties.private.get(SEQUENCE).and_then(|number| number.parse::<u32>().ok());
        self.status != "cancelled" && stored.is_some_and(|stored| stored >= entry.sequence)
    }
}

/// An event of a calendar.
struct Place<'p> {
    api: &'p Api,
    calendar: &'p str,
    id: String,
}

/// Puts an entry as it is now. It is not written where this version or a newer one is there; a deleted one is revived.
pub(crate) async fn put(api: &Api, calendar: &str, entry: &CalendarEntry) -> Result<(), Fault> {
    let place = Place { api, calendar, id: id(&entry.uid)? };
    // A new meeting is most likely not there, a changed one is.
    let mut known = if entry.sequence == 0 { None } else { place.known().await? };
    let (mut last, mut asks) = (None, entry.has_conference);
    for _ in 0..ATTEMPTS {
        let written = match &known {
            None => place.insert(entry, asks).await,
            Some(known) if known.has(entry) => return Ok(()),
            Some(known) => place.patch(entry, known, asks).await,
        };
        // Not every calendar may have conferences. The meeting matters more.
        if asks && matches!(&written, Err(fault) if fault.kind == Kind::Wrong) {
            asks = false;
            continue;
        }
        let fault = match written {
            Err(fault) if fault.kind == Kind::Missing && known.is_none() => return Err(fault),
            Err(fault) if matches!(fault.kind, Kind::Conflict | Kind::Changed | Kind::Missing) => fault,
            written => return written,
        };
        known = place.known().await?;
        if fault.kind == Kind::Conflict {
            // An id that is used up is there, even where Google does not show it any more.
            known = known.or_else(|| Some(Known::default()));
        }
        last = Some(fault);
    }
    let words = last.map_or_else(String::new, |fault| format!(" ({})", fault.words));
    Err(Fault::new(Kind::Later(None), format!("the event is being changed by another program{words}")))
}

/// Removes the event of a meeting; one that is not there is removed.
pub(crate) async fn remove(api: &Api, calendar: &str, uid: &str) -> Result<(), Fault> {
    let place = Place { api, calendar, id: id(uid)? };
    let path = place.path();
    let call = Call { method: "DELETE", path, query: quiet(), ..Call::default() };
    match api.call(&call).await {
        Err(fault) if fault.kind == Kind::Missing => Ok(()),
        answered => answered.map(drop),
    }
}

impl Place<'_> {
    fn path(&self) -> Vec<&str> {
        vec!["calendars", self.calendar, "events", &self.id]
    }

    async fn known(&self) -> Result<Option<Known>, Fault> {
        match self.api.read(&Call::get(self.path(), Vec::new())).await {
            Err(fault) if fault.kind == Kind::Missing => Ok(None),
            read => read.map(Some),
        }
    }

    async fn insert(&self, entry: &CalendarEntry, asks: bool) -> Result<(), Fault> {
        let mut body = fields(entry)?;
        body["id"] = json!(self.id);
        body["transparency"] = json!("opaque");
        body["reminders"] = json!({"useDefault": true});
        let path = vec!["calendars", self.calendar, "events"];
        let query = if asks { self.with_conference(entry, &mut body) } else { quiet() };
        let call = Call { method: "POST", path, query, body: Some(body), ..Call::default() };
        self.api.call(&call).await.map(drop)
    }

    /// Changes what is ours. The status revives a deleted event; guests, reminders and conferences of others stay.
    async fn patch(&self, entry: &CalendarEntry, known: &Known, asks: bool) -> Result<(), Fault> {
        let mut body = fields(entry)?;
        let asks = asks && known.conference_data.is_none();
        let query = if asks { self.with_conference(entry, &mut body) } else { quiet() };
        let (path, if_match) = (self.path(), known.etag.clone());
        let call = Call { method: "PATCH", path, query, if_match, body: Some(body) };
        self.api.call(&call).await.map(drop)
    }

    /// Asks for a conference, which Google makes once for each request id. The query of that.
    fn with_conference(&self, entry: &CalendarEntry, body: &mut Json) -> Vec<(&'static str, String)> {
        let request = format!("{}-{}-{}", self.id, entry.sequence, BASE32_DNSSEC.encode(self.calendar.as_bytes()));
        let kind = json!({"type": "hangoutsMeet"});
        body["conferenceData"] = json!({"createRequest": {"requestId": request, "conferenceSolutionKey": kind}});
        let mut query = quiet();
        query.push(("conferenceDataVersion", "1".to_owned()));
        query
    }
}

/// Guests that the owner added get no mail of ours.
fn quiet() -> Vec<(&'static str, String)> {
    vec![("sendUpdates", "none".to_owned())]
}

/// The fields of an event that are ours.
fn fields(entry: &CalendarEntry) -> Result<Json, Fault> {
    Ok(json!({
        "status": "confirmed",
        "summary": entry.title.as_str(),
        "description": escaped(entry.description.as_str()),
        "location": entry.place.as_str(),
        "start": time(entry.start)?,
        "end": time(entry.end)?,
        "extendedProperties": {"private": {UID: entry.uid, SEQUENCE: entry.sequence.to_string()}},
    }))
}

/// An instant. Without a date, so that an event becomes one of instants again that its owner made last whole days.
fn time(at: Millis) -> Result<Json, Fault> {
    let at = Timestamp::from_millisecond(at.0);
    let at = at.map_err(|_| Fault::new(Kind::Wrong, "the time of the meeting is beyond what a calendar has"))?;
    Ok(json!({"date": null, "dateTime": at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()}))
}

/// Plain text as HTML, which Google shows in descriptions: `<ann@acme.example>` would be a tag.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The id of a meeting's event: its UID in base32hex, whose characters are all that Google takes.
pub(crate) fn id(uid: &str) -> Result<String, Fault> {
    if uid.len() > LONGEST_UID {
        return Err(Fault::new(Kind::Wrong, "the UID of the meeting is too long for Google"));
    }
    Ok(format!("{PREFIX}{}", BASE32_DNSSEC.encode(uid.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_characters_and_the_length_that_google_takes() {
        let longest = "x".repeat(LONGEST_UID);
        for uid in ["", "0198f2a4-meeting@knock", "\u{e9}\u{1f44b}", longest.as_str()] {
            let id = id(uid).expect("an id");
            assert!((5..=1_024).contains(&id.len()), "{}", id.len());
            assert!(id.bytes().all(|byte| matches!(byte, b'a'..=b'v' | b'0'..=b'9')), "{id}");
        }
        assert!(id(&"x".repeat(LONGEST_UID + 1)).is_err());
        assert_ne!(id("a").expect("an id"), id("b").expect("an id"));
    }

    #[test]
    fn texts_are_no_tags() {
        assert_eq!(escaped("Q&A with Ann <ann@acme.example>"), "Q&amp;A with Ann &lt;ann@acme.example&gt;");
    }
}
