//! A meeting as mail programs and calendars take it (SC-12).

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use jiff::Timestamp;
use knock_model::{Description, Location, Millis, PersonName, Subject};

/// The method of an invite, for the recipient's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Adds the meeting, or changes it where the sequence is higher.
    Request,
    /// Takes it out.
    Cancel,
}

impl Method {
    /// The word of the header `Content-Type` and of the calendar.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Request => "REQUEST",
            Method::Cancel => "CANCEL",
        }
    }
}

/// A participant of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The name; empty for none.
    pub name: PersonName,
    pub email: String,
}

impl Party {
    /// Whether other mail servers can reach the address: that of the first admin, `admin@localhost`, is none of them.
    pub fn is_reachable(&self) -> bool {
        self.email.rsplit_once('@').is_some_and(|(_, domain)| domain.trim_end_matches('.').contains('.'))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The id that mail and calendar share for as long as the meeting lives.
    pub uid: String,
    /// 0 at the booking, one more with every change.
    pub sequence: u32,
    /// The instant of this version.
    pub at: Millis,
    pub start: Millis,
    pub end: Millis,
    pub title: Subject,
    pub description: Description,
    /// The location; empty for none.
    pub place: Location,
    /// The page of the meeting; empty for none.
    pub url: String,
    /// The organizer; without an address no party is named: a calendar server may mail the parties of an event, and
    /// programs take no request without an organizer.
    pub organizer: Party,
    /// The participants beside the organizer; a rep who organizes it may be one of them.
    pub guests: Vec<Party>,
    /// The alarm, in minutes before the start; none for none. A cancelled meeting has none.
    pub alarm_min: Option<u32>,
}

/// The alarm of a meeting, in minutes before its start.
pub const ALARM_MIN: u32 = 15;

/// The property with the sequence of the version that was stored in a calendar.
pub const STORED_SEQUENCE: &str = "X-KNOCK-SEQUENCE";

impl Invitation {
    /// The calendar of a mail or a download; without an organizer it asks for no answer.
    pub fn mailed(&self, method: Method) -> String {
        let mut calendar = calendar(self.event(method == Method::Cancel));
        if self.has_organizer() {
            calendar.append_property(Property::new("METHOD", method.as_str()));
        }
        if method == Method::Cancel { calendar.to_string() } else { self.with_alarm(&calendar.to_string()) }
    }

    /// The form for storage in a calendar, which has no method (RFC 4791, 4.1). It has the sequence in a property of its
    /// own: programs raise `SEQUENCE` when the owner changes the event there.
    pub fn stored(&self) -> String {
        let mut event = self.event(false);
        event.append_property(Property::new(STORED_SEQUENCE, self.sequence.to_string()));
        self.with_alarm(&calendar(event).to_string())
    }

    /// Adds the alarm (RFC 5545, 3.6.6). The library would give it a random id and the time of the machine: each version
    /// of one file would differ from the others.
    fn with_alarm(&self, calendar: &str) -> String {
        let Some(minutes) = self.alarm_min else { return calendar.to_owned() };
        let description: Result<String, _> = Property::new("DESCRIPTION", &*self.title).try_into();
        let description = description.unwrap_or_default();
        let alarm = format!("BEGIN:VALARM\r\nACTION:DISPLAY\r\n{description}TRIGGER:-PT{minutes}M\r\nEND:VALARM\r\n");
        calendar.replacen("\r\nEND:VEVENT\r\n", &format!("\r\n{alarm}END:VEVENT\r\n"), 1)
    }

    fn has_organizer(&self) -> bool {
        !self.organizer.email.is_empty()
    }

    fn event(&self, is_cancelled: bool) -> Event {
        let mut event = Event::new();
        event.uid(&self.uid).sequence(self.sequence).summary(&self.title).description(&self.description);
        event.status(if is_cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
        // In UTC: long descriptions of zones have broken imports, and a single meeting needs none.
        for (name, at) in [("DTSTAMP", self.at), ("DTSTART", self.start), ("DTEND", self.end)] {
            event.append_property(Property::new(name, utc(at)));
        }
        if !self.place.is_empty() {
            event.location(&self.place);
        }
        event.append_property(Property::new("TRANSP", "OPAQUE"));
        if !self.url.is_empty() {
            event.append_property(Property::new("URL", plain(&self.url)));
        }
        if self.has_organizer() {
            event.append_property(party("ORGANIZER", &self.organizer));
        }
        for guest in self.guests.iter().filter(|_| self.has_organizer()) {
            let mut attendee = party("ATTENDEE", guest);
            for (name, value) in [("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "ACCEPTED"), ("RSVP", "TRUE")] {
                attendee.add_parameter(name, value);
            }
            event.append_multi_property(attendee);
        }
        event
    }
}

fn calendar(event: Event) -> Calendar {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Knock//Meetings//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.push(event);
    calendar
}

fn party(property: &str, Party { name, email }: &Party) -> Property {
    let mut party = Property::new(property, format!("mailto:{}", plain(email)));
    let name = plain(name);
    if !name.is_empty() {
        party.add_parameter("CN", &format!("\"{name}\""));
    }
    party
}

/// Without what would end a parameter or a line.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && *c != '"').collect()
}

fn utc(at: Millis) -> String {
    Timestamp::from_millisecond(at.0).map_or_else(|_| String::new(), |at| at.strftime("%Y%m%dT%H%M%SZ").to_string())
}
