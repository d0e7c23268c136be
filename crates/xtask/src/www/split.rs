//! A module taken apart: what every page needs, and chunks that pages fetch when they are shown.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use wasm_split_cli_support::{Options, transform};

use super::join::join;
use crate::places;

/// The chunk that several pages need beside the main module.
const SHARED: &str = "shared";
/// The script that fetches chunks, beside the one that binds the main module.
pub(super) const LOADER: &str = "chunks.js";

/// A module that was taken apart.
pub(super) struct Split {
    /// The module that every page needs; not bound yet.
    pub(super) main: PathBuf,
    /// The chunks as `NAME.CHUNK.wasm`, which need no binding: what they ask of JavaScript, they ask the main module.
    pub(super) chunks: Vec<PathBuf>,
    /// The script that the main module imports: it fetches chunks.
    pub(super) loader: String,
}

/// Takes a module apart at the functions that its crate marks. It must have been linked with its relocations.
///
/// Code shared by some pages would be a chunk for each set of pages, hundreds for a dozen of pages: these become one.
pub(super) fn split(name: &str, compiled: &Path) -> anyhow::Result<Split> {
    let folder = places::scratch().join("split").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let input = fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let (main, script, link) = (folder.join(format!("{name}.wasm")), format!("./{name}.js"), format!("./{LOADER}"));
    let mut options = Options::new(&input);
    options.output_dir = &folder;
    options.main_out_path = &main;
    options.main_module = &script;
    options.link_name = &link;
    let parts = transform(options).map_err(|error| anyhow!("{error:?}"))?;
    let pages: BTreeMap<String, Vec<String>> = parts.prefetch_map.into_iter().collect();
    let chunks = chunks(name, &folder, &pages)?;
    Ok(Split { main, chunks, loader: loader(name, &pages)? })
}

/// Whether a part is what several pages share, by the name that the library gives it.
fn is_shared(part: &str) -> bool {
    part.starts_with("chunk_")
}

fn chunks(name: &str, folder: &Path, pages: &BTreeMap<String, Vec<String>>) -> anyhow::Result<Vec<PathBuf>> {
    let read = |part: &str| {
        let file = folder.join(format!("{part}.wasm"));
        fs::read(&file).with_context(|| format!("cannot read {}", file.display()))
    };
    let shared: BTreeSet<&String> = pages.values().flatten().filter(|part| is_shared(part)).collect();
    let shared = shared.into_iter().map(|part| read(part)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut chunks = Vec::new();
    let mut keep = |chunk: &str, bytes: Vec<u8>| {
        let file = folder.join(format!("{name}.{chunk}.wasm"));
        fs::write(&file, bytes)?;
        chunks.push(file);
        anyhow::Ok(())
    };
    if !shared.is_empty() {
        keep(SHARED, join(&shared)?)?;
    }
    for (page, parts) in pages {
        for part in parts.iter().filter(|part| !is_shared(part)) {
            // By itself it only loses the names of functions, which wasm-opt would complain about.
            keep(page, join(&[read(part)?])?)?;
        }
    }
    Ok(chunks)
}

/// The script of `www/chunks.js`, and for each page what fetches its chunks.
fn loader(name: &str, pages: &BTreeMap<String, Vec<String>>) -> anyhow::Result<String> {
    let mut script = fs::read_to_string(places::at("www").join(LOADER))?.replace("__NAME__", name);
    for (page, parts) in pages {
        let shared = parts.iter().any(|part| is_shared(part)).then_some(SHARED);
        let own = parts.iter().any(|part| !is_shared(part)).then_some(page.as_str());
        let chunks: Vec<&str> = shared.into_iter().chain(own).collect();
        // The name that the marked function imports.
        script += &format!("export const __wasm_split_load_{page} = fetching({});\n", serde_json::to_string(&chunks)?);
    }
    Ok(script)
}
