//! Laws of pools: what the modes have to do with each other (SC-03, SC-08, SC-09).

use crate::scene::{Scene, Zones, scene, starts};
use knock_scheduling::{Mode, RepState, Slot};
use proptest::prelude::*;

/// The usable reps, in the order of their turns.
fn turns(scene: &Scene) -> Vec<usize> {
    let mut turns: Vec<usize> = (0..scene.pool.len()).collect();
    turns.retain(|rep| scene.pool[*rep].state == RepState::Usable);
    turns.sort_by_key(|rep| (scene.pool[*rep].upcoming, scene.pool[*rep].last_booked, *rep));
    turns
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_is_everybody_alone_put_together(scene in scene(Zones::All)) {
        let any = scene.slots(Mode::Any);
        for rep in 0..scene.pool.len() {
            let own: Vec<Slot> = any.iter().filter(|slot| slot.reps.contains(&rep)).cloned().collect();
            prop_assert_eq!(starts(&own), starts(&scene.single(rep)));
        }
    }

    #[test]
    fn all_offers_only_starts_that_any_offers(scene in scene(Zones::All)) {
        let any = starts(&scene.slots(Mode::Any));
        for slot in scene.slots(Mode::All) {
            prop_assert!(any.contains(&slot.start));
            prop_assert_eq!(slot.reps, (0..scene.pool.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn all_needs_everybody(scene in scene(Zones::All), away: prop::sample::Index) {
        let mut scene = scene;
        let away = away.index(scene.pool.len());
        scene.pool[away].state = RepState::Unusable;
        prop_assert_eq!(scene.slots(Mode::All), []);
        prop_assert_eq!(scene.single(away), []);
    }

    #[test]
    fn one_more_rep_never_adds_a_start_that_all_can(scene in scene(Zones::All)) {
        let mut fewer = scene.clone();
        fewer.pool.pop();
        // On the grid of the one who left it may still be a start, so only starts of the others' grids count.
        let grid = starts(&fewer.slots(Mode::Any));
        let before = starts(&fewer.slots(Mode::All));
        let after = scene.slots(Mode::All);
        prop_assert!(after.iter().filter(|slot| grid.contains(&slot.start)).all(|slot| before.contains(&slot.start)));
    }

    #[test]
    fn round_robin_shows_only_the_first_rep_with_slots(scene in scene(Zones::All)) {
        let shown = scene.slots(Mode::RoundRobin);
        let first = turns(&scene).into_iter().map(|rep| (rep, scene.single(rep))).find(|(_, own)| !own.is_empty());
        match first {
            None => prop_assert_eq!(shown, []),
            Some((rep, own)) => {
                prop_assert_eq!(starts(&shown), starts(&own));
                prop_assert!(shown.iter().all(|slot| slot.reps == [rep]));
            }
        }
    }

    #[test]
    fn a_pool_of_one_is_the_same_in_every_mode(scene in scene(Zones::All)) {
        let mut scene = scene;
        scene.pool.truncate(1);
        let single = scene.single(0);
        for mode in [Mode::Any, Mode::RoundRobin, Mode::All] {
            prop_assert_eq!(scene.slots(mode), single.clone());
        }
    }
}
