//! Laws of slots that hold for every calendar.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_scheduling::{Block, Calendar, Extent, Hours, Mode, Range, RepState, Slot, Span, Terms, offer};
use proptest::prelude::*;

/// Around both changes of the clock in New York and Berlin.
const STARTS: [i64; 3] = [1_772_755_200_000, 1_774_396_800_000, 1_793_232_000_000];
const MINUTE: i64 = 60_000;
const WEEK: i64 = 7 * 24 * 60;

fn range() -> impl Strategy<Value = Range> {
    (0..23i8, 1..24i8).prop_filter_map("ends after its start", |(start, length)| {
        let end = i32::from(start) + i32::from(length);
        let end = if end >= 24 { None } else { Some(Time::constant(i8::try_from(end).ok()?, 0, 0, 0)) };
        Range::new(Time::constant(start, 0, 0, 0), end)
    })
}

fn block() -> impl Strategy<Value = Block> {
    (0..WEEK, 0..600i64, 0..60i64, 0..60i64, any::<bool>()).prop_map(|(start, length, before, after, is_meeting)| {
        Block {
            extent: Extent::Instants(Span { start: Millis(start * MINUTE), end: Millis((start + length) * MINUTE) }),
            buffer_before: Millis(before * MINUTE),
            buffer_after: Millis(after * MINUTE),
            is_meeting,
        }
    })
}

fn calendar() -> impl Strategy<Value = Calendar> {
    let zone = proptest::sample::select(["America/New_York", "Europe/Berlin", "Asia/Kolkata", "UTC"].as_slice());
    let weekly = proptest::array::uniform7(proptest::collection::vec(range(), 0..3));
    (zone, weekly, proptest::collection::vec(block(), 0..12), 0..3u64).prop_map(|(zone, weekly, blocks, upcoming)| {
        let zone = TimeZone::get(zone).expect("bundled");
        Calendar {
            hours: Hours { zone, weekly, overrides: Vec::new(), travel: Vec::new() },
            blocks,
            holds: Vec::new(),
            state: RepState::Usable,
            upcoming,
            last_booked: None,
        }
    })
}

fn terms() -> impl Strategy<Value = Terms> {
    let minutes = |from: i64, to: i64| (from..to).prop_map(|count| Millis(count * MINUTE));
    let start = proptest::sample::select(STARTS.as_slice());
    (minutes(10, 120), minutes(5, 90), minutes(0, 40), minutes(0, 40), proptest::option::of(1..4u64), start).prop_map(
        |(duration, step, buffer_before, buffer_after, max_per_day, start)| Terms {
            duration,
            step,
            buffer_before,
            buffer_after,
            max_per_day,
            window: Span { start: Millis(start), end: Millis(start + WEEK * MINUTE) },
        },
    )
}

/// Puts the blocks of a calendar into the week that is asked about.
fn placed(mut calendar: Calendar, terms: &Terms) -> Calendar {
    for block in &mut calendar.blocks {
        if let Extent::Instants(span) = &mut block.extent {
            span.start = span.start + terms.window.start;
            span.end = span.end + terms.window.start;
        }
    }
    calendar
}

fn mode() -> impl Strategy<Value = Mode> {
    proptest::sample::select([Mode::Any, Mode::RoundRobin, Mode::All].as_slice())
}

fn slots(mode: Mode, pool: &[Calendar], terms: &Terms) -> Vec<Slot> {
    offer(mode, pool, terms).expect("a pool")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn no_slot_overlaps_a_widened_busy_block(
        mode in mode(), pool in proptest::collection::vec(calendar(), 1..4), terms in terms(),
    ) {
        let pool: Vec<Calendar> = pool.into_iter().map(|calendar| placed(calendar, &terms)).collect();
        for slot in slots(mode, &pool, &terms) {
            let start = slot.start - terms.buffer_before;
            let end = slot.start + terms.duration + terms.buffer_after;
            for block in slot.reps.iter().flat_map(|rep| &pool[*rep].blocks) {
                let Extent::Instants(span) = block.extent else { continue };
                let is_apart = end <= span.start - block.buffer_before || span.end + block.buffer_after <= start;
                prop_assert!(is_apart || span.is_empty(), "{slot:?} {block:?}");
            }
        }
    }

    #[test]
    fn slots_are_unique_instants_within_the_window(
        mode in mode(), pool in proptest::collection::vec(calendar(), 1..4), terms in terms(),
    ) {
        let slots = slots(mode, &pool, &terms);
        prop_assert!(slots.windows(2).all(|pair| pair[0].start < pair[1].start));
        for slot in slots {
            prop_assert!(terms.window.start <= slot.start && slot.start < terms.window.end);
            prop_assert!(!slot.reps.is_empty() && slot.reps.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    #[test]
    fn one_more_busy_block_never_adds_a_slot(calendar in calendar(), more in block(), terms in terms()) {
        let free = placed(calendar, &terms);
        let mut busier = free.clone();
        busier.blocks.push(more);
        let busier = Calendar { blocks: placed(Calendar { blocks: vec![more], ..busier.clone() }, &terms).blocks.into_iter().chain(free.blocks.clone()).collect(), ..busier };
        let before = slots(Mode::Any, std::slice::from_ref(&free), &terms);
        for slot in slots(Mode::Any, &[busier], &terms) {
            prop_assert!(before.contains(&slot));
        }
    }
}
