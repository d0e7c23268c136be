//! An event of a calendar: whether it blocks its owner's time, and when
//! (<https://developers.google.com/workspace/calendar/api/v3/reference/events>).

use crate::entry::UID;
use crate::when::When;
use jiff::Timestamp;
use knock_model::Millis;
use knock_ports::{BusyQuery, UnreadEvent, ZONES_APART};
use knock_scheduling::{Block, Extent, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Event {
    pub(crate) id: String,
    status: String,
    summary: String,
    start: When,
    end: When,
    transparency: String,
    event_type: String,
    #[serde(rename = "iCalUID")]
    ical_uid: String,
    attendees: Vec<Attendee>,
    extended_properties: Properties,
    working_location_properties: WorkingLocation,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Attendee {
    email: String,
    /// Whether it is the one whose calendar this is.
    #[serde(rename = "self")]
    is_self: bool,
    response_status: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Properties {
    private: BTreeMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct WorkingLocation {
    #[serde(rename = "type")]
    place: String,
}

/// Reads events for a question.
pub(crate) struct Reader<'r> {
    pub(crate) query: &'r BusyQuery,
    /// The address of the account.
    pub(crate) email: &'r str,
}

impl Reader<'_> {
    /// The block of an event with its UID; none if it blocks nothing or does not touch the window.
    ///
    /// # Errors
    /// When its time cannot be read: it is never free then.
    pub(crate) fn block(&self, event: &Event) -> Result<Option<(Option<String>, Block)>, UnreadEvent> {
        let window = self.query.window;
        if !self.is_busy(event) || !event.may_touch(window) {
            return Ok(None);
        }
        let extent = event.extent().ok_or_else(|| unreadable(event))?;
        let is_outside = |span: Span| span.end <= window.start || span.start >= window.end;
        if matches!(extent, Extent::Instants(span) if is_outside(span)) {
            return Ok(None);
        }
        let none = Millis(0);
        let block = Block { extent, buffer_before: none, buffer_after: none, is_meeting: false };
        Ok(Some((event.uid(), block)))
    }

    /// Whether an event blocks. Absences do, whatever they are shown as; a working location is shown as free, and may
    /// be at another place.
    fn is_busy(&self, event: &Event) -> bool {
        let policy = self.query.policy;
        let answer = self.answer(event);
        if event.is_cancelled() || answer == "declined" {
            return false;
        }
        match event.event_type.as_str() {
            "birthday" => return false,
            "outOfOffice" => return true,
            "workingLocation" => {
                let is_at_work =
                    matches!(event.working_location_properties.place.as_str(), "homeOffice" | "officeLocation");
                return policy.elsewhere && !is_at_work;
            }
            _ => {}
        }
        match (event.transparency.as_str(), answer) {
            ("transparent", _) => false,
            (_, "needsAction") => policy.unanswered,
            (_, "tentative") => policy.tentative,
            _ => event.status != "tentative" || policy.tentative,
        }
    }

    /// The owner's answer to an invitation; empty without one.
    fn answer<'e>(&self, event: &'e Event) -> &'e str {
        let own = [self.query.owner.as_str(), self.email];
        let is_own = |attendee: &&Attendee| own.iter().any(|email| attendee.email.eq_ignore_ascii_case(email));
        let own = || event.attendees.iter().find(is_own);
        let found = event.attendees.iter().find(|attendee| attendee.is_self).or_else(own);
        found.map_or("", |attendee| attendee.response_status.as_str())
    }
}

impl Event {
    /// A meeting of ours has its own UID; Google's for it would be another one.
    fn uid(&self) -> Option<String> {
        let own = self.extended_properties.private.get(UID).unwrap_or(&self.ical_uid);
        Some(own.clone()).filter(|uid| !uid.is_empty())
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.status == "cancelled"
    }

    /// Its start, a day as if in UTC; none if it cannot be read.
    pub(crate) fn from(&self) -> Option<Millis> {
        self.start.at()
    }

    /// Whether it may touch a window, whichever zone its days are of. A time that cannot be read may be any.
    pub(crate) fn may_touch(&self, window: Span) -> bool {
        let (from, to) = (self.start.at(), self.end.at());
        let last = to.map(|to| from.map_or(to, |from| from.max(to)));
        from.is_none_or(|from| from - ZONES_APART < window.end) && last.is_none_or(|to| to + ZONES_APART > window.start)
    }

    /// Without what is never looked at: it may be in memory for long.
    pub(crate) fn slim(mut self) -> Event {
        if self.attendees.iter().any(|attendee| attendee.is_self) {
            self.attendees.retain(|attendee| attendee.is_self);
            self.attendees.shrink_to_fit();
        }
        self.extended_properties.private.retain(|name, _| name == UID);
        self
    }

    fn extent(&self) -> Option<Extent> {
        if let (Some(from), Some(to)) = (&self.start.date, &self.end.date) {
            let (from, to) = (from.parse().ok()?, to.parse().ok()?);
            return (from < to).then_some(Extent::Days(from, to));
        }
        let span = Span { start: self.start.instant()?, end: self.end.instant()? };
        (span.start <= span.end).then_some(Extent::Instants(span))
    }
}

/// An event whose time cannot be read, for its owner.
fn unreadable(event: &Event) -> UnreadEvent {
    let day = event.from().and_then(|at| Timestamp::from_millisecond(at.0).ok());
    let day = day.map(|at| at.to_string().chars().take(10).collect()).unwrap_or_default();
    UnreadEvent { title: event.summary.clone(), day, reason: "Google gives no time that can be read".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_ports::BusyPolicy;
    use serde_json::{Value as Json, json};

    const ALL: BusyPolicy = BusyPolicy { tentative: true, unanswered: true, elsewhere: true };
    const NONE: BusyPolicy = BusyPolicy { tentative: false, unanswered: false, elsewhere: false };

    fn query(policy: BusyPolicy) -> BusyQuery {
        let day = Millis::DAY.0;
        let window = Span { start: Millis(20_000 * day), end: Millis(21_000 * day) };
        BusyQuery { window, zone: "Europe/Berlin".to_owned(), owner: "ann@acme.example".to_owned(), policy }
    }

    fn event(mut fields: Json) -> Event {
        for name in ["start", "end"] {
            if fields[name].is_null() {
                fields[name] =
                    json!({"dateTime": format!("2026-11-10T{}:00Z", if name == "start" { "09:00" } else { "10:00" })});
            }
        }
        serde_json::from_value(fields).expect("an event")
    }

    fn is_busy(policy: BusyPolicy, fields: &Json) -> bool {
        let query = query(policy);
        let reader = Reader { query: &query, email: "ann@gmail.example" };
        reader.block(&event(fields.clone())).expect("it is read").is_some()
    }

    #[test]
    fn what_blocks_is_a_matter_of_kind_answer_and_policy() {
        let kind = |kind: &str| json!({"eventType": kind});
        let free = |kind: &str| json!({"eventType": kind, "transparency": "transparent"});
        let own =
            |answer: &str| json!({"attendees": [{"email": "x@y.example", "self": true, "responseStatus": answer}]});
        let place = |place: &str| json!({"eventType": "workingLocation", "transparency": "transparent", "workingLocationProperties": {"type": place}});
        // Whether it blocks with no policy, and with all of them.
        for (fields, with_none, with_all) in [
            (json!({}), true, true),
            (json!({"status": "confirmed", "transparency": "opaque"}), true, true),
            (json!({"transparency": "transparent"}), false, false),
            (json!({"status": "cancelled"}), false, false),
            (json!({"status": "tentative"}), false, true),
            (own("tentative"), false, true),
            (own("needsAction"), false, true),
            (own("accepted"), true, true),
            (own("declined"), false, false),
            (json!({"visibility": "private"}), true, true),
            (kind("fromGmail"), true, true),
            (kind("focusTime"), true, true),
            (free("focusTime"), false, false),
            (free("outOfOffice"), true, true),
            (kind("birthday"), false, false),
            (kind("of another time"), true, true),
            (place("homeOffice"), false, false),
            (place("officeLocation"), false, false),
            (place("customLocation"), false, true),
        ] {
            assert_eq!((is_busy(NONE, &fields), is_busy(ALL, &fields)), (with_none, with_all), "{fields}");
        }
    }

    #[test]
    fn the_answer_is_that_of_the_calendar_or_of_either_address_of_its_owner() {
        let guest = |email: &str, answer: &str| json!({"email": email, "responseStatus": answer});
        for (attendees, expected) in [
            (json!([guest("Ann@Acme.example", "declined")]), false),
            (json!([guest("ann@gmail.example", "declined")]), false),
            (json!([guest("bo@acme.example", "declined")]), true),
            (json!([guest("ann@acme.example", "declined"), {"self": true, "responseStatus": "accepted"}]), true),
        ] {
            assert_eq!(is_busy(ALL, &json!({"attendees": attendees})), expected, "{attendees}");
        }
    }

    #[test]
    fn times_are_instants_or_days() {
        let query = query(ALL);
        let reader = Reader { query: &query, email: "" };
        let extent = |start: Json, end: Json| {
            let block = reader.block(&event(json!({"summary": "Fair", "start": start, "end": end})));
            block.map(|block| block.expect("it blocks").1.extent)
        };
        let days = extent(json!({"date": "2026-11-12"}), json!({"date": "2026-11-14"})).expect("days");
        assert_eq!(days, Extent::Days(jiff::civil::date(2026, 11, 12), jiff::civil::date(2026, 11, 14)));
        let at = |text: &str| json!({"dateTime": text});
        let utc = extent(at("2026-11-10T09:00:00Z"), at("2026-11-10T10:00:00Z")).expect("instants");
        assert_eq!(extent(at("2026-11-10T10:00:00+01:00"), at("2026-11-10T11:00:00+01:00")).expect("instants"), utc);
        for (start, end) in [
            (at("2026-11-10T09:00:00"), at("2026-11-10T10:00:00")),
            (at("2026-11-10T09:00:00Z"), at("2026-11-10T08:00:00Z")),
            (at("2026-11-10T09:00:00Z"), json!({"date": "2026-11-11"})),
            (json!({"date": "2026-11-12"}), json!({"date": "2026-11-12"})),
            (json!({"date": "12 November"}), json!({"date": "2026-11-14"})),
        ] {
            let unread = extent(start.clone(), end).expect_err("it cannot be read");
            assert!(unread.title == "Fair" && !unread.reason.is_empty(), "{start} {unread:?}");
        }
    }

    #[test]
    fn an_event_may_touch_a_window_within_the_distance_of_zones_or_at_a_time_that_is_unknown() {
        let at = |text: &str| json!({"dateTime": text});
        let day = |text: &str| json!({"date": text});
        let from = |text: &str| Millis(text.parse::<Timestamp>().expect("an instant").as_millisecond());
        let window = Span { start: from("2026-11-10T00:00:00Z"), end: from("2026-11-11T00:00:00Z") };
        for (start, end, expected) in [
            (day("2026-11-07"), day("2026-11-09"), true),
            (day("2026-11-07"), day("2026-11-08"), false),
            (day("2026-11-12"), day("2026-11-13"), true),
            (day("2026-11-13"), day("2026-11-14"), false),
            (at("2026-11-01T09:00:00Z"), at("later"), true),
            (at("2026-11-20T09:00:00Z"), at("later"), false),
            (at("earlier"), at("2026-11-20T09:00:00Z"), true),
            (at("2026-11-10T09:00:00Z"), at("2026-11-01T09:00:00Z"), true),
        ] {
            assert_eq!(event(json!({"start": start, "end": end})).may_touch(window), expected, "{start} {end}");
        }
    }

    #[test]
    fn a_meeting_of_ours_has_our_uid() {
        let own = json!({"iCalUID": "g@google.com", "extendedProperties": {"private": {UID: "m@knock"}}});
        for (fields, expected) in
            [(own, Some("m@knock")), (json!({"iCalUID": "g@google.com"}), Some("g@google.com")), (json!({}), None)]
        {
            assert_eq!(event(fields).uid().as_deref(), expected);
        }
    }
}
