//! The lines a person reads while waiting: what is being done and how long it took.

use std::fmt::Display;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;

/// The outcome of a step.
pub(crate) enum Ended {
    /// Work was done.
    Done,
    /// Up to date.
    Fresh,
}

/// Started when it is made.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "the duration of a build step is reported to a person and decides nothing"
    )]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// The start of this program.
static BEGUN: LazyLock<Stopwatch> = LazyLock::new(Stopwatch::start);

/// Begins to count the time that is shown before each line.
pub(crate) fn begin() {
    LazyLock::force(&BEGUN);
}

/// The steps that did something, and how long each took.
static STEPS: Mutex<Vec<(String, Duration)>> = Mutex::new(Vec::new());

/// Steps shorter than this are not worth a line at the end.
const LONG: Duration = Duration::from_secs(2);

/// Runs one step and prints its line: the time so far, the step, and how long it took.
pub(crate) fn step(name: &str, work: impl FnOnce() -> anyhow::Result<Ended>) -> anyhow::Result<()> {
    let watch = Stopwatch::start();
    let ended = work();
    let time = watch.elapsed();
    STEPS.lock().unwrap_or_else(PoisonError::into_inner).push((name.into(), time));
    let outcome = match ended.with_context(|| format!("the step \"{name}\" failed"))? {
        Ended::Done => format!("  {}", seconds(time)),
        Ended::Fresh => "  unchanged".into(),
    };
    println!("{:>6}  {name}{outcome}", so_far());
    Ok(())
}

/// Prints how long each step took, those that took next to no time left out.
pub(crate) fn print_steps() {
    let steps = STEPS.lock().unwrap_or_else(PoisonError::into_inner);
    for (name, time) in steps.iter().filter(|(_, time)| *time >= LONG) {
        println!("{name:<60}{:>9}", seconds(*time));
    }
}

fn so_far() -> String {
    let seconds = BEGUN.elapsed().as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Says what is about to take a while.
pub(crate) fn announce(what: impl Display) {
    println!("{:>6}  {what} ...", so_far());
}

/// A duration as `12.3 s`.
pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
