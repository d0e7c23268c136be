//! `test`: every check in the order that fails soonest, or only the stages named.

mod browser;
mod faults;
mod image;
mod native;
mod postgres;

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::bail;
use clap::ValueEnum;

use crate::binary::{Effort, Profile};
use crate::report::{Stopwatch, print_steps, seconds};
use crate::{size, tidy, www};

pub(crate) use faults::Faults;

/// A part of the checks that can be run alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// Format, clippy for the server, licences
    Lint,
    /// Layers, names, sources, documents, pinned versions
    Tidy,
    /// The server and the tests that need no browser, compiled
    Build,
    /// The files that browsers download
    Www,
    /// Clippy for the browser
    LintBrowser,
    /// The tests of the browser crates, compiled
    BuildBrowser,
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
    /// The image of Dockerfile, built and started; only when it is named, for it compiles a release anew
    Image,
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
            Self::Build => "build",
            Self::Www => "www",
            Self::LintBrowser => "lint-browser",
            Self::BuildBrowser => "build-browser",
            Self::Native => "native",
            Self::Postgres => "postgres",
            Self::Faults => "faults",
            Self::Wasm => "wasm",
            Self::Size => "size",
            Self::E2e => "e2e",
            Self::Image => "image",
        }
    }

    fn run(self, profile: Profile, faults: &Faults) -> anyhow::Result<()> {
        match self {
            Self::Lint => native::lint(),
            Self::Tidy => tidy::tidy(),
            Self::Build => native::compile(),
            Self::Www => www::build(profile, Effort::Small),
            Self::LintBrowser => browser::lint(),
            Self::BuildBrowser => browser::compile(),
            Self::Native => native::test(),
            Self::Postgres => postgres::test(faults),
            Self::Faults => faults.test(),
            Self::Wasm => browser::test(),
            Self::Size => size::check(profile),
            Self::E2e => browser::end_to_end(),
            Self::Image => image::test(),
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

/// Compiling for the server and for browsers goes side by side: each has a target folder of its own.
const LANES: [&[Stage]; 2] =
    [&[Stage::Lint, Stage::Tidy, Stage::Build], &[Stage::Www, Stage::LintBrowser, Stage::BuildBrowser]];

/// Then one after the other, so that nothing else keeps a test waiting.
const TESTS: [Stage; 7] =
    [Stage::Native, Stage::Postgres, Stage::Faults, Stage::Wasm, Stage::Size, Stage::E2e, Stage::Image];

/// Runs the stages in their order and sums up.
pub(crate) fn test(profile: Profile, named: &[Stage], faults: &Faults) -> anyhow::Result<()> {
    let is_stopped = AtomicBool::new(false);
    let run = |stages: &[Stage]| -> Vec<(Stage, Verdict)> {
        let wanted = stages.iter().filter(|stage| is_wanted(**stage, named));
        wanted.map(|&stage| (stage, verdict(stage, profile, faults, &is_stopped))).collect()
    };
    let mut verdicts = thread::scope(|scope| {
        let lanes = LANES.map(|stages| scope.spawn(move || run(stages)));
        lanes.into_iter().flat_map(|lane| lane.join().unwrap_or_else(|panic| resume_unwind(panic))).collect::<Vec<_>>()
    });
    verdicts.extend(thread::scope(|scope| {
        // Tests wait more than they compute; what a later one needs is compiled meanwhile.
        if is_wanted(Stage::Native, named) && is_wanted(Stage::Wasm, named) && !is_stopped.load(Ordering::Relaxed) {
            // Why it failed, the stage that needs it says.
            scope.spawn(|| drop(browser::prepare()));
        }
        run(&TESTS)
    }));
    summary(&verdicts)
}

/// Judges a stage, unless one before it has failed for good.
fn verdict(stage: Stage, profile: Profile, faults: &Faults, is_stopped: &AtomicBool) -> Verdict {
    if is_stopped.load(Ordering::Relaxed) {
        return Verdict::NotRun;
    }
    println!("\n== {}", stage.name());
    let verdict = judge(stage, profile, faults);
    if let Verdict::Failed(_, error) = &verdict {
        println!("\n{} FAILED: {error:#}", stage.name());
        is_stopped.fetch_or(!stage.is_report(), Ordering::Relaxed);
    }
    verdict
}

fn is_wanted(stage: Stage, named: &[Stage]) -> bool {
    let is_needed = stage == Stage::Www && named.iter().any(|other| other.reads_www());
    (named.is_empty() && stage != Stage::Image) || named.contains(&stage) || is_needed
}

fn judge(stage: Stage, profile: Profile, faults: &Faults) -> Verdict {
    let watch = Stopwatch::start();
    match stage.run(profile, faults) {
        Ok(()) => Verdict::Passed(watch.elapsed()),
        Err(error) => Verdict::Failed(watch.elapsed(), error),
    }
}

fn summary(verdicts: &[(Stage, Verdict)]) -> anyhow::Result<()> {
    println!("\n== steps");
    print_steps();
    println!("\n== summary");
    for (stage, verdict) in verdicts {
        let (word, time) = match verdict {
            Verdict::Passed(time) => ("passed", seconds(*time)),
            Verdict::Failed(time, _) => ("FAILED", seconds(*time)),
            Verdict::NotRun => ("not run", String::new()),
        };
        println!("{:<14}{word:<8}{time:>9}", stage.name());
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
    fn every_stage_has_its_place() {
        let mut placed = [LANES.concat(), TESTS.to_vec()].concat();
        placed.sort_by_key(|stage| Stage::value_variants().iter().position(|other| other == stage));
        assert_eq!(placed, Stage::value_variants());
    }

    #[test]
    fn named_stages_bring_what_they_read() {
        check(&[Stage::Native, Stage::Lint], &[Stage::Lint, Stage::Native]);
        check(&[Stage::E2e], &[Stage::Www, Stage::E2e]);
        let all = Stage::value_variants();
        check(&[], &all[..all.len() - 1]);
        check(&[Stage::Image], &[Stage::Image]);
    }
}
