//! Timing of works that are compared with each other.

use std::time::{Duration, Instant};

const ROUNDS: usize = 200;
/// Long enough to be warm, so short that many turns are not interrupted.
const TURN: Duration = Duration::from_millis(2);

/// The duration of one run of each without interruption: the shortest of many turns, taken in rotation.
pub(crate) fn shortest<const COUNT: usize>(mut works: [&mut dyn FnMut(); COUNT]) -> [Duration; COUNT] {
    let runs = works.each_mut().map(|work| runs(work));
    let mut shortest = [Duration::MAX; COUNT];
    for _ in 0..ROUNDS {
        for ((work, runs), shortest) in works.iter_mut().zip(runs).zip(&mut shortest) {
            *shortest = (*shortest).min(of(work, runs) / runs);
        }
    }
    shortest
}

/// The number of runs that fill a turn.
fn runs(work: &mut dyn FnMut()) -> u32 {
    let mut runs = 1;
    while of(work, runs) < TURN {
        runs *= 2;
    }
    runs
}

fn of(work: &mut dyn FnMut(), runs: u32) -> Duration {
    let start = now();
    for _ in 0..runs {
        work();
    }
    start.elapsed()
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn now() -> Instant {
    Instant::now()
}
