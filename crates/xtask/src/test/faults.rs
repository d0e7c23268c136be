//! The stage that does to a server what machines do to one.

use std::process::Command;

use clap::Parser;

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

impl Faults {
    pub(super) fn test(&self) -> anyhow::Result<()> {
        www::prepare()?;
        step("faults", || {
            run::run(self.cargo()?.args(&self.name))?;
            Ok(Ended::Done)
        })
    }

    /// The tests that run on any database.
    pub(super) fn on_any_database(&self) -> anyhow::Result<Command> {
        let mut cargo = self.cargo()?;
        cargo.args(["kill::", "booking::", "clock::", "slow::"]);
        Ok(cargo)
    }

    /// Those that crash the database under all who use it.
    pub(super) fn crashing_the_database(&self) -> anyhow::Result<Command> {
        let mut cargo = self.cargo()?;
        cargo.arg("crash::");
        Ok(cargo)
    }

    /// With cargo's own runner: what a test prints (its seed, its times) is wanted also when it passes. Without `-p`, so
    /// that its dependencies are the ones that the native tests have built.
    fn cargo(&self) -> anyhow::Result<Command> {
        let mut cargo = run::cargo(["test", "--test", "faults", "--", "--nocapture"]);
        let settings = [("KNOCK_FAULTS_ROUNDS", self.rounds), ("KNOCK_FAULTS_SEED", self.seed)];
        for (name, value) in settings {
            cargo.envs(value.map(|value| (name, value.to_string())));
        }
        cargo.env(python::VARIABLE, python::ensure()?);
        Ok(cargo)
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
