//! Statuses: every one that a lead was in.

use super::cells::{Cell, Column, double, flag, instant, integer, text};
use super::cursor::Place;
use super::{Placed, Reader, WarehouseError};
use crate::commands::dropoff;
use knock_model::{LeadId, Millis};
use knock_ports::{MarkedCourse, StoreError, View};
use knock_report::{ChatRecord, MeetingRecord};
use knock_status::{chat, meeting};
use std::collections::BTreeMap;

pub(super) const COLUMNS: &[Column] = &[
    text("id", "The id: the lead, the funnel and the number."),
    instant("began_at", "The instant at which the status began."),
    instant("ended_at", "The instant at which the next one began; empty for the status now."),
    double("minutes", "The time between them, in minutes."),
    text("lead", "The id of the lead."),
    flag("is_spam", "Whether the lead is marked as spam."),
    text("funnel", "`chat` for Chat Status, `meeting` for Meeting Status."),
    integer("number", "The number among the statuses of the lead in this funnel, from 1."),
    text("status", "The status."),
    text("previous", "The status before it; empty for the first one."),
    flag("is_current", "Whether it is the status now."),
];

/// The leads that are read together.
const PAGE: u32 = 5_000;

/// The funnel of statuses; the order is that of statuses with one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Funnel {
    Chat,
    Meeting,
}

/// The order of statuses: instant, lead, funnel, and number from 0.
type Key = (Millis, LeadId, Funnel, u32);

/// The statuses of one lead in one funnel, oldest first, with their instants.
type Course = Vec<(&'static str, Millis)>;

/// The first statuses of a stretch after a place.
struct First {
    from: Millis,
    to: Millis,
    after: Option<Key>,
    limit: usize,
    rows: BTreeMap<Key, Vec<Cell>>,
}

pub(super) fn rows(reader: &Reader<'_>, after: Option<&Place>) -> Result<Vec<Placed>, WarehouseError> {
    let after = after.map(|place| key(place).ok_or(WarehouseError::Cursor)).transpose()?;
    let (from, to, limit) = (reader.stretch.from, reader.stretch.to, reader.stretch.limit);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut first = First { from, to, after, limit, rows: BTreeMap::new() };
    // Statuses have no rows of their own, and so no index by their instants: the packed courses of all leads are passed.
    each(
        |past| reader.view.chat_courses(past, PAGE),
        |packed| {
            first.add(packed, Funnel::Chat, &chat_statuses(reader.view, packed, reader.now)?);
            Ok(())
        },
    )?;
    each(
        |past| reader.view.meeting_courses(past, PAGE),
        |packed| {
            first.add(packed, Funnel::Meeting, &meeting_statuses(reader.view, packed, reader.now)?);
            Ok(())
        },
    )?;
    Ok(first.rows.into_iter().map(|(key, cells)| (place(key), cells)).collect())
}

/// Passes all packed courses, a page of them in memory.
fn each(
    read: impl Fn(Option<LeadId>) -> Result<Vec<MarkedCourse>, StoreError>,
    mut pass: impl FnMut(&MarkedCourse) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut past = None;
    loop {
        let page = read(past)?;
        let Some(last) = page.last() else { return Ok(()) };
        past = Some(last.lead);
        page.iter().try_for_each(&mut pass)?;
    }
}

/// The statuses of a chat; by its facts where an earlier version stored it.
fn chat_statuses(view: &dyn View, packed: &MarkedCourse, now: Millis) -> Result<Course, StoreError> {
    let record = match ChatRecord::unpack(&packed.course) {
        Some(record) => record,
        None => ChatRecord::of(&chat::derive(&view.chat_facts(packed.lead)?, now)),
    };
    Ok(record.statuses.iter().map(|(status, at)| (status.as_str(), *at)).collect())
}

/// The statuses on the way to a meeting, likewise.
fn meeting_statuses(view: &dyn View, packed: &MarkedCourse, now: Millis) -> Result<Course, StoreError> {
    let record = match MeetingRecord::unpack(&packed.course) {
        Some(record) => record,
        None => {
            let derived = meeting::derive(&view.meeting_facts(packed.lead)?, now, dropoff(view)?);
            MeetingRecord::of(&derived, None)
        }
    };
    Ok(record.statuses.iter().map(|(status, at)| (status.as_str(), *at)).collect())
}

impl First {
    fn add(&mut self, packed: &MarkedCourse, funnel: Funnel, course: &[(&'static str, Millis)]) {
        let mut previous = None;
        let ends = course.iter().skip(1).map(|(_, at)| Some(*at)).chain([None]);
        for (number, ((status, at), ended_at)) in (0_u32..).zip(course.iter().zip(ends)) {
            let key = (*at, packed.lead, funnel, number);
            if *at >= self.from && *at < self.to && self.after.is_none_or(|after| key > after) {
                self.rows.insert(key, row(key, packed.is_spam, [previous, Some(*status)], ended_at));
                if self.rows.len() > self.limit {
                    self.rows.pop_last();
                }
            }
            previous = Some(*status);
        }
    }
}

fn row(key: Key, is_spam: bool, [previous, status]: [Option<&str>; 2], ended_at: Option<Millis>) -> Vec<Cell> {
    let (at, lead, funnel, number) = key;
    let word = match funnel {
        Funnel::Chat => "chat",
        Funnel::Meeting => "meeting",
    };
    let number = i64::from(number) + 1;
    vec![
        Cell::Text(format!("{lead}/{word}/{number}")),
        Cell::Instant(at),
        Cell::maybe_instant(ended_at),
        ended_at.map_or(Cell::None, |end| Cell::Double((end - at).in_minutes())),
        Cell::id(lead),
        Cell::Flag(is_spam),
        Cell::text(word),
        Cell::Integer(number),
        Cell::text(status.unwrap_or_default()),
        Cell::text(previous.unwrap_or_default()),
        Cell::Flag(ended_at.is_none()),
    ]
}

fn place((at, lead, funnel, number): Key) -> Place {
    let funnel: u8 = match funnel {
        Funnel::Chat => 0,
        Funnel::Meeting => 1,
    };
    Place { at, id: [&lead.as_bytes()[..], &[funnel], &number.to_be_bytes()].concat() }
}

fn key(Place { at, id }: &Place) -> Option<Key> {
    let (lead, rest) = id.split_first_chunk()?;
    let (funnel, number) = rest.split_first()?;
    let funnel = match *funnel {
        0 => Funnel::Chat,
        1 => Funnel::Meeting,
        _ => return None,
    };
    Some((*at, LeadId::from_bytes(*lead), funnel, u32::from_be_bytes(number.try_into().ok()?)))
}
