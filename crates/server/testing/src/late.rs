//! Tests whose servers have random delays, as `knock` makes them with `KNOCK_LATE`.

use std::hash::{DefaultHasher, Hash, Hasher};

/// The seed of the delays; a server inherits it.
const LATE: &str = "KNOCK_LATE";
/// The seed by which one test in [`SHARE`] is chosen to have delays.
const LATE_SHARE: &str = "KNOCK_LATE_SHARE";
const SHARE: u64 = 10;
/// The variable with the name of the test, set by nextest.
const TEST: &str = "NEXTEST_TEST_NAME";

/// Variables of a server for the test that runs, and their seed for the output of a failure.
pub(crate) fn delays() -> Option<(&'static str, String)> {
    setting(LATE).or_else(chosen).map(|seed| (LATE, seed))
}

/// Whether the servers of the test that runs have delays, and a clock that jumps.
pub fn is_late() -> bool {
    delays().is_some()
}

fn chosen() -> Option<String> {
    let (seed, test) = (setting(LATE_SHARE)?, setting(TEST)?);
    let mut hasher = DefaultHasher::new();
    (&seed, test).hash(&mut hasher);
    hasher.finish().is_multiple_of(SHARE).then_some(seed)
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
