//! `cargo-mutants`, in the one version whose changes `tests/mutants.toml` speaks of.

use std::path::{Path, PathBuf};

use super::{cache, on_path, program};
use crate::{places, report, run};

const VERSION: &str = "27.1.0";

/// Finds the program on the search path or in the cache, or installs it there.
pub(crate) fn ensure() -> anyhow::Result<PathBuf> {
    let root = cache()?.join(format!("cargo-mutants-{VERSION}"));
    let cached = program(&root.join("bin"), "cargo-mutants");
    if let Some(found) = on_path("cargo-mutants").into_iter().chain([cached.clone()]).find(|path| is_ours(path)) {
        return Ok(found);
    }
    report::announce(format_args!("installing cargo-mutants {VERSION} into {} (about 90 s, once)", root.display()));
    let target = places::at("target/tools");
    run::run(
        run::cargo(["install", "--locked", "cargo-mutants", "--version", VERSION, "--root"])
            .arg(&root)
            .env("CARGO_TARGET_DIR", &target),
    )?;
    std::fs::remove_dir_all(target)?;
    Ok(cached)
}

fn is_ours(program: &Path) -> bool {
    let printed = run::probe(run::command(program).args(["mutants", "--version"]));
    printed.is_some_and(|text| text.split_whitespace().nth(1) == Some(VERSION))
}
