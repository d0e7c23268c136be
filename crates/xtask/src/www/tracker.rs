//! The tracker, which every visitor of a customer's site downloads: for a release every byte counts.

use std::fs;
use std::path::PathBuf;

use super::wasm::{self, Compiler, Module, OwnScript};
use crate::binary::Profile;
use crate::places;
use crate::tools::{bindgen::Bindgen, nightly::Nightly};

/// Builds `tracker.wasm`, `tracker.js` and `engine.js`. For a release both trackers are made, so that they can be compared.
pub(crate) fn build(bindgen: &Bindgen, profile: Profile) -> anyhow::Result<Vec<PathBuf>> {
    let mut built = make(bindgen, Profile::Dev, Compiler::Stable)?;
    if profile == Profile::Release {
        let nightly = Nightly::ensure();
        built = make(bindgen, profile, nightly.map_or(Compiler::Stable, Compiler::Nightly))?;
    }
    built.into_iter().map(serve).collect()
}

fn make(bindgen: &Bindgen, profile: Profile, compiler: Compiler) -> anyhow::Result<Vec<PathBuf>> {
    let exports = &["memory", "tell", "learn", "__wbindgen_malloc"];
    let own = OwnScript { script: places::at("www/tracker/main.js"), exports, twin: "engine.js" };
    wasm::build(bindgen, &Module { name: "tracker", compiler, folder: places::tracker(profile), own: Some(own) })
}

/// Copies a file to those that are served, unless it is there: its compressed neighbours would be made again.
fn serve(file: PathBuf) -> anyhow::Result<PathBuf> {
    let served = places::www().join(file.file_name().unwrap_or_default());
    let bytes = fs::read(&file)?;
    if fs::read(&served).ok().as_ref() != Some(&bytes) {
        super::write(&served, bytes)?;
    }
    Ok(served)
}
