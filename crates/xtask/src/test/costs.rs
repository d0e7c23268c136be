//! The stage that measures what messages, signals and a start cost: it only warns, since no two runs measure the same.

use std::sync::{Mutex, PoisonError};

use crate::bench::guard::{self, Build};

/// What is over its budget by more than a tenth.
static OVER: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// One short round: a build for development is measured against its own budgets.
const ROUND: [&str; 2] = ["--seconds", "2"];

/// Measures; an error only when it cannot.
pub(super) fn warn() -> anyhow::Result<()> {
    let over = guard::measure(Build::Dev, &ROUND.map(String::from))?;
    *OVER.lock().unwrap_or_else(PoisonError::into_inner) = over;
    Ok(())
}

/// Prints the warnings.
pub(super) fn print() {
    for line in OVER.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        println!("\nWARNING, more than a tenth over tests/guard.json: {line}");
    }
}
