//! Persons by hand.

use knock_model::{IntentType, LeadId, MeetingId, MeetingState, Millis, RepId};
use knock_report::{
    Acts, Ask, Builder, CalendarKind, Calendars, ChatRecord, Meeting, MeetingRecord, Period, Person, Table, Touch, Wait,
};
use std::sync::Arc;

/// The begin of 2 November 2026 in UTC, a Monday.
pub(crate) const DAY: Millis = Millis(1_793_577_600_000);

/// Minutes since that.
pub(crate) fn at(minutes: i64) -> Millis {
    DAY + Millis(minutes * Millis::MINUTE.0)
}

pub(crate) fn rep(number: u8) -> RepId {
    RepId::from_bytes([number; 16])
}

/// A person that came at the begin of the day and did nothing.
pub(crate) fn person() -> Person {
    Person {
        lead: LeadId::from_bytes([9; 16]),
        first_seen_at: DAY,
        touch: Arc::new(Touch { source: "google".to_owned(), ..Touch::default() }),
        kind: IntentType::Unknown,
        chat: ChatRecord::default(),
        meeting: MeetingRecord::default(),
        meetings: Vec::new(),
        acts: Acts::default(),
    }
}

/// A wait of the first rep, answered or not by its end.
pub(crate) fn wait(since: i64, ended: Option<i64>, answered_by: Option<u8>) -> Wait {
    Wait { since: at(since), rep: Some(rep(1)), ended_at: ended.map(at), answered_by: answered_by.map(rep) }
}

/// A meeting of half an hour.
pub(crate) fn meeting(booked: i64, start: i64, state: MeetingState) -> Meeting {
    Meeting {
        id: MeetingId::from_bytes([1; 16]),
        link: "demo".to_owned(),
        owner: rep(1),
        booked_at: at(booked),
        start: at(start),
        end: at(start + 30),
        state,
        updated_at: at(booked),
        moves: 0,
        cancelled_by: None,
    }
}

/// The question for the day alone.
pub(crate) fn ask() -> Ask {
    let period = Period::parse("2026-11-02", "2026-11-02", "", DAY).expect("a period");
    Ask { period, group: None, anchor: None, calendar: CalendarKind::Elapsed, filters: Vec::new() }
}

/// The table about a person at an instant.
pub(crate) fn table(report: &str, ask: &Ask, person: &Person, now: Millis) -> Table {
    let calendars = Calendars::default();
    let mut builder = Builder::new(knock_report::report(report).expect("a report"), ask, &calendars, now);
    builder.person(person);
    builder.finish()
}

/// A figure of the whole period.
pub(crate) fn figure(report: &str, metric: &str, table: &Table) -> Option<f64> {
    let metrics = knock_report::report(report).expect("a report").metrics;
    table.total[metrics.iter().position(|known| known.name == metric).expect("a metric")]
}
