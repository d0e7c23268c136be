//! Tests by `cargo test`: of the faults, which print what they try, and those in a browser.

use std::process::Command;

use anyhow::bail;

use super::{Case, Runner};
use crate::run;

/// A run of `cargo test`.
pub(in crate::test) struct Libtest<F> {
    /// The name of the run in lists of tests.
    pub(in crate::test) suite: &'static str,
    /// The command of all tests, with what selects them behind `--`.
    pub(in crate::test) command: F,
}

/// What a command of [`Libtest`] is to run.
pub(in crate::test) enum Only<'n> {
    All,
    /// The test of this name.
    One(&'n str),
}

impl<F: Fn(Only<'_>) -> anyhow::Result<Command>> Runner for Libtest<F> {
    fn all(&self) -> anyhow::Result<Vec<Case>> {
        let (is_success, printed) = run::run_and_keep(&mut (self.command)(Only::All)?)?;
        let failed = failed(&printed);
        if !is_success && failed.is_empty() {
            bail!("{} failed", self.suite);
        }
        let case = |(name, failure): (&str, Option<String>)| Case {
            suite: self.suite.to_owned(),
            name: name.to_owned(),
            time: None,
            failure,
        };
        let failures = failed.into_iter().map(|name| case((name, Some(printed.clone()))));
        Ok(failures.chain(passed(&printed).map(|name| case((name, None)))).collect())
    }

    fn passes_alone(&self, case: &Case) -> anyhow::Result<bool> {
        let (is_success, printed) = run::run_and_keep(&mut (self.command)(Only::One(&case.name))?)?;
        // A name that no program knows is a success without a test.
        Ok(is_success && count_passed(&printed) > 0)
    }
}

/// The number of tests that passed, over the results of all programs.
fn count_passed(printed: &str) -> u32 {
    let results = printed.lines().filter_map(|line| line.strip_prefix("test result: ok. ")?.split_once(" passed"));
    results.filter_map(|(count, _)| count.parse::<u32>().ok()).sum()
}

/// The names below `failures:`, where a program lists them at its end.
fn failed(printed: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut is_list = false;
    for line in printed.lines() {
        match line.strip_prefix("    ") {
            Some(name) if is_list && !name.contains(' ') => found.push(name),
            _ => is_list = line.trim() == "failures:" || (is_list && line.trim().is_empty()),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn passed(printed: &str) -> impl Iterator<Item = &str> {
    printed.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... ok"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "\nrunning 3 tests\ntest kill::a ... ok\nseed 7\ntest kill::b ... FAILED\n\nfailures:\n\n\
        ---- kill::b stdout ----\n\nthread panicked\n    left: 1\n\n\nfailures:\n    kill::b\n    kill::c\n\n\
        test result: FAILED. 1 passed; 2 failed\n";

    #[test]
    fn only_tests_that_ran_have_passed() {
        assert_eq!(count_passed("test result: ok. 0 passed; 0 failed\ntest result: ok. 0 passed; 0 failed\n"), 0);
        assert_eq!(count_passed("seed 7\ntest result: ok. 1 passed; 0 failed\ntest result: ok. 0 passed\n"), 1);
    }

    #[test]
    fn failures_are_read_from_the_list_at_the_end() {
        assert_eq!(failed(PRINTED), ["kill::b", "kill::c"]);
        assert_eq!(failed("test a ... ok\n\ntest result: ok. 1 passed\n"), [""; 0]);
        assert_eq!(passed(PRINTED).collect::<Vec<_>>(), ["kill::a"]);
    }
}
