//! `test`: every check in the order that fails soonest, or only the stages named.

mod browser;
mod costs;
mod faults;
mod flaky;
mod image;
mod late;
mod native;
mod postgres;
mod runner;
mod selection;
mod slowest;
mod summary;
mod times;
mod tools;

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use clap::ValueEnum;

use crate::profile::{Effort, Profile};
use crate::report::Stopwatch;
use crate::{size, tidy, www};
use flaky::Retries;
use late::Late;
use runner::Runner;
use selection::{Group, Selection};
use summary::Verdict;
use times::Times;

pub(crate) use faults::Faults;

/// What a person asks of a run.
pub(crate) struct Options {
    pub(crate) profile: Profile,
    /// The stages; all of them when none is named.
    pub(crate) stages: Vec<Stage>,
    pub(crate) faults: Faults,
    /// Whether also those tests run whose inputs are unchanged.
    pub(crate) is_whole: bool,
    /// Whether a failed test runs again, once and alone.
    pub(crate) is_ci: bool,
    /// Whether all servers of native tests and scripts are late, and by which seed.
    pub(crate) late: Option<Option<u64>>,
}

/// What the stages of a run have in common.
struct Run {
    profile: Profile,
    faults: Faults,
    retries: Retries,
    selection: Selection,
    late: Late,
}

impl Run {
    /// Runs the tests of the selected groups, and remembers those that passed. `make` gets the groups, at least one.
    fn tests<R: Runner>(
        &self,
        stage: &str,
        groups: Vec<Group>,
        make: impl FnOnce(&[Group]) -> anyhow::Result<R>,
    ) -> anyhow::Result<()> {
        let wanted = self.selection.wanted(stage, groups);
        if wanted.is_empty() {
            return Ok(());
        }
        let cases = flaky::run(&make(&wanted)?, self.retries)?;
        self.selection.settle(stage, &wanted, &cases)
    }
}

/// A part of the checks that can be run alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// Browsers, PostgreSQL, Python and packages of npm, installed
    Tools,
    /// Format, licences; what is compiled is linted meanwhile
    Lint,
    /// Layers, names, sources, documents, pinned versions
    Tidy,
    /// The server and the tests that need no browser, compiled
    Build,
    /// The files that browsers download
    Www,
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
    /// What messages, signals and a start cost, against tests/guard.json: only warns
    Guard,
    /// The image of Dockerfile, built and started; only when it is named, for it compiles a release anew
    Image,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Self::Tools => "tools",
            Self::Lint => "lint",
            Self::Tidy => "tidy",
            Self::Build => "build",
            Self::Www => "www",
            Self::BuildBrowser => "build-browser",
            Self::Native => "native",
            Self::Postgres => "postgres",
            Self::Faults => "faults",
            Self::Wasm => "wasm",
            Self::Size => "size",
            Self::E2e => "e2e",
            Self::Guard => "guard",
            Self::Image => "image",
        }
    }

    fn run(self, run: &Run) -> anyhow::Result<()> {
        match self {
            Self::Tools => tools::install(),
            Self::Lint => native::lint(),
            Self::Tidy => tidy::tidy(),
            Self::Build => native::compile(),
            Self::Www => www::build(run.profile, Effort::Small),
            Self::BuildBrowser => browser::compile(run),
            Self::Native => native::test(run),
            Self::Postgres => postgres::test(run),
            Self::Faults => faults::test(run),
            Self::Wasm => browser::test(run),
            Self::Size => size::check(run.profile),
            Self::E2e => browser::end_to_end(run),
            Self::Guard => costs::warn(),
            Self::Image => image::test(),
        }
    }

    /// Whether the stage reads what the `www` stage makes.
    fn reads_www(self) -> bool {
        matches!(self, Self::Faults | Self::Size | Self::E2e)
    }

    /// Whether the later stages still say something when this one has failed.
    fn is_report(self) -> bool {
        matches!(self, Self::Tools | Self::Tidy | Self::Size | Self::Guard)
    }
}

/// Installing, and compiling for the server and for browsers, goes side by side: each has a target folder of its own.
const LANES: [&[Stage]; 3] =
    [&[Stage::Tools], &[Stage::Lint, Stage::Tidy, Stage::Build], &[Stage::Www, Stage::BuildBrowser]];

/// Then one after the other, so that nothing else keeps a test waiting.
const TESTS: [Stage; 8] =
    [Stage::Native, Stage::Postgres, Stage::Faults, Stage::Wasm, Stage::Size, Stage::E2e, Stage::Guard, Stage::Image];

/// The stages in which everything can be late.
const LATE: [Stage; 2] = [Stage::Native, Stage::E2e];

/// Runs the stages in their order and sums up.
pub(crate) fn test(options: Options) -> anyhow::Result<()> {
    let Options { profile, stages: mut named, faults, is_whole, is_ci, late } = options;
    if late.is_some() && named.is_empty() {
        named = LATE.to_vec();
    }
    // A stage alone may have to compile first, which is not in its budget.
    let mut times = if named.is_empty() { Some(Times::load()?) } else { None };
    times.as_mut().map_or(Ok(()), Times::measure)?;
    let retries = if is_ci { Retries::Once } else { Retries::Never };
    // What was green is of the modules for development.
    let selection = Selection::load(is_whole || is_ci || late.is_some() || profile == Profile::Release);
    let late = Late::new(late);
    late.announce();
    let run = Run { profile, faults, retries, selection, late };
    let verdicts = verdicts(&run, &named);
    slowest::print();
    if is_ci {
        flaky::summary()?;
    }
    costs::print();
    times.as_mut().map_or(Ok(()), Times::measure)?;
    summary::print(&verdicts, times.as_ref())
}

fn verdicts(run: &Run, named: &[Stage]) -> Vec<(Stage, Verdict)> {
    let is_stopped = AtomicBool::new(false);
    let all = |stages: &[Stage]| -> Vec<(Stage, Verdict)> {
        let wanted = stages.iter().filter(|stage| is_wanted(**stage, named));
        wanted.map(|&stage| (stage, verdict(stage, run, &is_stopped))).collect()
    };
    let mut verdicts = thread::scope(|scope| {
        let lanes = LANES.map(|stages| scope.spawn(move || all(stages)));
        lanes.into_iter().flat_map(|lane| lane.join().unwrap_or_else(|panic| resume_unwind(panic))).collect::<Vec<_>>()
    });
    verdicts.extend(all(&TESTS));
    verdicts
}

/// Judges a stage, unless one before it has failed for good.
fn verdict(stage: Stage, run: &Run, is_stopped: &AtomicBool) -> Verdict {
    if is_stopped.load(Ordering::Relaxed) {
        return Verdict::NotRun;
    }
    println!("\n== {}", stage.name());
    let watch = Stopwatch::start();
    match stage.run(run) {
        Ok(()) => Verdict::Passed(watch.elapsed()),
        Err(error) => {
            println!("\n{} FAILED: {error:#}", stage.name());
            is_stopped.fetch_or(!stage.is_report(), Ordering::Relaxed);
            Verdict::Failed(watch.elapsed())
        }
    }
}

fn is_wanted(stage: Stage, named: &[Stage]) -> bool {
    let is_needed = stage == Stage::Www && named.iter().any(|other| other.reads_www());
    (named.is_empty() && stage != Stage::Image) || named.contains(&stage) || is_needed
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
