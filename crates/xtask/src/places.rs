//! Paths in the repository and in its build output.

use std::path::{Path, PathBuf};

use crate::profile::{Effort, Profile};

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    // This crate lives two folders below the root.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("."))
}

/// A path of the repository by its slash-separated name.
pub(crate) fn at(name: &str) -> PathBuf {
    root().join(name)
}

/// The directory that the server serves and embeds. Always in the repository's own `target`, so that the server's build
/// finds it whatever target directory cargo uses.
pub(crate) fn www() -> PathBuf {
    at("target/www")
}

/// Cargo's target directory for everything compiled for browsers.
pub(crate) fn wasm_target() -> PathBuf {
    at("target/wasm")
}

/// The same for the compiler that makes what visitors download of a release.
pub(crate) fn nightly_target() -> PathBuf {
    at("target/wasm-nightly")
}

/// The same for test programs under libFuzzer.
pub(crate) fn fuzz_target() -> PathBuf {
    at("target/fuzz-build")
}

/// The modules as they were made for this profile with this effort, whichever of them are in [`www`].
pub(crate) fn modules(profile: Profile, effort: Effort) -> PathBuf {
    scratch().join("modules").join(format!("{}-{}", effort.as_str(), profile.as_str()))
}

/// Our own intermediate files: stamps, unoptimised modules, the driver's settings.
pub(crate) fn scratch() -> PathBuf {
    at("target/xtask")
}
