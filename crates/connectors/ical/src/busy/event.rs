//! One event: when it is, and whether it blocks.

use super::Unreadable;
use super::budget::Budget;
use super::repeat::{Repetition, occurrences};
use super::time::{When, length, next_day, parameter, single, values};
use super::zones::Zones;
use icalendar::parser::Component;
use jiff::Span as Length;
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_scheduling::{Block, Extent, Span};
use std::collections::BTreeSet;

/// The duration of an event.
enum Lasts {
    /// Until then.
    Until(When),
    /// A duration.
    For(Length),
    /// One day for a date, no time for a time (RFC 5545, 3.6.1).
    Unsaid,
}

/// An event, or one instance of a repeated one that is not as the others.
pub(super) struct Entry {
    pub(super) uid: String,
    /// The instance that it stands for; none for an event of its own.
    pub(super) instead_of: Option<When>,
    start: When,
    lasts: Lasts,
    repeats: Repetition,
    blocks: bool,
    own: TimeZone,
}

impl Entry {
    pub(super) fn read(event: &Component<'_>, zones: &Zones, owner: &str) -> Result<Entry, Unreadable> {
        let text = |name: &str| event.find_prop(name).map(|property| property.val.as_str().trim().to_owned());
        let uid = text("UID").unwrap_or_default();
        let unreadable = |reason| Unreadable { uid: uid.clone(), reason };
        let time = |name: &str| event.find_prop(name).map(|property| single(property, zones)).transpose();
        let all = |name: &str| {
            let of_name = event.properties.iter().filter(|property| property.name.as_str() == name);
            let lists = of_name.map(|property| values(property, zones)).collect::<Result<Vec<_>, _>>();
            lists.map(|lists| lists.into_iter().flatten().collect::<Vec<_>>())
        };
        let start = time("DTSTART").map_err(unreadable)?.ok_or_else(|| unreadable("it has no DTSTART".to_owned()))?;
        let lasts = match (time("DTEND").map_err(unreadable)?, text("DURATION")) {
            (Some(end), _) => Lasts::Until(end),
            (None, Some(text)) => Lasts::For(length(&text).map_err(unreadable)?),
            (None, None) => Lasts::Unsaid,
        };
        let is = |name: &str, words: &[&str]| {
            text(name).is_some_and(|value| words.iter().any(|word| value.eq_ignore_ascii_case(word)))
        };
        let repeats = Repetition {
            rule: text("RRULE"),
            extra: all("RDATE").map_err(unreadable)?,
            without: all("EXDATE").map_err(unreadable)?,
        };
        Ok(Entry {
            instead_of: time("RECURRENCE-ID").map_err(unreadable)?,
            start,
            lasts,
            repeats,
            blocks: !is("TRANSP", &["TRANSPARENT"]) && !is("STATUS", &["CANCELLED"]) && !is_declined(event, owner),
            own: zones.own().clone(),
            uid,
        })
    }

    /// The starts of all instances that may overlap the window, without instances that have an entry of their own.
    pub(super) fn starts(
        &self,
        window: Span,
        moved: &BTreeSet<Option<Millis>>,
        budget: &mut Budget,
    ) -> Result<Vec<When>, String> {
        if !self.blocks {
            return Ok(Vec::new());
        }
        if self.instead_of.is_some() {
            budget.take_instances(1)?;
            return Ok(vec![self.start.clone()]);
        }
        let reach = self.extent(&self.start)?.1;
        let early = Span { start: window.start - reach, end: window.end };
        let mut starts = occurrences(&self.start, &self.repeats, early, &self.own, budget)?;
        starts.retain(|start| !moved.contains(&start.instant_in(&self.own)));
        Ok(starts)
    }

    /// The busy time of one instance; none outside the window or without length.
    pub(super) fn block(&self, start: &When, window: Span) -> Result<Option<Block>, String> {
        let (extent, _) = self.extent(start)?;
        let touches = match extent {
            Extent::Instants(span) => span.start < window.end && window.start < span.end,
            Extent::Days(from, to) => {
                let at = |date| When::Day(date).instant_in(&self.own).unwrap_or(Millis(0));
                at(from) < window.end && window.start < at(to)
            }
        };
        let none = Millis(0);
        Ok(touches.then_some(Block { extent, buffer_before: none, buffer_after: none, is_meeting: false }))
    }

    /// The extent of the instance with that start, and its maximum duration.
    fn extent(&self, start: &When) -> Result<(Extent, Millis), String> {
        let out_of_range = || "a time of it cannot be represented".to_owned();
        let begins = start.instant_in(&self.own).ok_or_else(out_of_range)?;
        if let When::Day(day) = start {
            let end = match &self.lasts {
                Lasts::Unsaid => next_day(*day),
                Lasts::For(length) => day.checked_add(*length).map_err(|_| out_of_range())?.max(next_day(*day)),
                Lasts::Until(end) => {
                    let days = end.local().date() - self.start.local().date();
                    day.checked_add(days).map_err(|_| out_of_range())?
                }
            };
            let ends = When::Day(end).instant_in(&self.own).ok_or_else(out_of_range)?;
            return Ok((Extent::Days(*day, end.max(*day)), (ends - begins).max(Millis(0))));
        }
        let ends = match &self.lasts {
            Lasts::Unsaid => begins,
            // Days of a length are days of the clock, hours are hours (RFC 5545, 3.3.6).
            Lasts::For(length) => {
                let When::At(local, zone) = start else { return Err(out_of_range()) };
                let zoned = zone.to_ambiguous_zoned(*local).compatible().map_err(|_| out_of_range())?;
                let end = zoned.checked_add(*length).map_err(|_| out_of_range())?;
                Millis(end.timestamp().as_millisecond())
            }
            Lasts::Until(end) => {
                let end = end.instant_in(&self.own).ok_or_else(out_of_range)?;
                let first = self.start.instant_in(&self.own).ok_or_else(out_of_range)?;
                begins + (end - first)
            }
        };
        if ends < begins {
            return Err("it ends before it begins".to_owned());
        }
        Ok((Extent::Instants(Span { start: begins, end: ends }), ends - begins))
    }
}

/// Whether the owner said that they do not come.
fn is_declined(event: &Component<'_>, owner: &str) -> bool {
    let attendees = event.properties.iter().filter(|property| property.name.as_str() == "ATTENDEE");
    let own = attendees.filter(|attendee| {
        let address = attendee.val.as_str().trim();
        let address =
            address.get(..7).filter(|start| start.eq_ignore_ascii_case("mailto:")).map_or(address, |_| &address[7..]);
        !owner.is_empty() && address.eq_ignore_ascii_case(owner)
    });
    own.into_iter()
        .any(|attendee| parameter(attendee, "PARTSTAT").is_some_and(|answer| answer.eq_ignore_ascii_case("DECLINED")))
}
