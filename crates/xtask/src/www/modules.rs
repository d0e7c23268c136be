//! The modules that are built: the form of each, and the compilers that make it.

use std::path::PathBuf;

use super::wasm::{self, Compiler, Make, Module, OwnScript, Views};
use crate::places;
use crate::profile::{Effort, Profile};
use crate::tools::nightly::Nightly;

/// Builds all modules with their scripts; returns the files to serve.
///
/// What visitors download is made by both compilers for a release, so that they can be compared.
pub(super) fn build(profile: Profile, effort: Effort) -> anyhow::Result<Vec<PathBuf>> {
    let release = match profile {
        Profile::Dev => None,
        Profile::Release => Some(Nightly::ensure().map_or(Compiler::Stable, Compiler::Nightly)),
    };
    let mut files = Vec::new();
    for module in [tracker(), widget(effort)] {
        let mut built = make(&module)?;
        if let Some(compiler) = release {
            let folder = places::modules(profile, module.effort);
            built = make(&Module { compiler, folder, ..module })?;
        }
        files.extend(built);
    }
    files.extend(make(&dashboard(effort))?);
    Ok(files)
}

fn make(module: &Module) -> anyhow::Result<Vec<PathBuf>> {
    wasm::compile(module)?;
    wasm::build(module)
}

/// `tracker.wasm`, `tracker.js` and `engine.js`: small in every build.
fn tracker() -> Module {
    let exports = &["memory", "on_event", "classify", "__wbindgen_malloc"];
    let own = OwnScript { script: places::at("www/tracker/main.js"), exports, fallback: "engine.js" };
    module("tracker", Effort::Small, Make::Own(own))
}

fn widget(effort: Effort) -> Module {
    module("widget", effort, in_chunks(effort, Views::Typed))
}

fn dashboard(effort: Effort) -> Module {
    module("dashboard", effort, in_chunks(effort, Views::Erased))
}

fn in_chunks(effort: Effort, views: Views) -> Make {
    match effort {
        Effort::Small => Make::Split(views),
        // What is sent to this machine is not worth taking apart.
        Effort::Fast => Make::Whole,
    }
}

fn module(name: &'static str, effort: Effort, make: Make) -> Module {
    Module { name, compiler: Compiler::Stable, effort, folder: places::modules(Profile::Dev, effort), make }
}
