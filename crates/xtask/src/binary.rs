//! Building the `knock` binary.

use std::path::PathBuf;
use std::process::Command;

use crate::metadata::Workspace;
use crate::profile::Profile;
use crate::report::{Ended, step};
use crate::run;

/// Builds the server and says where it is. The browser files must be there before.
pub(crate) fn build(profile: Profile) -> anyhow::Result<PathBuf> {
    match profile {
        // Without the allocator of releases: its C code is two minutes of a first build.
        Profile::Dev => built(run::cargo(["build", "--bin", "knock", "--no-default-features"]), "debug"),
        Profile::Release => {
            built(run::cargo(["build", "--package", "knock", "--bin", "knock", "--release"]), "release")
        }
    }
}

/// The server as the native tests have built it: together with a test, with all that tests want of its dependencies,
/// such as the servers of vendors, whose programs are beside it.
pub(crate) fn build_for_tests() -> anyhow::Result<PathBuf> {
    built(run::linting_cargo(["build", "--bin", "knock", "--bin", "contract-*", "--test", "http"]), "debug")
}

fn built(mut cargo: Command, folder: &str) -> anyhow::Result<PathBuf> {
    step("knock, the server", || {
        run::run_quietly(&mut cargo)?;
        Ok(Ended::Done)
    })?;
    let name = format!("knock{}", std::env::consts::EXE_SUFFIX);
    Ok(Workspace::load()?.target_directory.join(folder).join(name))
}
