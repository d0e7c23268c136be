//! The test runner of `wasm-bindgen`, in exactly the version of the crate.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail};

use crate::metadata::Workspace;
use crate::report::{Ended, step};
use crate::{places, run};

/// Builds the program that cargo runs a test module with; the program. Together with a test and without `-p`, so that its
/// dependencies are the ones that the native tests have built.
pub(crate) fn test_runner(mut cargo: Command) -> anyhow::Result<PathBuf> {
    step("test runner of wasm-bindgen", || {
        run::run_quietly(cargo.args(["build", "--bin", "wasm-test-runner", "--test", "http"]))?;
        Ok(Ended::Done)
    })?;
    let name = format!("wasm-test-runner{}", std::env::consts::EXE_SUFFIX);
    Ok(Workspace::load()?.target_directory.join("debug").join(name))
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
