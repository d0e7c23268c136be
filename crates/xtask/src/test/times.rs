//! `tests/times.json`: the seconds that each stage of a whole run may take, as bytes have a budget.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use anyhow::Context;
use serde::Deserialize;

use crate::places;
use crate::report::{Stopwatch, seconds};
use crate::www::{self, Encoding};

/// The budgets, and the machine they were measured on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Times {
    /// Milliseconds of the reference work on that machine, with both of its processors idle.
    reference: f64,
    /// Seconds by the names of stages, from a fresh clone.
    stages: BTreeMap<String, f64>,
    /// How many times as long as that the reference work takes here; zero before it was measured.
    #[serde(skip)]
    slower: f64,
}

/// How a stage keeps to its budget.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Keeping {
    Within,
    /// A fifth over.
    Warning,
    /// A half over.
    Broken,
}

/// Bytes that the reference work compresses.
const REFERENCE: usize = 1 << 18;

impl Times {
    pub(super) fn load() -> anyhow::Result<Self> {
        let text = fs::read_to_string(places::at("tests/times.json"))?;
        serde_json::from_str(&text).context("cannot read tests/times.json")
    }

    /// Gives a slower machine more time, by the reference work; a faster one gets what is written. Of several
    /// measurements the slowest counts: a shared machine may be a fifth slower an hour later.
    pub(super) fn measure(&mut self) -> anyhow::Result<()> {
        let measured = reference()?;
        println!("{measured:.0} ms for the reference work of tests/times.json, {:.0} ms there", self.reference);
        self.count(measured);
        Ok(())
    }

    fn count(&mut self, measured: f64) {
        self.slower = self.slower.max(measured / self.reference);
    }

    /// The budget of a stage.
    pub(super) fn of(&self, stage: &str) -> Option<Duration> {
        self.stages.get(stage).map(|seconds| Duration::from_secs_f64(seconds * self.slower.max(1.0)))
    }

    /// The names of the stages.
    #[cfg(test)]
    fn names(&self) -> impl Iterator<Item = &str> {
        self.stages.keys().map(String::as_str)
    }
}

/// Judges a time by its budget; the text that the summary shows.
pub(super) fn judge(time: Duration, budget: Option<Duration>) -> (Keeping, String) {
    let Some(budget) = budget else { return (Keeping::Within, String::new()) };
    let share = time.as_secs_f64() / budget.as_secs_f64();
    let (keeping, word) = match share {
        ..1.2 => (Keeping::Within, ""),
        1.2..1.5 => (Keeping::Warning, "  OVER by a fifth or more"),
        _ => (Keeping::Broken, "  OVER by a half or more"),
    };
    (keeping, format!("{:>4.0} % of {}{word}", share * 100.0, seconds(budget)))
}

/// Milliseconds of a fixed piece of work on one processor: the smallest of three.
fn reference() -> anyhow::Result<f64> {
    // Of some order, as sources are: the digits of squares.
    let text: String = (0_u64..).map(|number| (number * number).to_string()).take(REFERENCE / 8).collect();
    let mut smallest = f64::INFINITY;
    for _ in 0..3 {
        let watch = Stopwatch::start();
        std::hint::black_box(www::encode(Encoding::Brotli, &text.as_bytes()[..REFERENCE])?);
        smallest = smallest.min(watch.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(smallest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::Stage;
    use clap::ValueEnum;

    #[test]
    fn a_fifth_over_is_a_warning_and_a_half_an_error() {
        let check = |time, expected| {
            assert_eq!(judge(Duration::from_secs(time), Some(Duration::from_secs(100))).0, expected, "{time}");
        };
        check(50, Keeping::Within);
        check(119, Keeping::Within);
        check(120, Keeping::Warning);
        check(149, Keeping::Warning);
        check(150, Keeping::Broken);
        assert_eq!(judge(Duration::from_secs(9), None), (Keeping::Within, String::new()));
    }

    #[test]
    fn the_slowest_measurement_of_a_machine_gives_its_budgets() {
        let mut times: Times = serde_json::from_str(r#"{"reference": 1000, "stages": {"e2e": 100}}"#).expect("times");
        let mut check = |measured, expected| {
            times.count(measured);
            assert_eq!(times.of("e2e"), Some(Duration::from_secs(expected)), "{measured}");
        };
        check(800.0, 100);
        check(1_500.0, 150);
        check(1_200.0, 150);
    }

    #[test]
    fn every_stage_of_a_whole_run_has_a_budget() {
        let times = Times::load().expect("tests/times.json");
        let stages = Stage::value_variants().iter().filter(|stage| **stage != Stage::Image);
        let mut names: Vec<&str> = stages.map(|stage| stage.name()).collect();
        names.sort_unstable();
        assert_eq!(times.names().collect::<Vec<_>>(), names);
    }
}
