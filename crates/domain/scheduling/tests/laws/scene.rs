//! Calendars and terms, drawn as numbers: around changes of the clock, with trips, exceptions and holds.

use jiff::ToSpan;
use jiff::civil::{Date, Time, date};
use jiff::tz::{Offset, TimeZone};
use knock_model::Millis;
use knock_scheduling::{
    Block, Calendar, Extent, Hold, Hours, Mode, Override, Range, RepState, Slot, Span, Terms, Travel, offer,
};
use proptest::prelude::*;
use std::sync::LazyLock;

/// Everything lies on multiples of it.
pub(crate) const GRAIN: Millis = Millis(5 * Millis::MINUTE.0);
const GRAINS_PER_DAY: u32 = 288;

/// Zones whose clocks change on the dates below.
const CHANGING: [&str; 4] = ["America/New_York", "Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe"];
/// Minutes ahead of UTC of zones whose clocks never change: there plain arithmetic is enough.
const STEADY: [i32; 4] = [0, 330, 840, -660];

/// The time zones of reps.
#[derive(Clone, Copy)]
pub(crate) enum Zones {
    All,
    Steady,
}

impl Zones {
    fn zone(self, drawn: u32) -> TimeZone {
        static KNOWN: LazyLock<Vec<TimeZone>> = LazyLock::new(|| {
            let steady = STEADY
                .into_iter()
                .map(|minutes| TimeZone::fixed(Offset::from_seconds(minutes * 60).expect("within a day")));
            steady.chain(CHANGING.into_iter().map(|name| TimeZone::get(name).expect("bundled"))).collect()
        });
        let known = match self {
            Zones::All => &KNOWN[..],
            Zones::Steady => &KNOWN[..STEADY.len()],
        };
        known[drawn as usize % known.len()].clone()
    }
}

const DATES: [Date; 6] =
    [date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 24), date(2026, 10, 4), date(2026, 10, 25), date(2026, 11, 1)];

/// A case: reps, terms and window.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    /// The date around which everything lies.
    pub(crate) date: Date,
    pub(crate) terms: Terms,
    pub(crate) pool: Vec<Calendar>,
    /// Every range of hours in minutes of its day, from and up to.
    pub(crate) minutes: Vec<(Range, [i64; 2])>,
}

impl Scene {
    pub(crate) fn slots(&self, mode: Mode) -> Vec<Slot> {
        offer(mode, &self.pool, &self.terms).expect("a pool")
    }

    /// The slots of one rep alone.
    pub(crate) fn single(&self, rep: usize) -> Vec<Slot> {
        offer(Mode::Single, &self.pool[rep..=rep], &self.terms).expect("one rep")
    }
}

pub(crate) fn starts(slots: &[Slot]) -> Vec<Millis> {
    slots.iter().map(|slot| slot.start).collect()
}

pub(crate) fn scene(zones: Zones) -> impl Strategy<Value = Scene> {
    let calendar = (
        any::<[u32; 3]>(),
        proptest::collection::vec(any::<[u32; 3]>(), 0..14),
        proptest::collection::vec(any::<[u32; 4]>(), 0..8),
        proptest::collection::vec(any::<[u32; 3]>(), 0..4),
    );
    (any::<[u32; 8]>(), proptest::collection::vec(calendar, 1..4)).prop_map(move |(drawn, calendars)| {
        let date = DATES[drawn[0] as usize % DATES.len()];
        let mut minutes = Vec::new();
        let calendars = calendars.into_iter().map(|(rep, ranges, blocks, exceptions)| {
            let (blocks, holds) = blocks.split_at(blocks.len().saturating_sub(rep[2] as usize % 3));
            Calendar {
                hours: hours(zones, date, rep[0], (&ranges, &exceptions), &mut minutes),
                blocks: blocks.iter().map(|drawn| block(date, *drawn)).collect(),
                holds: holds.iter().map(|drawn| Hold { span: span(date, drawn[0], drawn[1]) }).collect(),
                state: if rep[1] % 8 == 7 { RepState::Unusable } else { RepState::Usable },
                upcoming: u64::from(rep[1] / 8 % 3),
                last_booked: Some(Millis(i64::from(rep[1] / 24 % 3))).filter(|at| at.0 > 0),
            }
        });
        let pool = calendars.collect();
        Scene { date, terms: terms(date, &drawn), pool, minutes }
    })
}

fn grains(count: u32) -> Millis {
    Millis(GRAIN.0 * i64::from(count))
}

/// The instant at which a date begins in UTC.
pub(crate) fn midnight(date: Date) -> Millis {
    let at = date.to_zoned(TimeZone::UTC).expect("within the calendar").timestamp();
    Millis(at.as_millisecond())
}

fn terms(date: Date, drawn: &[u32; 8]) -> Terms {
    let start = midnight(date) - Millis::DAY + grains(drawn[1] % (2 * GRAINS_PER_DAY));
    // Mostly short, sometimes over days.
    let longest = if drawn[2].is_multiple_of(16) { 3 * GRAINS_PER_DAY } else { 24 };
    Terms {
        duration: grains(1 + drawn[2] / 16 % longest),
        step: grains(1 + drawn[3] % 18),
        buffer_before: grains(drawn[4] % 8),
        buffer_after: grains(drawn[5] % 8),
        max_per_day: Some(u64::from(drawn[6] % 6)).filter(|most| *most < 4),
        window: Span { start, end: start + grains(drawn[7] % (2 * GRAINS_PER_DAY)) },
    }
}

/// Sometimes of no length, within a day that began at most two days before the date, or begins two days after.
fn span(date: Date, start: u32, length: u32) -> Span {
    let start = midnight(date) - Millis::days(2) + grains(start % (4 * GRAINS_PER_DAY));
    Span { start, end: start + grains((length % 64).saturating_sub(8)) }
}

pub(crate) fn block(around: Date, drawn: [u32; 4]) -> Block {
    let extent = match drawn[0] % 8 {
        0 => {
            let first = around + i64::from(drawn[1] % 3).days() - 1.days();
            Extent::Days(first, first + i64::from(drawn[2] % 2).days())
        }
        _ => Extent::Instants(span(around, drawn[1], drawn[2])),
    };
    let buffers = drawn[3] % 64;
    Block {
        extent,
        buffer_before: grains(buffers % 8),
        buffer_after: grains(buffers / 8),
        is_meeting: drawn[3] / 64 % 3 != 2,
    }
}

fn range(start: u32, length: u32, minutes: &mut Vec<(Range, [i64; 2])>) -> Range {
    let start = start % GRAINS_PER_DAY;
    let end = (start + 1 + length % GRAINS_PER_DAY).min(GRAINS_PER_DAY);
    let time = |grain: u32| Time::constant((grain / 12) as i8, (grain % 12 * 5) as i8, 0, 0);
    let range = Range::new(time(start), (end < GRAINS_PER_DAY).then(|| time(end))).expect("ends after its start");
    minutes.push((range, [start, end].map(|grain| i64::from(grain) * 5)));
    range
}

fn hours(
    zones: Zones,
    date: Date,
    own: u32,
    (ranges, exceptions): (&[[u32; 3]], &[[u32; 3]]),
    minutes: &mut Vec<(Range, [i64; 2])>,
) -> Hours {
    let mut weekly: [Vec<Range>; 7] = Default::default();
    for [day, start, length] in ranges {
        // Whole days are rare among random ones.
        let is_whole = day / 7 % 4 == 0;
        let range = if is_whole { range(0, GRAINS_PER_DAY - 1, minutes) } else { range(*start, *length, minutes) };
        weekly[*day as usize % 7].push(range);
    }
    let (mut overrides, mut travel) = (Vec::new(), Vec::new());
    for [kind, when, what] in exceptions {
        let first = date + i64::from(when % 5).days() - 2.days();
        if kind % 2 == 0 {
            let drawn = |place: u32| range(what.rotate_left(place * 7), what.rotate_left(place * 11 + 5), minutes);
            overrides.push(Override { date: first, ranges: (0..kind / 2 % 3).map(drawn).collect() });
        } else {
            travel.push(Travel { from: first, to: first + i64::from(when / 5 % 3).days(), zone: zones.zone(*what) });
        }
    }
    Hours { zone: zones.zone(own), weekly, overrides, travel }
}
