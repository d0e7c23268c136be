//! Pools: whose turn it is, who is named, who must be there (SC-03, SC-08 to SC-10).

use crate::day::{at, block, daily, starts, terms};
use jiff::civil::date;
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_scheduling::{Calendar, Hold, Mode, NotOneRep, RepState, Span, Terms, Travel, offer};

fn morning() -> Terms {
    terms(60, "2026-06-01T00:00Z", "2026-06-02T00:00Z")
}

fn rep(hours: &str) -> Calendar {
    daily("UTC", &[hours])
}

/// Each start with those who are named.
fn offered(mode: Mode, pool: &[Calendar]) -> Vec<(String, Vec<usize>)> {
    let slots = offer(mode, pool, &morning()).expect("a pool");
    let hours = slots.iter().map(|slot| (slot.start - at("2026-06-01T00:00Z")).0 / 60_000);
    let hours = hours.map(|minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60));
    hours.zip(slots.iter().map(|slot| slot.reps.clone())).collect()
}

fn shown(start: &str, reps: &[usize]) -> (String, Vec<usize>) {
    (start.to_owned(), reps.to_vec())
}

#[test]
fn single_is_exactly_one_rep() {
    let ann = rep("09:00-10:00");
    assert_eq!(offer(Mode::Single, &[], &morning()), Err(NotOneRep));
    assert_eq!(offer(Mode::Single, &[ann.clone(), ann.clone()], &morning()), Err(NotOneRep));
    assert_eq!(offered(Mode::Single, &[ann]), [shown("09:00", &[0])]);
}

#[test]
fn an_empty_pool_offers_nothing() {
    for mode in [Mode::Any, Mode::RoundRobin, Mode::All] {
        assert_eq!(starts(mode, &[], &morning()), [""; 0]);
    }
}

#[test]
fn any_names_those_on_whose_own_grid_a_start_is() {
    let pool = [rep("09:00-11:00"), rep("09:30-11:30"), rep("10:00-11:00")];
    let expected = [shown("09:00", &[0]), shown("09:30", &[1]), shown("10:00", &[0, 2]), shown("10:30", &[1])];
    assert_eq!(offered(Mode::Any, &pool), expected);
    // A trip brings the grid of the second of June to a start of the first: named once.
    let mut twice = daily("UTC", &["00:00-01:00", "10:00-11:00"]);
    let zone = TimeZone::get("Pacific/Kiritimati").expect("bundled");
    twice.hours.travel = vec![Travel { from: date(2026, 6, 2), to: date(2026, 6, 2), zone }];
    assert_eq!(offered(Mode::Any, &[twice]), [shown("00:00", &[0]), shown("10:00", &[0]), shown("20:00", &[0])]);
}

#[test]
fn all_offers_starts_of_anybodys_grid_at_which_everybody_can() {
    let pool = [rep("09:00-12:00"), rep("09:30-11:30")];
    let expected = [shown("09:30", &[0, 1]), shown("10:00", &[0, 1]), shown("10:30", &[0, 1])];
    assert_eq!(offered(Mode::All, &pool), expected);
}

#[test]
fn who_cannot_be_offered_is_left_out_and_missed_by_all() {
    let away = Calendar { state: RepState::Unusable, ..rep("09:00-10:00") };
    let pool = [away, rep("09:00-10:00")];
    assert_eq!(offered(Mode::Any, &pool), [shown("09:00", &[1])]);
    assert_eq!(offered(Mode::RoundRobin, &pool), [shown("09:00", &[1])]);
    assert_eq!(offered(Mode::All, &pool), []);
    assert_eq!(offered(Mode::Single, &pool[..1]), []);
}

#[test]
fn a_turn_goes_by_meetings_then_by_the_last_booking_then_by_the_pool() {
    let check = |pool: [(u64, Option<i64>); 3], expected: usize| {
        let pool =
            pool.map(|(upcoming, last)| Calendar { upcoming, last_booked: last.map(Millis), ..rep("09:00-10:00") });
        assert_eq!(offered(Mode::RoundRobin, &pool), [shown("09:00", &[expected])], "{pool:?}");
    };
    check([(2, None), (1, Some(9)), (1, Some(9))], 1);
    check([(1, Some(9)), (1, Some(8)), (1, Some(9))], 1);
    check([(1, Some(9)), (1, Some(8)), (1, None)], 2);
    check([(1, None), (1, None), (1, None)], 0);
}

#[test]
fn a_turn_passes_on_from_who_has_nothing_to_offer() {
    let mut ann = rep("09:00-10:00");
    ann.blocks = vec![block("2026-06-01T09:00Z", "2026-06-01T09:01Z")];
    let bob = Calendar { upcoming: 5, ..rep("09:00-11:00") };
    assert_eq!(offered(Mode::RoundRobin, &[ann, bob]), [shown("09:00", &[1]), shown("10:00", &[1])]);
}

#[test]
fn a_hold_blocks_its_own_time_only() {
    let mut ann = rep("09:00-12:00");
    ann.holds = vec![Hold { span: Span { start: at("2026-06-01T10:00Z"), end: at("2026-06-01T11:00Z") } }];
    assert_eq!(offered(Mode::Any, &[ann]), [shown("09:00", &[0]), shown("11:00", &[0])]);
}
