//! Node and the npm packages that a lock file names.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use anyhow::bail;

use super::{apt, on_path};
use crate::report::{Ended, step};
use crate::{places, run};

/// The first release that our end-to-end tests run on.
const OLDEST_NODE: u32 = 20;

/// Held by who installs: `npm ci` empties the folder that another one fills.
static TURN: Mutex<()> = Mutex::new(());

/// Makes sure that the packages for building and testing are there.
pub(crate) fn ensure() -> anyhow::Result<()> {
    ensure_in("")
}

/// Makes sure that `node_modules` of a folder is what its lock file says.
pub(crate) fn ensure_in(folder: &str) -> anyhow::Result<()> {
    if on_path("node").is_none() || on_path("npm").is_none() {
        apt::install(&["nodejs", "npm"], "Node.js with npm")?;
    }
    let folder = places::at(folder);
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let lock = fs::read(folder.join("package-lock.json"))?;
    // A copy of the lock file as it was installed: times of files say nothing after a checkout.
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    node_is_new_enough()?;
    step("npm packages", || {
        // Warnings about what its packages ask for are nothing that a reader can do about.
        run::run_quietly(run::command("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))?;
        fs::write(stamp, lock)?;
        Ok(Ended::Done)
    })
}

fn node_is_new_enough() -> anyhow::Result<()> {
    let version = run::output(run::command("node").arg("--version"))?;
    if major(&version).is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node.js is {}; {OLDEST_NODE} or newer is needed", version.trim());
    }
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// A program that an npm package brings.
pub(crate) fn program(name: &str) -> PathBuf {
    places::at("node_modules/.bin").join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_version_is_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("unknown"), None);
    }
}
