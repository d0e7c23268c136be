//! The tracker, which every visitor of a customer's site downloads: for a release every byte counts.

use std::path::PathBuf;

use super::wasm::{self, Compiler, Make, Module, OwnScript};
use crate::places;
use crate::profile::{Effort, Profile};
use crate::tools::nightly::Nightly;

/// Builds `tracker.wasm`, `tracker.js` and `engine.js`. For a release both trackers are made, so that they can be compared.
pub(crate) fn build(profile: Profile) -> anyhow::Result<Vec<PathBuf>> {
    let mut built = make(Profile::Dev, Compiler::Stable)?;
    if profile == Profile::Release {
        let nightly = Nightly::ensure();
        built = make(profile, nightly.map_or(Compiler::Stable, Compiler::Nightly))?;
    }
    built.into_iter().map(super::serve).collect()
}

fn make(profile: Profile, compiler: Compiler) -> anyhow::Result<Vec<PathBuf>> {
    let exports = &["memory", "on_event", "classify", "__wbindgen_malloc"];
    let own = OwnScript { script: places::at("www/tracker/main.js"), exports, fallback: "engine.js" };
    let (effort, folder) = (Effort::Small, places::tracker(profile));
    let module = Module { name: "tracker", compiler, effort, folder, make: Make::Own(own) };
    wasm::compile(&module)?;
    wasm::build(&module)
}
