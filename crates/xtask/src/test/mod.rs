//! `test`: every check in the order that fails soonest, or only the stages named.

mod browser;
mod faults;
mod native;
mod postgres;

use std::time::Duration;

use anyhow::bail;
use clap::ValueEnum;

use crate::binary::{Effort, Profile};
use crate::report::{Stopwatch, seconds};
use crate::{size, tidy, www};

pub(crate) use faults::Faults;

/// A part of the checks that can be run alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// Format, clippy for the server and the browser, licences
    Lint,
    /// Layers, names, sources, documents, pinned versions
    Tidy,
    /// The files that browsers download
    Www,
    /// Tests that need no browser
    Native,
    /// Tests that keep something, again on a PostgreSQL of their own
    Postgres,
    /// A server that is killed, on disks that fail: `-- --rounds 200` for a long round
    Faults,
    /// Tests of the browser crates, in headless Chromium
    Wasm,
    /// Sizes against tests/budgets.json
    Size,
    /// The whole system: a real server and a real browser
    E2e,
}

enum Verdict {
    Passed(Duration),
    Failed(Duration, anyhow::Error),
    NotRun,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Tidy => "tidy",
            Self::Www => "www",
            Self::Native => "native",
            Self::Postgres => "postgres",
            Self::Faults => "faults",
            Self::Wasm => "wasm",
            Self::Size => "size",
            Self::E2e => "e2e",
        }
    }

    fn run(self, profile: Profile, faults: &Faults) -> anyhow::Result<()> {
        match self {
            Self::Lint => native::lint(),
            Self::Tidy => tidy::tidy(),
            Self::Www => www::build(profile, Effort::Small),
            Self::Native => native::test(),
            Self::Postgres => postgres::test(faults),
            Self::Faults => faults.test(),
            Self::Wasm => browser::test(),
            Self::Size => size::check(profile),
            Self::E2e => browser::end_to_end(),
        }
    }

    /// Whether the stage reads what the `www` stage makes.
    fn reads_www(self) -> bool {
        matches!(self, Self::Faults | Self::Size | Self::E2e)
    }

    /// Whether the later stages still say something when this one has failed.
    fn is_report(self) -> bool {
        matches!(self, Self::Tidy | Self::Size)
    }
}

/// Runs the stages in their order and sums up.
pub(crate) fn test(profile: Profile, named: &[Stage], faults: &Faults) -> anyhow::Result<()> {
    let stages = Stage::value_variants().iter().filter(|stage| is_wanted(**stage, named));
    let mut verdicts = Vec::new();
    let mut stopped = false;
    for &stage in stages {
        let verdict = if stopped {
            Verdict::NotRun
        } else {
            println!("\n== {}", stage.name());
            judge(stage, profile, faults)
        };
        if let Verdict::Failed(_, error) = &verdict {
            println!("\n{}: {error:#}", stage.name());
            stopped = !stage.is_report();
        }
        verdicts.push((stage, verdict));
    }
    summary(&verdicts)
}

fn is_wanted(stage: Stage, named: &[Stage]) -> bool {
    let is_needed = stage == Stage::Www && named.iter().any(|other| other.reads_www());
    named.is_empty() || named.contains(&stage) || is_needed
}

fn judge(stage: Stage, profile: Profile, faults: &Faults) -> Verdict {
    let watch = Stopwatch::start();
    match stage.run(profile, faults) {
        Ok(()) => Verdict::Passed(watch.elapsed()),
        Err(error) => Verdict::Failed(watch.elapsed(), error),
    }
}

fn summary(verdicts: &[(Stage, Verdict)]) -> anyhow::Result<()> {
    println!("\n== summary");
    for (stage, verdict) in verdicts {
        let (word, time) = match verdict {
            Verdict::Passed(time) => ("passed", seconds(*time)),
            Verdict::Failed(time, _) => ("FAILED", seconds(*time)),
            Verdict::NotRun => ("not run", String::new()),
        };
        println!("{:<10}{word:<8}{time:>9}", stage.name());
    }
    let failed: Vec<&str> = verdicts
        .iter()
        .filter(|(_, verdict)| matches!(verdict, Verdict::Failed(..)))
        .map(|(stage, _)| stage.name())
        .collect();
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    println!("all stages passed");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(named: &[Stage], expected: &[Stage]) {
        let mut wanted = Stage::value_variants().to_vec();
        wanted.retain(|stage| is_wanted(*stage, named));
        assert_eq!(wanted, expected);
    }

    #[test]
    fn named_stages_bring_what_they_read() {
        check(&[Stage::Native, Stage::Lint], &[Stage::Lint, Stage::Native]);
        check(&[Stage::E2e], &[Stage::Www, Stage::E2e]);
        check(&[], Stage::value_variants());
    }
}
