//! The test runner of `wasm-bindgen`, in exactly the version of the crate.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};

use super::{cache, on_path, program};
use crate::report::{Ended, step};
use crate::{places, run};

/// The program that cargo runs a test module with: on the search path, in the cache, or installed there.
pub(crate) fn test_runner() -> anyhow::Result<PathBuf> {
    // A stage may ask for it while it is being installed for the same run.
    static INSTALLING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    let version = version()?;
    let beside = on_path("wasm-bindgen").and_then(|path| Some(path.parent()?.to_owned()));
    let cache = cache()?.join(format!("wasm-bindgen-{version}"));
    let cached = cache.join("bin");
    let found = beside.into_iter().chain([cached.clone()]).find(|folder| has(folder, &version));
    if found.is_none() {
        install(&version, &cache)?;
    }
    Ok(program(&found.unwrap_or(cached), "wasm-bindgen-test-runner"))
}

/// The version of the crate, the library and the runner.
pub(crate) fn version() -> anyhow::Result<String> {
    pin(&std::fs::read_to_string(places::at("Cargo.toml"))?)
}

/// The version that the workspace's manifest pins. Nothing else may name it.
pub(crate) fn pin(manifest: &str) -> anyhow::Result<String> {
    let manifest: toml::Table = manifest.parse().context("cannot read Cargo.toml")?;
    let entry = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(|dependencies| dependencies.get("wasm-bindgen"))
        .context("Cargo.toml has no workspace dependency wasm-bindgen")?;
    let required = entry.get("version").unwrap_or(entry).as_str();
    match required.and_then(|text| text.strip_prefix('=')) {
        Some(version) => Ok(version.trim().to_owned()),
        None => bail!("wasm-bindgen must be pinned as \"=x.y.z\" in Cargo.toml"),
    }
}

fn has(folder: &Path, version: &str) -> bool {
    let printed = run::probe(run::command(program(folder, "wasm-bindgen")).arg("--version"));
    printed.is_some_and(|text| text.split_whitespace().nth(1) == Some(version))
        && program(folder, "wasm-bindgen-test-runner").is_file()
}

fn install(version: &str, root: &Path) -> anyhow::Result<()> {
    let target = places::at("target/tools");
    // It runs for seconds: fully optimised, it would be compiled for minutes.
    let profile = [("CARGO_PROFILE_DEV_OPT_LEVEL", "1"), ("CARGO_PROFILE_DEV_DEBUG", "0")];
    step(&format!("test runner of wasm-bindgen {version}, installed into {}", root.display()), || {
        // Not `--locked`: the published lock file names a version that was withdrawn.
        let mut cargo = run::cargo(["install", "wasm-bindgen-cli", "--version", version, "--debug", "--root"]);
        run::run_quietly(cargo.arg(root).env("CARGO_TARGET_DIR", &target).envs(profile))?;
        // Hundreds of megabytes that are not needed again.
        std::fs::remove_dir_all(&target)?;
        Ok(Ended::Done)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(entry: &str, expected: Option<&str>) {
        let manifest = format!("[workspace.dependencies]\nwasm-bindgen = {entry}\n");
        assert_eq!(pin(&manifest).ok().as_deref(), expected, "{entry}");
    }

    #[test]
    fn only_an_exact_requirement_is_a_pin() {
        check("\"=1.2.3\"", Some("1.2.3"));
        check("{ version = \"= 1.2.3\", features = [] }", Some("1.2.3"));
        check("\"1.2.3\"", None);
        check("{ path = \"x\" }", None);
    }
}
