//! The duration of a test, and its seed, which can be repeated.

use std::str::FromStr;

/// Chances of a test, and how many rounds of it are wanted.
pub(crate) struct Plan {
    pub(crate) chance: fastrand::Rng,
    pub(crate) rounds: u64,
    /// Whether somebody asked for more than the short round.
    pub(crate) is_long: bool,
}

/// The plan of a test; `short` rounds by default.
pub(crate) fn plan(test: &str, short: u64) -> Plan {
    let asked = setting::<u64>("KNOCK_FAULTS_ROUNDS");
    let rounds = asked.unwrap_or(short);
    let seed = setting("KNOCK_FAULTS_SEED").unwrap_or_else(|| fastrand::u64(..));
    println!("{test}: {rounds} rounds; again with KNOCK_FAULTS_SEED={seed} KNOCK_FAULTS_ROUNDS={rounds}");
    Plan { chance: fastrand::Rng::with_seed(seed), rounds, is_long: asked.is_some_and(|asked| asked > short) }
}

fn setting<T: FromStr>(name: &str) -> Option<T> {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} must be a number")))
}
