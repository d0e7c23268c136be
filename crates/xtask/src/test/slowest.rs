//! The slowest tests of a run, which is where its minutes go.

use std::sync::{Mutex, PoisonError};

use super::runner::Case;
use crate::report::seconds;

/// Tests that the summary names.
const SHOWN: usize = 10;

static SLOWEST: Mutex<Vec<Case>> = Mutex::new(Vec::new());

/// Remembers the slowest of these tests and of all before.
pub(super) fn add(cases: &[Case]) {
    let mut slowest = SLOWEST.lock().unwrap_or_else(PoisonError::into_inner);
    slowest.extend(cases.iter().filter(|case| case.time.is_some()).cloned());
    keep(&mut slowest);
}

/// Prints them, the slowest first.
pub(super) fn print() {
    let slowest = SLOWEST.lock().unwrap_or_else(PoisonError::into_inner);
    if slowest.is_empty() {
        return;
    }
    println!("\n== slowest tests");
    for case in slowest.iter() {
        println!("{:>9}  {}", seconds(case.time.unwrap_or_default()), case.title());
    }
}

fn keep(cases: &mut Vec<Case>) {
    cases.sort_by_key(|case| std::cmp::Reverse(case.time));
    cases.truncate(SHOWN);
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_slowest_are_kept_in_their_order() {
        let case = |second| Case {
            suite: "s".into(),
            name: format!("of {second}"),
            time: Some(Duration::from_secs(second)),
            failure: None,
        };
        let mut cases: Vec<Case> = (0..30).map(case).collect();
        keep(&mut cases);
        assert_eq!((cases.len(), cases[0].name.as_str(), cases[9].name.as_str()), (10, "of 29", "of 20"));
    }
}
