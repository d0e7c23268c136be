//! `cargo deny`, which compares licences and sources of what we depend on with `deny.toml`.

use std::path::PathBuf;

use super::{cache, on_path, program};
use crate::report::{Ended, step};
use crate::{places, run};

const VERSION: &str = "0.20.2";

/// Finds the program on the search path or in the cache, or installs it there.
pub(crate) fn ensure() -> anyhow::Result<PathBuf> {
    let root = cache()?.join(format!("cargo-deny-{VERSION}"));
    let cached = program(&root.join("bin"), "cargo-deny");
    if let Some(found) = on_path("cargo-deny").into_iter().chain([cached.clone()]).find(|path| path.is_file()) {
        return Ok(found);
    }
    step(&format!("cargo-deny {VERSION}, installed into {}", root.display()), || {
        let target = places::at("target/deny");
        // It runs for seconds: optimised, it would be compiled for minutes.
        let mut cargo = run::cargo(["install", "--locked", "cargo-deny", "--version", VERSION, "--debug", "--root"]);
        cargo.arg(&root).env("CARGO_TARGET_DIR", &target).env("CARGO_PROFILE_DEV_DEBUG", "0");
        run::run_quietly(&mut cargo)?;
        std::fs::remove_dir_all(target)?;
        Ok(Ended::Done)
    })?;
    Ok(cached)
}
