//! The event of a meeting, which its owner may have changed: exactly when it is, or that this is not known.

use super::component::{Component, components};
use super::event::{Entry, entries};
use super::extent::End;
use super::lines::{indented_lines, lines};
use super::moment::{Clock, When};
use super::presence::{declined, is_cancelled};
use super::zones::Zones;
use super::{Budget, Question, Takes};
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_scheduling::{Extent, Span};

/// The years of meetings, 2020 to 2069: described zones are read for them.
const YEARS: Span = Span { start: Millis(1_577_836_800_000), end: Millis(3_155_760_000_000) };

/// When an event is that was written for a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeetingTime {
    At {
        span: Span,
        /// The addresses of its guests that declined, in lower case.
        declined: Vec<String>,
    },
    /// At whole days, more than once, or at a time that cannot be known for certain.
    Unclear,
    /// It was called off, and is still there.
    Cancelled,
}

/// The event with a UID in a calendar object; none if the object has no such event. Whether it is shown as free does not
/// matter. What cannot be read at all may be it.
pub fn meeting(object: &[u8], uid: &str) -> Option<MeetingTime> {
    let Some(found) = components(&lines(object)).or_else(|| components(&indented_lines(object))) else {
        return Some(MeetingTime::Unclear);
    };
    let is_meeting = |part: &&Component| part.name == "VEVENT" && part.text("UID") == Some(uid);
    let events: Vec<&Component> = found.iter().filter(is_meeting).collect();
    if events.is_empty() {
        return None;
    }
    if events.iter().all(|event| is_cancelled(event)) {
        return Some(MeetingTime::Cancelled);
    }
    // Of several versions or instances none is the time of the meeting.
    let [event] = events.as_slice() else { return Some(MeetingTime::Unclear) };
    let at = |span| MeetingTime::At { span, declined: declined(event) };
    Some(time(event, &found).map_or(MeetingTime::Unclear, at))
}

/// The time of an event that takes place once; none if there is any doubt.
fn time(event: &Component, all: &[Component]) -> Option<Span> {
    let mut budget = Budget::default();
    let zones = Zones::of(all, YEARS, &mut budget);
    let takes = Takes { tentative: true, unanswered: true, elsewhere: true };
    // Times by the clock of the owner are not taken: it is not known here.
    let own = TimeZone::UTC;
    let question = Question { window: YEARS, zone: &own, addresses: &[], takes };
    let read = entries(event, &zones, &question);
    let [Ok(entry)] = read.as_slice() else { return None };
    let lasting = entry.end.of(&entry.start, &entry.start, &own)?;
    let is_exact = is_once(entry) && has_one_end(event) && !lasting.is_backwards;
    match lasting.extent {
        Extent::Instants(span) if is_exact => {
            (YEARS.start <= span.start && span.start < span.end && span.end <= YEARS.end).then_some(span)
        }
        Extent::Instants(_) | Extent::Days(..) => None,
    }
}

/// Whether it takes place once, at times by clocks that are known.
fn is_once(entry: &Entry) -> bool {
    let is_known = |when: &When| matches!(when, When::At(_, Clock::Zone(_)));
    let ends = match &entry.end {
        End::Until(end) => is_known(end),
        End::For(_) => true,
        End::Unsaid | End::Unknown => false,
    };
    let repeats = !entry.rules.is_empty() || !entry.extra.is_empty() || entry.instead_of.is_some();
    is_known(&entry.start) && ends && !repeats && entry.doubts.is_empty()
}

/// Whether one property says its end: programs differ in which of several they follow.
fn has_one_end(event: &Component) -> bool {
    let ends = ["DTEND", "DURATION"].into_iter().flat_map(|name| event.all(name));
    ends.filter(|end| !end.value.is_empty()).count() == 1
}
