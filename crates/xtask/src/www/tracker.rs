//! The tracker, which every visitor of a customer's site downloads: for a release every byte counts.

use std::path::PathBuf;

use super::wasm::{self, Compiler, Module, OwnScript};
use crate::binary::{Effort, Profile};
use crate::places;
use crate::tools::{bindgen::Bindgen, nightly::Nightly};

/// Builds `tracker.wasm`, `tracker.js` and `engine.js`. For a release both trackers are made, so that they can be compared.
pub(crate) fn build(bindgen: &Bindgen, profile: Profile) -> anyhow::Result<Vec<PathBuf>> {
    let mut built = make(bindgen, Profile::Dev, Compiler::Stable)?;
    if profile == Profile::Release {
        let nightly = Nightly::ensure();
        built = make(bindgen, profile, nightly.map_or(Compiler::Stable, Compiler::Nightly))?;
    }
    built.into_iter().map(super::serve).collect()
}

fn make(bindgen: &Bindgen, profile: Profile, compiler: Compiler) -> anyhow::Result<Vec<PathBuf>> {
    let exports = &["memory", "tell", "learn", "__wbindgen_malloc"];
    let own = OwnScript { script: places::at("www/tracker/main.js"), exports, twin: "engine.js" };
    wasm::build(
        bindgen,
        &Module { name: "tracker", compiler, effort: Effort::Small, folder: places::tracker(profile), own: Some(own) },
    )
}
