//! An event of a calendar as busy time of its owner.

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_ports::{BusyPolicy, UnreadEvent};
use knock_scheduling::{Block, Extent, Span};
use serde::Deserialize;
use serde_json::Value as Json;

/// What is asked for of each event.
pub(crate) const FIELDS: &str = "subject,start,end,isAllDay,isCancelled,isOrganizer,showAs,responseStatus,iCalUId";

/// The names of UTC in answers: of Windows, of IANA, and of Outlook.
const UTC: [&str; 4] = ["UTC", "Etc/UTC", "Etc/GMT", "tzone://Microsoft/Utc"];

/// An event that blocks, with its UID.
pub(crate) type Blocking = (Option<String>, Block);

/// An event whose time cannot be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) event: UnreadEvent,
    /// Its local start and end as if in UTC, as far as they can be read.
    pub(crate) from: Option<Millis>,
    pub(crate) to: Option<Millis>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Event {
    is_all_day: Option<bool>,
    is_cancelled: Option<bool>,
    is_organizer: Option<bool>,
    show_as: Option<String>,
    response_status: Option<Response>,
    start: Option<When>,
    end: Option<When>,
    i_cal_u_id: Option<String>,
    single_value_extended_properties: Option<Vec<Property>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Response {
    response: Option<String>,
}

/// A local time and the name of its zone (`dateTimeTimeZone`).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct When {
    date_time: String,
    time_zone: String,
}

#[derive(Deserialize)]
struct Property {
    value: String,
}

/// The block of an event; none where it does not block or has no length.
///
/// # Errors
/// The event, if it may block and its time cannot be known.
pub(crate) fn read(json: &Json, policy: BusyPolicy) -> Result<Option<Blocking>, Unread> {
    let unread = |reason: String| {
        let local = |name: &str| json[name]["dateTime"].as_str()?.parse::<DateTime>().ok();
        let as_utc = |at: DateTime| Some(Millis(TimeZone::UTC.to_timestamp(at).ok()?.as_millisecond()));
        let day = local("start").map(|at| at.date().to_string()).unwrap_or_default();
        let title = json["subject"].as_str().unwrap_or_default().to_owned();
        let (from, to) = (local("start").and_then(as_utc), local("end").and_then(as_utc));
        Unread { event: UnreadEvent { title, day, reason }, from, to }
    };
    let event = Event::deserialize(json).map_err(|error| unread(format!("its form is not known: {error}")))?;
    if !event.blocks(policy) {
        return Ok(None);
    }
    let none = Millis(0);
    let block = |extent| Block { extent, buffer_before: none, buffer_after: none, is_meeting: false };
    Ok(event.extent().map_err(unread)?.map(|extent| (event.uid(), block(extent))))
}

/// The instants between which an event is; none where they cannot be known, where it takes whole days, and where it has
/// no length.
pub(crate) fn instants(json: &Json) -> Option<Span> {
    let event = Event::deserialize(json).ok().filter(|event| event.is_all_day != Some(true))?;
    match event.extent().ok()?? {
        Extent::Instants(span) => Some(span),
        Extent::Days(..) => None,
    }
}

impl Event {
    /// Whether it blocks. Outlook shows an invitation as tentative until it is answered; what it shows otherwise, and
    /// anything it may show one day, is busy time.
    fn blocks(&self, policy: BusyPolicy) -> bool {
        let response = self.response_status.as_ref().and_then(|status| status.response.as_deref());
        let shown = self.show_as.as_deref().unwrap_or_default();
        if self.is_cancelled == Some(true) || response == Some("declined") || shown == "free" {
            return false;
        }
        if response == Some("notResponded") && self.is_organizer != Some(true) {
            return policy.unanswered;
        }
        match shown {
            "tentative" => policy.tentative,
            "workingElsewhere" => policy.elsewhere,
            _ => true,
        }
    }

    /// The UID of a meeting that was put here; of any other event, Outlook's own.
    fn uid(&self) -> Option<String> {
        let own = self.single_value_extended_properties.as_ref().and_then(|all| all.first());
        own.map(|property| property.value.clone()).or_else(|| self.i_cal_u_id.clone()).filter(|uid| !uid.is_empty())
    }

    fn extent(&self) -> Result<Option<Extent>, String> {
        let (Some(start), Some(end)) = (&self.start, &self.end) else {
            return Err("it has no start or no end".to_owned());
        };
        let (from, to) = (start.local()?, end.local()?);
        if to < from {
            return Err("it ends before it starts".to_owned());
        }
        let is_midnight = |at: DateTime| at.time() == Time::midnight();
        // Whole days are midnights in every answer, whatever the zone that was asked for: they are dates.
        if self.is_all_day == Some(true) && is_midnight(from) && is_midnight(to) {
            let next = || from.date().tomorrow().map_err(|_| "its day is out of range".to_owned());
            let until = if to == from { next()? } else { to.date() };
            return Ok(Some(Extent::Days(from.date(), until)));
        }
        let span = Span { start: start.instant(from)?, end: end.instant(to)? };
        Ok((!span.is_empty()).then_some(Extent::Instants(span)))
    }
}

impl When {
    fn local(&self) -> Result<DateTime, String> {
        self.date_time.parse().map_err(|_| format!("`{}` is no time", self.date_time))
    }

    /// The instant of a local time. UTC is asked for: a local time in another zone may be meant twice, or in a zone of
    /// Outlook's own.
    fn instant(&self, local: DateTime) -> Result<Millis, String> {
        let zone = &self.time_zone;
        if !UTC.iter().any(|utc| utc.eq_ignore_ascii_case(zone)) {
            return Err(format!("its time is in the zone `{zone}` and not in UTC"));
        }
        let instant = TimeZone::UTC.to_timestamp(local).map_err(|_| "its time is out of range".to_owned())?;
        Ok(Millis(instant.as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::json;

    fn event(start: &str, end: &str, zone: &str, more: &Json) -> Json {
        let mut event = json!({
            "subject": "Fair", "showAs": "busy", "isOrganizer": true, "isAllDay": false,
            "start": {"dateTime": start, "timeZone": zone}, "end": {"dateTime": end, "timeZone": zone},
        });
        for (name, value) in more.as_object().expect("an object") {
            event[name] = value.clone();
        }
        event
    }

    #[test]
    fn the_policy_decides_where_it_is_the_owners_to_say() {
        let always = BusyPolicy { tentative: true, unanswered: true, elsewhere: true };
        let never = BusyPolicy { tentative: false, unanswered: false, elsewhere: false };
        let invited = |response: &str, shown: &str| json!({"showAs": shown, "isOrganizer": false, "responseStatus": {"response": response}});
        for (more, at_most, at_least) in [
            (json!({"showAs": "busy"}), true, true),
            (json!({"showAs": "oof"}), true, true),
            (json!({"showAs": "unknown"}), true, true),
            (json!({"showAs": "onAStar"}), true, true),
            (json!({"showAs": null}), true, true),
            (json!({"showAs": "free"}), false, false),
            (json!({"showAs": "tentative"}), true, false),
            (json!({"showAs": "workingElsewhere"}), true, false),
            (json!({"isCancelled": true}), false, false),
            (invited("declined", "busy"), false, false),
            (invited("accepted", "busy"), true, true),
            (invited("tentativelyAccepted", "tentative"), true, false),
            (invited("notResponded", "tentative"), true, false),
            (invited("notResponded", "free"), false, false),
            (invited("none", "busy"), true, true),
            (json!({"responseStatus": {"response": "notResponded"}}), true, true),
        ] {
            let event = event("2026-11-10T09:00:00.0000000", "2026-11-10T10:00:00.0000000", "UTC", &more);
            let blocks = |policy| read(&event, policy).expect("readable").is_some();
            assert_eq!((blocks(always), blocks(never)), (at_most, at_least), "{more}");
        }
        let unanswered = BusyPolicy { unanswered: true, ..never };
        let event = event("2026-11-10T09:00:00", "2026-11-10T10:00:00", "UTC", &invited("notResponded", "tentative"));
        assert!(read(&event, unanswered).expect("readable").is_some());
    }

    #[test]
    fn whole_days_are_the_dates_of_the_answer_in_every_zone() {
        let whole = json!({"isAllDay": true});
        for zone in ["UTC", "Pacific Standard Time", "Asia/Tokyo", "tzone://Microsoft/Custom"] {
            let fair = event("2026-11-12T00:00:00.0000000", "2026-11-14T00:00:00.0000000", zone, &whole);
            let (_, block) = read(&fair, BusyPolicy::default()).expect("readable").expect("it blocks");
            assert_eq!(block.extent, Extent::Days(date(2026, 11, 12), date(2026, 11, 14)), "{zone}");
        }
        // One that is answered in instants all the same: midnight in Berlin.
        let fair = event("2026-11-11T23:00:00", "2026-11-12T23:00:00", "UTC", &whole);
        let (_, block) = read(&fair, BusyPolicy::default()).expect("readable").expect("it blocks");
        let day = Span { start: Millis(1_794_438_000_000), end: Millis(1_794_524_400_000) };
        assert_eq!(block.extent, Extent::Instants(day));
    }

    #[test]
    fn a_time_that_cannot_be_known_is_no_free_time() {
        let none = json!({});
        for (json, day, reason) in [
            (
                event("2026-11-12T09:00:00", "2026-11-12T10:00:00", "tzone://Microsoft/Custom", &none),
                "2026-11-12",
                "zone",
            ),
            (
                event("2026-11-12T09:00:00", "2026-11-12T10:00:00", "W. Europe Standard Time", &none),
                "2026-11-12",
                "zone",
            ),
            (event("2026-11-12T09:00:00", "2026-11-12T08:00:00", "UTC", &none), "2026-11-12", "ends before"),
            (event("soon", "later", "UTC", &none), "", "no time"),
            (event("", "", "UTC", &json!({"start": null})), "", "no start"),
            (event("", "", "UTC", &json!({"isAllDay": "yes"})), "", "form"),
        ] {
            let unread = read(&json, BusyPolicy::default()).expect_err("unreadable");
            let event = unread.event;
            assert_eq!((event.title.as_str(), event.day.as_str()), ("Fair", day), "{json}");
            assert!(event.reason.contains(reason), "{}", event.reason);
        }
        let free = event("soon", "later", "UTC", &json!({"showAs": "free"}));
        assert_eq!(read(&free, BusyPolicy::default()), Ok(None));
        let reminder = event("2026-11-12T09:00:00", "2026-11-12T09:00:00", "UTC", &none);
        assert_eq!(read(&reminder, BusyPolicy::default()), Ok(None));
    }

    #[test]
    fn a_meeting_of_ours_has_its_own_uid() {
        let uid = |more: Json| {
            let event = event("2026-11-12T09:00:00", "2026-11-12T10:00:00", "UTC", &more);
            read(&event, BusyPolicy::default()).expect("readable").expect("it blocks").0
        };
        assert_eq!(uid(json!({"iCalUId": "0400"})), Some("0400".to_owned()));
        let own = json!([{"id": "String {x} Name knock_uid", "value": "m@knock"}]);
        assert_eq!(uid(json!({"iCalUId": "0400", "singleValueExtendedProperties": own})), Some("m@knock".to_owned()));
        assert_eq!(uid(json!({})), None);
    }
}
