//! The tools we need beside cargo: found where they are, installed where that is possible.

mod apt;
pub(crate) mod bindgen;
pub(crate) mod browser;
pub(crate) mod npm;
pub(crate) mod rust;

use std::env;
use std::path::PathBuf;

/// The first program of this name on the search path.
fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}
