//! Laws of what is busy: blocks, buffers, holds, the limit of a day (SC-05, SC-06, SC-07, SC-10).

use crate::scene::{Scene, Zones, block, scene, starts};
use knock_model::Millis;
use knock_scheduling::{Block, Extent, Hold, Mode, Slot, Span};
use proptest::prelude::*;
use std::collections::BTreeSet;

const MODES: [Mode; 3] = [Mode::Any, Mode::RoundRobin, Mode::All];

fn overlaps(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// The scene with something more in one calendar.
fn busier(scene: &Scene, rep: usize, more: Block) -> Scene {
    let mut busier = scene.clone();
    busier.pool[rep].blocks.push(more);
    busier
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_slot_overlaps_a_widened_busy_block_or_a_hold(scene in scene(Zones::All)) {
        let terms = &scene.terms;
        for slot in MODES.into_iter().flat_map(|mode| scene.slots(mode)) {
            let kept = Span { start: slot.start - terms.buffer_before, end: slot.start + terms.duration + terms.buffer_after };
            for calendar in slot.reps.iter().map(|rep| &scene.pool[*rep]) {
                for block in &calendar.blocks {
                    let Extent::Instants(span) = block.extent else { continue };
                    let widened = Span { start: span.start - block.buffer_before, end: span.end + block.buffer_after };
                    prop_assert!(span.is_empty() || !overlaps(kept, widened), "{slot:?} {block:?}");
                }
                for hold in &calendar.holds {
                    prop_assert!(hold.span.is_empty() || !overlaps(kept, hold.span), "{slot:?} {hold:?}");
                }
            }
        }
    }

    #[test]
    fn one_more_busy_block_never_adds_a_start_or_a_free_rep(
        scene in scene(Zones::All), rep: prop::sample::Index, more: [u32; 4],
    ) {
        let busier = busier(&scene, rep.index(scene.pool.len()), block(scene.date, more));
        let all = starts(&scene.slots(Mode::All));
        prop_assert!(starts(&busier.slots(Mode::All)).iter().all(|start| all.contains(start)));
        let before = scene.slots(Mode::Any);
        for slot in busier.slots(Mode::Any) {
            let known = before.iter().find(|known| known.start == slot.start);
            prop_assert!(known.is_some_and(|known| slot.reps.iter().all(|rep| known.reps.contains(rep))));
        }
    }

    /// A turn passes on only from a rep who has nothing left; till then the list only shrinks, and what is in
    /// other calendars changes nothing.
    #[test]
    fn one_more_busy_block_passes_a_turn_on_only_when_nothing_is_left(
        scene in scene(Zones::All), rep: prop::sample::Index, more: [u32; 4],
    ) {
        let rep = rep.index(scene.pool.len());
        let busier = busier(&scene, rep, block(scene.date, more));
        let (before, after) = (scene.slots(Mode::RoundRobin), busier.slots(Mode::RoundRobin));
        let turn = |slots: &[Slot]| slots.first().map(|slot| slot.reps[0]);
        if turn(&before) != Some(rep) {
            prop_assert_eq!(before, after);
        } else if turn(&after) == Some(rep) {
            prop_assert!(after.iter().all(|slot| before.contains(slot)));
        } else {
            prop_assert_eq!(busier.single(rep), []);
        }
    }

    #[test]
    fn a_hold_is_a_block_without_buffers_of_its_own(scene in scene(Zones::All)) {
        let mut blocked = scene.clone();
        for calendar in &mut blocked.pool {
            let held = calendar.holds.drain(..).map(|Hold { span }| Block {
                extent: Extent::Instants(span),
                buffer_before: Millis(0),
                buffer_after: Millis(0),
                is_meeting: false,
            });
            calendar.blocks.extend(held.collect::<Vec<_>>());
        }
        for mode in MODES {
            prop_assert_eq!(blocked.slots(mode), scene.slots(mode));
        }
    }

    #[test]
    fn the_order_of_a_calendar_says_nothing(scene in scene(Zones::All), by: prop::sample::Index) {
        let mut turned = scene.clone();
        for calendar in &mut turned.pool {
            let count = calendar.blocks.len().max(1);
            calendar.blocks.rotate_left(by.index(count));
            calendar.holds.reverse();
            calendar.hours.weekly.iter_mut().for_each(|ranges| ranges.reverse());
        }
        for mode in MODES {
            prop_assert_eq!(turned.slots(mode), scene.slots(mode));
        }
    }

    #[test]
    fn a_wider_buffer_never_adds_a_start(scene in scene(Zones::All), before in 0..60i64, after in 0..60i64) {
        let mut wider = scene.clone();
        wider.terms.buffer_before = wider.terms.buffer_before + Millis(before * Millis::MINUTE.0);
        wider.terms.buffer_after = wider.terms.buffer_after + Millis(after * Millis::MINUTE.0);
        for mode in [Mode::Any, Mode::All] {
            let known = starts(&scene.slots(mode));
            prop_assert!(starts(&wider.slots(mode)).iter().all(|start| known.contains(start)));
        }
    }

    #[test]
    fn a_limit_of_meetings_only_takes_whole_days_away(scene in scene(Zones::All)) {
        let mut free = scene.clone();
        free.terms.max_per_day = None;
        for (rep, calendar) in scene.pool.iter().enumerate() {
            let zone = &calendar.hours.zone;
            let date = |at: Millis| jiff::Timestamp::from_millisecond(at.0).map(|at| zone.to_datetime(at).date()).ok();
            let limited = starts(&scene.single(rep));
            let open: BTreeSet<_> = limited.iter().map(|start| date(*start)).collect();
            let mut expected = starts(&free.single(rep));
            expected.retain(|start| open.contains(&date(*start)));
            prop_assert_eq!(limited, expected);
        }
    }
}
