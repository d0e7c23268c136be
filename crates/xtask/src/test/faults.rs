//! The stage that does to a server what machines do to one.

use std::process::Command;

use clap::Parser;

use super::runner::{Libtest, Only};
use super::{Run, flaky};
use crate::report::{Ended, step};
use crate::tools::python;
use crate::{run, www};

/// The duration of the fault tests, and the seed of a run to repeat.
#[derive(Debug, Default, Parser)]
#[command(no_binary_name = true)]
pub(crate) struct Faults {
    /// Rounds of each test; a short round when absent
    #[arg(long)]
    rounds: Option<u64>,
    /// The chances of an earlier run, as it printed them
    #[arg(long)]
    seed: Option<u64>,
    /// Part of the name of the only tests to run
    name: Option<String>,
}

/// The tests that run on any database.
pub(super) const ON_ANY_DATABASE: [&str; 4] = ["kill::", "booking::", "clock::", "slow::"];

/// Those that crash the database under all who use it.
pub(super) const CRASHING_THE_DATABASE: [&str; 1] = ["crash::"];

/// Runs the faults on SQLite.
pub(super) fn test(run: &Run) -> anyhow::Result<()> {
    www::prepare()?;
    step("faults", || {
        let runner = runner(run, Vec::new(), Vec::new());
        if run.faults.is_a_choice() {
            flaky::passed(&flaky::run(&runner, run.retries)?)?;
        } else {
            run.tests("faults", run.selection.faults()?, |_| Ok(runner))?;
        }
        Ok(Ended::Done)
    })
}

/// Runs the named tests, or those that a person asked for when there is none.
pub(super) fn runner(
    run: &Run,
    names: Vec<&'static str>,
    env: Vec<(&'static str, String)>,
) -> Libtest<impl Fn(Only<'_>) -> anyhow::Result<Command>> {
    let command = move |only: Only<'_>| {
        let mut cargo = cargo(&run.faults)?;
        cargo.envs(env.iter().map(|(name, value)| (name, value)));
        match only {
            Only::One(name) => cargo.args(["--exact", name]),
            Only::All if names.is_empty() => cargo.args(&run.faults.name),
            Only::All => cargo.args(&names),
        };
        Ok(cargo)
    };
    Libtest { suite: "faults", command }
}

/// With cargo's own runner: what a test prints (its seed, its times) is wanted also when it passes. Without `-p`, so
/// that its dependencies are the ones that the native tests have built.
fn cargo(asked: &Faults) -> anyhow::Result<Command> {
    let mut cargo = run::linting_cargo(["test", "--test", "faults", "--", "--nocapture"]);
    let settings = [("KNOCK_FAULTS_ROUNDS", asked.rounds), ("KNOCK_FAULTS_SEED", asked.seed)];
    for (name, value) in settings {
        cargo.envs(value.map(|value| (name, value.to_string())));
    }
    cargo.env(python::VARIABLE, python::ensure()?);
    Ok(cargo)
}

impl Faults {
    /// Whether they are others than in every run.
    fn is_a_choice(&self) -> bool {
        self.rounds.is_some() || self.seed.is_some() || self.name.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_the_dashes_is_read() {
        let faults = Faults::try_parse_from(["--rounds", "200", "--seed", "7", "kill"]).expect("good");
        assert_eq!((faults.rounds, faults.seed, faults.name.as_deref()), (Some(200), Some(7), Some("kill")));
        assert!(Faults::try_parse_from(["--round", "1"]).is_err());
    }
}
