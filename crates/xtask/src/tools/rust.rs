//! The pinned compiler and its WebAssembly target.

use std::path::Path;

use anyhow::{Context, bail};

use super::on_path;
use crate::{places, report, run};

/// The target that browsers run.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// A target without an operating system, and so without `std`.
pub(crate) const BARE: &str = "x86_64-unknown-none";

/// Makes sure that the compiler can build for browsers.
pub(crate) fn ensure() -> anyhow::Result<()> {
    ensure_target(WASM)
}

/// Makes sure that the compiler can build for a target.
pub(crate) fn ensure_target(target: &str) -> anyhow::Result<()> {
    let libraries = run::probe(run::command("rustc").args(["--print", "target-libdir", "--target", target]));
    let Some(libraries) = libraries else {
        bail!("rustc does not run; install the pinned toolchain: rustup toolchain install {}", pinned()?);
    };
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    if on_path("rustup").is_none() {
        bail!(
            "the compiler has no {target} target and there is no rustup to add it; install the target with the tool that installed Rust"
        );
    }
    report::announce(format_args!("adding the {target} target"));
    run::run(run::command("rustup").args(["target", "add", target]))
}

fn pinned() -> anyhow::Result<String> {
    let text = std::fs::read_to_string(places::at("rust-toolchain.toml"))?;
    let file: toml::Table = text.parse()?;
    let channel = file["toolchain"]["channel"].as_str();
    Ok(channel.context("rust-toolchain.toml names no channel")?.to_owned())
}
