//! The tools we need beside cargo: found where they are, installed where that is possible.

mod apt;
pub(crate) mod bindgen;
pub(crate) mod browser;
mod certificate;
pub(crate) mod deny;
pub(crate) mod dovecot;
pub(crate) mod in_browser;
pub(crate) mod mutants;
pub(crate) mod nightly;
pub(crate) mod npm;
pub(crate) mod other_browsers;
pub(crate) mod postgres;
pub(crate) mod python;
pub(crate) mod rust;

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// The first program of this name on the search path.
fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// The directory of installed tools.
fn cache() -> anyhow::Result<PathBuf> {
    if let Some(folder) = env::var_os("KNOCK_TOOLS") {
        return Ok(folder.into());
    }
    let caches =
        env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cache")));
    Ok(caches.context("there is no home directory; set KNOCK_TOOLS to a folder for tools")?.join("knock-tools"))
}

fn program(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{}", env::consts::EXE_SUFFIX))
}
