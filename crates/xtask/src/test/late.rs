//! Tests whose servers are late at random (`crates/server/app/src/faults/late.rs`): all with `--late`, else a tenth that
//! is another one in each run.

use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};

/// The seed of the delays of every server that inherits it.
const LATE: &str = "KNOCK_LATE";
/// The seed by which the native tests choose those with delays.
const LATE_SHARE: &str = "KNOCK_LATE_SHARE";
/// What a test that runs without delays must not get.
pub(super) const VARIABLES: [&str; 2] = [LATE, LATE_SHARE];
/// Seeds that a run takes by itself are below this, short to type.
const SEEDS: u64 = 100_000;
/// Of so many scripts one has delays.
const SHARE: u64 = 10;
/// More native tests and more scripts at once when most of them wait.
const THREADS: u32 = 8;
const SCRIPTS: usize = 4;

/// Which tests have delays.
#[derive(Clone, Copy, Debug)]
pub(super) struct Late {
    seed: u64,
    is_all: bool,
}

impl Late {
    /// A tenth, unless all are `asked` for, which may name a seed.
    pub(super) fn new(asked: Option<Option<u64>>) -> Self {
        let any = || RandomState::new().hash_one(LATE) % SEEDS;
        Self { seed: asked.flatten().unwrap_or_else(any), is_all: asked.is_some() }
    }

    pub(super) fn announce(self) {
        let which = if self.is_all { "all tests" } else { "a tenth of the native tests and of the scripts" };
        println!("late: {which}, with seed {}; --late={} has all late by it", self.seed, self.seed);
    }

    /// The variable of a run of native tests.
    pub(super) fn of_native(self) -> (&'static str, String) {
        (if self.is_all { LATE } else { LATE_SHARE }, self.seed.to_string())
    }

    /// The variable of a script; none if it has no delays.
    pub(super) fn of_script(self, script: &str) -> Option<(&'static str, String)> {
        let mut hasher = DefaultHasher::new();
        (self.seed, script).hash(&mut hasher);
        (self.is_all || hasher.finish().is_multiple_of(SHARE)).then(|| (LATE, self.seed.to_string()))
    }

    /// Native tests at once, if not as many as usual.
    pub(super) fn threads(self) -> Option<u32> {
        self.is_all.then_some(THREADS)
    }

    /// Scripts at once, if not as many as usual.
    pub(super) fn scripts(self) -> Option<usize> {
        self.is_all.then_some(SCRIPTS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_tenth_of_the_scripts_is_late_by_another_seed() {
        let late = |seed| {
            let late = Late { seed, is_all: false };
            (0..1_000).filter(|number| late.of_script(&format!("{number}.test.mjs")).is_some()).collect::<Vec<_>>()
        };
        let (one, other) = (late(1), late(2));
        assert!((50..200).contains(&one.len()) && one != other, "{one:?}");
        assert_eq!(one, late(1));
        assert!(Late::new(Some(Some(7))).of_script("any").is_some_and(|(_, seed)| seed == "7"));
    }
}
