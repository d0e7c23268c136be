//! Installing system packages, where we are allowed to.

use std::sync::{Mutex, PoisonError};

use anyhow::bail;

use super::on_path;
use crate::{report, run};

/// Held by who installs: apt refuses a second one.
static TURN: Mutex<()> = Mutex::new(());

/// Installs Debian packages, or says what a person has to install.
pub(super) fn install(packages: &[&str], what: &str) -> anyhow::Result<()> {
    installed(packages, what, &[])
}

/// The same of packages that would start a service for the whole machine: in the first runlevel none is started.
pub(super) fn install_without_services(packages: &[&str], what: &str) -> anyhow::Result<()> {
    installed(packages, what, &[("RUNLEVEL", "1")])
}

fn installed(packages: &[&str], what: &str, variables: &[(&str, &str)]) -> anyhow::Result<()> {
    let list = packages.join(" ");
    if on_path("apt-get").is_none() || !is_root() {
        bail!("{what} is missing: install it (on Debian: apt-get install {list}) and run this again");
    }
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    report::announce(format_args!("installing {what} (apt-get install {list})"));
    let mut update = run::command("apt-get");
    run::run(update.args(["update", "--quiet"]))?;
    let mut install = run::command("apt-get");
    run::run(
        install
            .env("DEBIAN_FRONTEND", "noninteractive")
            .envs(variables.iter().copied())
            .args(["install", "--yes", "--quiet", "--no-install-recommends"])
            .args(packages),
    )
}

pub(super) fn is_root() -> bool {
    run::probe(run::command("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}
