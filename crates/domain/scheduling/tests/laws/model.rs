//! Slots against the rules spelled out grain by grain, for zones whose clocks never change (SC-02 to SC-09).

use crate::scene::{GRAIN, Scene, Zones, midnight, scene, starts};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use knock_model::Millis;
use knock_scheduling::{Calendar, Extent, Mode, Range, RepState};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Days looked at, from so many before the date of the scene.
const DAYS: std::ops::Range<i64> = -4..9;
const GRAINS_PER_DAY: i64 = Millis::DAY.0 / GRAIN.0;

/// One rep, grain by grain from the first of the days on.
struct Rep {
    /// The number of grains inside hours that follow from here without a gap.
    working: Vec<i64>,
    /// Whether the rep's grid has a start here.
    grid: Vec<bool>,
    /// From, up to but not including: with the time kept free around.
    busy: Vec<(Millis, Millis)>,
    /// Meetings by date in the rep's own zone.
    meetings: BTreeMap<i64, u64>,
    /// The offset of the rep's clock from UTC.
    ahead: Millis,
}

fn ahead(zone: &TimeZone) -> Millis {
    Millis(i64::from(zone.to_offset(Timestamp::UNIX_EPOCH).seconds()) * 1_000)
}

fn day(at: Millis) -> i64 {
    at.0.div_euclid(Millis::DAY.0)
}

/// The place of an instant among the grains.
fn place(at: Millis, scene: &Scene) -> usize {
    let first = midnight(scene.date) + Millis::days(DAYS.start);
    usize::try_from((at - first).0 / GRAIN.0).expect("not before the days looked at")
}

/// The grains of a date inside hours, by the day's own clock.
fn of_date(calendar: &Calendar, date: Date, scene: &Scene) -> Vec<bool> {
    let hours = &calendar.hours;
    let ranges = match hours.overrides.iter().rfind(|instead| instead.date == date) {
        Some(instead) => &instead.ranges,
        None => &hours.weekly[date.weekday().to_monday_zero_offset() as usize],
    };
    let minutes = |range: &Range| scene.minutes.iter().find(|drawn| drawn.0 == *range).expect("drawn").1;
    let ranges: Vec<[i64; 2]> = ranges.iter().map(minutes).collect();
    let is_within = |grain: i64| ranges.iter().any(|[from, to]| *from <= grain * 5 && grain * 5 < *to);
    (0..GRAINS_PER_DAY).map(is_within).collect()
}

impl Rep {
    fn of(calendar: &Calendar, scene: &Scene) -> Rep {
        let hours = &calendar.hours;
        // A day more at each end, for clocks that are not UTC's.
        let count = usize::try_from((DAYS.end - DAYS.start) * GRAINS_PER_DAY).expect("some");
        let (mut works, mut grid) = (vec![false; count], vec![false; count]);
        for days in DAYS.start + 1..DAYS.end - 1 {
            let date = scene.date + days.days();
            let trip = hours.travel.iter().rfind(|trip| trip.from <= date && date <= trip.to);
            let zone = trip.map_or(&hours.zone, |trip| &trip.zone);
            let begins = place(midnight(date) - ahead(zone), scene);
            let grains = of_date(calendar, date, scene);
            let mut since_start = 0;
            for (grain, is_within) in grains.into_iter().enumerate() {
                if is_within {
                    works[begins + grain] = true;
                    grid[begins + grain] |= since_start % scene.terms.step.0 == 0;
                    since_start += GRAIN.0;
                } else {
                    since_start = 0;
                }
            }
        }
        let mut working = vec![0; count];
        let mut run = 0;
        for (place, works) in works.iter().enumerate().rev() {
            run = if *works { run + 1 } else { 0 };
            working[place] = run;
        }
        let own = ahead(&hours.zone);
        let (mut busy, mut meetings) = (Vec::new(), BTreeMap::new());
        for block in &calendar.blocks {
            let (start, end) = match block.extent {
                Extent::Instants(span) => (span.start, span.end),
                Extent::Days(from, to) => (midnight(from) - own, midnight(to) - own),
            };
            if start < end {
                busy.push((start - block.buffer_before, end + block.buffer_after));
            }
            if block.is_meeting {
                *meetings.entry(day(start + own)).or_default() += 1;
            }
        }
        let held = calendar.holds.iter().map(|hold| hold.span).filter(|span| !span.is_empty());
        busy.extend(held.map(|span| (span.start, span.end)));
        Rep { working, grid, busy, meetings, ahead: own }
    }

    fn is_free(&self, start: Millis, scene: &Scene) -> bool {
        let terms = &scene.terms;
        let (from, to) = (start - terms.buffer_before, start + terms.duration + terms.buffer_after);
        let met = self.meetings.get(&day(start + self.ahead)).copied().unwrap_or(0);
        terms.max_per_day.is_none_or(|most| met < most)
            && self.busy.iter().all(|(begins, ends)| to <= *begins || *ends <= from)
            && self.working[place(start, scene)] >= terms.duration.0 / GRAIN.0
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn slots_are_what_the_rules_say_grain_by_grain(scene in scene(Zones::Steady)) {
        let reps: Vec<Rep> = scene.pool.iter().map(|calendar| Rep::of(calendar, &scene)).collect();
        let usable = |rep: usize| scene.pool[rep].state == RepState::Usable;
        let window = scene.terms.window;
        let starts_of = |rep: usize, start: Millis| reps[rep].grid[place(start, &scene)];
        let (mut any, mut all): (Vec<(Millis, Vec<usize>)>, Vec<Millis>) = (Vec::new(), Vec::new());
        let mut start = window.start;
        while start < window.end {
            let on_grid: Vec<usize> = (0..reps.len()).filter(|rep| starts_of(*rep, start)).collect();
            let is_free = |rep: &usize| usable(*rep) && reps[*rep].is_free(start, &scene);
            if !on_grid.is_empty() && (0..reps.len()).all(|rep| is_free(&rep)) {
                all.push(start);
            }
            let free: Vec<usize> = on_grid.into_iter().filter(is_free).collect();
            if !free.is_empty() {
                any.push((start, free));
            }
            start = start + GRAIN;
        }
        let offered = scene.slots(Mode::Any).into_iter().map(|slot| (slot.start, slot.reps));
        prop_assert_eq!(offered.collect::<Vec<_>>(), any);
        prop_assert_eq!(starts(&scene.slots(Mode::All)), all);
    }
}
