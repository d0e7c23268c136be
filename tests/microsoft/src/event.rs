//! Events as the mailbox stores them: single ones, and series with their exceptions.
//!
//! <https://learn.microsoft.com/graph/api/resources/event>

use crate::moment::Moment;
use crate::recurrence::Recurrence;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// A stored event.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) number: u64,
    /// The number of calendars it was in before, which is part of its mutable id.
    pub(crate) moves: u64,
    pub(crate) calendar: u64,
    /// The version of the mailbox at its last change: its `changeKey`.
    pub(crate) version: u64,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    /// The client's id of the request that created it, and the body of that request.
    pub(crate) transaction: Option<(String, Json)>,
    pub(crate) uid: String,
    pub(crate) details: Details,
    pub(crate) recurrence: Option<Recurrence>,
    /// Occurrences that differ, by the date that the pattern gives them.
    pub(crate) exceptions: BTreeMap<Date, Exception>,
}

/// An occurrence that is not as its series says.
#[derive(Clone, Debug)]
pub(crate) enum Exception {
    Deleted,
    Changed(Box<Details>),
}

/// What may differ between the occurrences of a series.
#[derive(Clone, Debug)]
pub(crate) struct Details {
    pub(crate) start: Moment,
    pub(crate) end: Moment,
    pub(crate) is_all_day: bool,
    pub(crate) is_cancelled: bool,
    pub(crate) attendees: Vec<Json>,
    /// Name and address.
    pub(crate) organizer: (String, String),
    /// The owner's answer to an invitation: `organizer`, `none`, `accepted`, `tentativelyAccepted`, `declined`,
    /// `notResponded`.
    pub(crate) response: String,
    pub(crate) online: Option<Online>,
    /// Values of `singleValueExtendedProperties` by their ids.
    pub(crate) extended: BTreeMap<String, String>,
    /// The zone that answers name for its times, whatever was asked for: a client cannot know what it means.
    pub(crate) odd_zone: Option<String>,
    /// Properties that the mailbox only stores: subject, body, showAs, sensitivity, location, ...
    pub(crate) properties: Map<String, Json>,
}

/// An online meeting.
#[derive(Clone, Debug)]
pub(crate) struct Online {
    pub(crate) provider: String,
    pub(crate) url: String,
    /// Reads of the event that still lack the link.
    pub(crate) pending: u64,
}

impl Details {
    pub(crate) fn text(&self, name: &str) -> &str {
        self.properties.get(name).and_then(Json::as_str).unwrap_or_default()
    }
}

/// The kind of an instance, as `type` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Single,
    Occurrence,
    Exception,
    Master,
}

impl Kind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Kind::Single => "singleInstance",
            Kind::Occurrence => "occurrence",
            Kind::Exception => "exception",
            Kind::Master => "seriesMaster",
        }
    }
}

/// A single event, an occurrence, or a series itself.
#[derive(Clone, Debug)]
pub(crate) struct Instance<'e> {
    pub(crate) event: &'e Event,
    pub(crate) kind: Kind,
    /// Of an occurrence or an exception: the date that the pattern gives it.
    pub(crate) date: Option<Date>,
    pub(crate) start: Moment,
    pub(crate) end: Moment,
    pub(crate) details: &'e Details,
}

impl Instance<'_> {
    /// Whether it shares time with a span; one without length does at its instant.
    pub(crate) fn is_within(&self, from: Timestamp, to: Timestamp) -> bool {
        let (start, end) = (self.start.at(), self.end.at());
        start < to && (end > from || (start == end && start >= from))
    }
}

impl Event {
    /// The event itself: a single one, or the series.
    pub(crate) fn whole(&self) -> Instance<'_> {
        let kind = if self.recurrence.is_some() { Kind::Master } else { Kind::Single };
        let (start, end) = (self.details.start.clone(), self.details.end.clone());
        Instance { event: self, kind, date: None, start, end, details: &self.details }
    }

    /// The occurrence or exception of a date; none when the series has none then, or no more.
    pub(crate) fn on(&self, date: Date) -> Option<Instance<'_>> {
        let is_one = self.recurrence.as_ref()?.dates(date).last() == Some(&date);
        if is_one { self.instance(date) } else { None }
    }

    /// What a calendar view shows of it within a span.
    pub(crate) fn within(&self, from: Timestamp, to: Timestamp) -> Vec<Instance<'_>> {
        let Some(recurrence) = &self.recurrence else {
            return Some(self.whole()).filter(|whole| whole.is_within(from, to)).into_iter().collect();
        };
        // A zone is at most a day ahead, and an exception is moved by at most the distance to the next occurrence.
        let last = jiff::tz::TimeZone::UTC.to_datetime(to).date().saturating_add(jiff::ToSpan::days(400));
        let dates = recurrence.dates(last);
        dates.into_iter().filter_map(|date| self.instance(date)).filter(|one| one.is_within(from, to)).collect()
    }

    fn instance(&self, date: Date) -> Option<Instance<'_>> {
        match self.exceptions.get(&date) {
            Some(Exception::Deleted) => None,
            Some(Exception::Changed(details)) => {
                let (start, end) = (details.start.clone(), details.end.clone());
                Some(Instance { event: self, kind: Kind::Exception, date: Some(date), start, end, details })
            }
            None => {
                let (start, end) = self.times(date);
                Some(Instance {
                    event: self,
                    kind: Kind::Occurrence,
                    date: Some(date),
                    start,
                    end,
                    details: &self.details,
                })
            }
        }
    }

    /// The times of the occurrence of a date by the pattern: the clock of the series, on that day.
    pub(crate) fn times(&self, date: Date) -> (Moment, Moment) {
        let (start, end) = (&self.details.start, &self.details.end);
        let length = start.local.duration_until(end.local);
        let local = date.to_datetime(start.local.time());
        let until = local.checked_add(length).unwrap_or(local);
        (Moment { local, zone: start.zone.clone() }, Moment { local: until, zone: end.zone.clone() })
    }
}
