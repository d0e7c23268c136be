//! Building the `knock` binary.

use std::path::PathBuf;
use std::process::Command;

use crate::metadata::Workspace;
use crate::report::{Ended, step};
use crate::run;

/// The profile of a build: for development, or for release.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Dev,
    Release,
}

/// The effort for the size of browser files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// The smallest size: for tests, measurements and releases.
    Small,
    /// Compiled fast, for a server on this machine. The files that visitors download are small all the same.
    Fast,
}

impl Effort {
    /// The name of cargo's profile, and of the folder of what is made with it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Small => "wasm",
            Self::Fast => "wasm-fast",
        }
    }
}

impl Profile {
    /// From the `--release` flag.
    pub(crate) fn new(release: bool) -> Self {
        if release { Self::Release } else { Self::Dev }
    }

    /// The name of its folder and of its budgets. The browser files to work on are made by the stable compiler.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Dev => "stable",
            Self::Release => "release",
        }
    }
}

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
/// such as the servers of vendors, whose programs are beside it; linted if they were.
pub(crate) fn build_for_tests(is_linting: bool) -> anyhow::Result<PathBuf> {
    let mut cargo = run::cargo(["build", "--bin", "knock", "--bin", "contract-*", "--test", "http"]);
    if is_linting {
        run::lint(&mut cargo);
    }
    built(cargo, "debug")
}

fn built(mut cargo: Command, folder: &str) -> anyhow::Result<PathBuf> {
    step("knock, the server", || {
        run::run_quietly(&mut cargo)?;
        Ok(Ended::Done)
    })?;
    let name = format!("knock{}", std::env::consts::EXE_SUFFIX);
    Ok(Workspace::load()?.target_directory.join(folder).join(name))
}
