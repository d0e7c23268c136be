//! The lines a person reads while waiting: what is being done and how long it took.

use std::fmt::Display;
use std::time::{Duration, Instant};

/// How a step ended.
pub(crate) enum Ended {
    /// Work was done.
    Done,
    /// Nothing had changed.
    Fresh,
    /// There was nothing to work on.
    Nothing,
}

/// Started when it is made.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "how long a build step took is told to a person and decides nothing")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Runs one step and prints its line.
pub(crate) fn step(name: &str, work: impl FnOnce() -> anyhow::Result<Ended>) -> anyhow::Result<()> {
    let watch = Stopwatch::start();
    let outcome = match work()? {
        Ended::Done => "",
        Ended::Fresh => "  unchanged",
        Ended::Nothing => "  nothing to do",
    };
    println!("{:>8}  {name}{outcome}", seconds(watch.elapsed()));
    Ok(())
}

/// Says what is about to take a while.
pub(crate) fn announce(what: impl Display) {
    println!("{:>8}  {what} ...", "");
}

/// A duration as `12.3 s`.
pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
