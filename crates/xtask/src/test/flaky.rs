//! Failed tests that pass when they run again alone: listed, so that they are mended.

use std::fs;
use std::sync::{Mutex, PoisonError};

use anyhow::bail;
use serde::Serialize;

use super::runner::{Case, Runner};
use super::slowest;
use crate::{places, report};

/// What follows a failed test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Retries {
    /// The run has failed.
    Never,
    /// The test runs again, once and alone; if it passes then, the run goes on and names it.
    Once,
}

/// More failures than this have one reason, and no chance.
const MOST: usize = 10;

/// Lines of a failure's first output that the summary shows.
const LINES: usize = 12;

/// A test that failed and passed in one run.
#[derive(Clone, Debug, Serialize)]
struct Flaky {
    test: String,
    /// What it printed when it failed.
    output: String,
}

static FOUND: Mutex<Vec<Flaky>> = Mutex::new(Vec::new());

/// Runs all tests of a runner; returns what became of each. A failure that was chance is none.
pub(super) fn run(runner: &impl Runner, retries: Retries) -> anyhow::Result<Vec<Case>> {
    let mut cases = runner.all()?;
    slowest::add(&cases);
    let failed: Vec<&mut Case> = cases.iter_mut().filter(|case| case.failure.is_some()).collect();
    if retries == Retries::Never || failed.len() > MOST {
        return Ok(cases);
    }
    for case in failed {
        let test = case.title();
        report::announce(format_args!("once more, alone: {test}"));
        if runner.passes_alone(case)? {
            let output = case.failure.take().unwrap_or_default();
            FOUND.lock().unwrap_or_else(PoisonError::into_inner).push(Flaky { test, output });
        }
    }
    Ok(cases)
}

/// Fails with the names of the tests that failed, each with the start of its first output: that of the repetition may
/// be another one.
pub(super) fn passed(cases: &[Case]) -> anyhow::Result<()> {
    let failed: Vec<(String, &str)> =
        cases.iter().filter_map(|case| Some((case.title(), case.failure.as_deref()?))).collect();
    if failed.is_empty() {
        return Ok(());
    }
    let shown = if failed.len() > MOST { 0 } else { LINES };
    let named = |(test, output): &(String, &str)| format!("\n  {test}{}", start(output, shown));
    bail!("{} test(s) failed:{}", failed.len(), failed.iter().map(named).collect::<String>());
}

/// The first lines of an output, each on a line of its own.
fn start(output: &str, most: usize) -> String {
    let lines = output.lines().filter(|line| !line.trim().is_empty());
    lines.take(most).map(|line| format!("\n    {line}")).collect()
}

/// Prints the list and writes it to `target/flaky.json`, also when it is empty.
pub(super) fn summary() -> anyhow::Result<()> {
    let found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    fs::create_dir_all(places::at("target"))?;
    fs::write(places::at("target/flaky.json"), serde_json::to_string_pretty(&*found)?)?;
    println!("\nflaky: {}", found.len());
    for Flaky { test, output } in found.iter() {
        println!("- {test}{}", start(output, LINES));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tests of which the first so many fail, and pass alone if their name says so.
    struct Scripted(Vec<(&'static str, bool)>);

    impl Runner for Scripted {
        fn all(&self) -> anyhow::Result<Vec<Case>> {
            let case = |&(name, fails): &(&str, bool)| Case {
                suite: "scripted".into(),
                name: name.into(),
                time: None,
                failure: fails.then(|| "first output".into()),
            };
            Ok(self.0.iter().map(case).collect())
        }

        fn passes_alone(&self, case: &Case) -> anyhow::Result<bool> {
            Ok(case.name.starts_with("chance"))
        }
    }

    fn failures(tests: &[(&'static str, bool)], retries: Retries) -> Option<String> {
        passed(&run(&Scripted(tests.to_vec()), retries).unwrap()).err().map(|error| error.to_string())
    }

    #[test]
    fn a_failed_test_runs_again_only_where_that_is_wanted() {
        let tests = [("chance_a", true), ("b", false)];
        let named = "1 test(s) failed:\n  scripted chance_a\n    first output";
        assert_eq!(failures(&tests, Retries::Never).as_deref(), Some(named));
        assert_eq!(failures(&tests, Retries::Once), None);
        let found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(found.iter().any(|flaky| flaky.test == "scripted chance_a" && flaky.output == "first output"));
    }

    #[test]
    fn a_test_that_fails_twice_and_many_failures_stay_failures() {
        assert!(
            failures(&[("always", true), ("chance", true)], Retries::Once).is_some_and(|text| text.contains("always"))
        );
        let many = failures(&[("chance", true); MOST + 1], Retries::Once);
        assert!(many.is_some_and(|text| !text.contains("first output")));
    }
}
