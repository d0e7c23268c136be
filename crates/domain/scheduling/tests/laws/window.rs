//! Laws of the window and of the list that is offered (SC-04, SC-08).

use crate::scene::{GRAIN, Scene, Zones, scene, starts};
use knock_model::Millis;
use knock_scheduling::{Mode, RepState, Span};
use proptest::prelude::*;

const MODES: [Mode; 3] = [Mode::Any, Mode::RoundRobin, Mode::All];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn slots_are_unique_instants_in_order_within_the_window(scene in scene(Zones::All)) {
        let window = scene.terms.window;
        for mode in MODES {
            let slots = scene.slots(mode);
            prop_assert!(slots.windows(2).all(|pair| pair[0].start < pair[1].start));
            for slot in slots {
                prop_assert!(window.start <= slot.start && slot.start < window.end);
                prop_assert!(slot.reps.windows(2).all(|pair| pair[0] < pair[1]));
                prop_assert!(!slot.reps.is_empty());
                prop_assert!(slot.reps.iter().all(|rep| scene.pool[*rep].state == RepState::Usable));
            }
        }
    }

    #[test]
    fn a_narrower_window_shows_the_same_slots_of_it(scene in scene(Zones::All), cut in 0..600i64, kept in 0..600i64) {
        let wide = scene.terms.window;
        let start = wide.start + Millis(GRAIN.0 * cut);
        let window = Span { start, end: wide.end.min(start + Millis(GRAIN.0 * kept)) };
        let mut narrow = scene.clone();
        narrow.terms.window = window;
        for mode in [Mode::Any, Mode::All] {
            let mut expected = scene.slots(mode);
            expected.retain(|slot| window.start <= slot.start && slot.start < window.end);
            prop_assert_eq!(narrow.slots(mode), expected);
        }
    }

    #[test]
    fn a_finer_step_keeps_every_start(scene in scene(Zones::All), times in 1..4i64) {
        let mut coarser = scene.clone();
        coarser.terms.step = Millis(scene.terms.step.0 * times);
        for mode in [Mode::Any, Mode::All] {
            let more = starts(&scene.slots(mode));
            prop_assert!(starts(&coarser.slots(mode)).iter().all(|start| more.contains(start)));
        }
    }

    #[test]
    fn a_shorter_meeting_keeps_every_start(scene in scene(Zones::All), shorter in 0..24i64) {
        let Scene { mut terms, .. } = scene.clone();
        terms.duration = (terms.duration - Millis(GRAIN.0 * shorter)).max(GRAIN);
        let short = Scene { terms, ..scene.clone() };
        for mode in [Mode::Any, Mode::All] {
            let more = starts(&short.slots(mode));
            prop_assert!(starts(&scene.slots(mode)).iter().all(|start| more.contains(start)));
        }
    }
}
