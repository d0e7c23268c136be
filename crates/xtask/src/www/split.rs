//! A module taken apart: what every page needs, and chunks that pages fetch when they are shown.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, iter};

use anyhow::{Context, anyhow};
use sha2::{Digest, Sha256};
use wasm_split_cli_support::{Options, transform};

use super::join::join;
use crate::places;

/// The chunk that most pages need beside the main module.
const SHARED: &str = "shared";
/// A shared part of so many bytes is a chunk of its own. It is yet to be made small: about a sixth is downloaded.
const LARGE: usize = 128 << 10;
/// The script that fetches chunks, beside the one that binds the main module.
pub(super) const LOADER: &str = "chunks.js";

/// The parts that each page needs.
type Pages = BTreeMap<String, Vec<String>>;

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
/// Code shared by some pages is a part for each set of pages, hundreds for a dozen of pages: all but the large ones
/// become one chunk.
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
    let pages: Pages = parts.prefetch_map.into_iter().collect();
    let parts = read(&folder, &pages)?;
    let plan = plan(&pages, &parts);
    let hash = hash(iter::once(fs::read(&main)?.as_slice()).chain(parts.values().map(Vec::as_slice)));
    let loader = loader(name, &pages, &plan)?.replace("__HASH__", &hash);
    Ok(Split { main, chunks: chunks(name, &folder, &parts, &plan)?, loader })
}

/// The hash of a module with its parts, which fit each other alone.
fn hash<'b>(files: impl Iterator<Item = &'b [u8]>) -> String {
    let mut hash = Sha256::new();
    files.for_each(|file| hash.update(file));
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn read<'p>(folder: &Path, pages: &'p Pages) -> anyhow::Result<BTreeMap<&'p str, Vec<u8>>> {
    let mut parts = BTreeMap::new();
    for part in pages.values().flatten() {
        let file = folder.join(format!("{part}.wasm"));
        parts.insert(part.as_str(), fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    Ok(parts)
}

/// Chooses the chunk of each part. A shared part has all code that exactly the same pages need; a large one is a chunk
/// named after these pages, so that no other page fetches it.
fn plan<'p>(pages: &'p Pages, parts: &BTreeMap<&'p str, Vec<u8>>) -> BTreeMap<&'p str, String> {
    let chunk = |(part, bytes): (&&'p str, &Vec<u8>)| {
        let users = pages.iter().filter(|(_, needed)| needed.iter().any(|needed| needed == part));
        let users: Vec<&str> = users.map(|(page, _)| page.as_str()).collect();
        let is_small = users.len() > 1 && bytes.len() < LARGE;
        (*part, if is_small { SHARED.to_owned() } else { users.join("-") })
    };
    parts.iter().map(chunk).collect()
}

fn chunks(
    name: &str,
    folder: &Path,
    parts: &BTreeMap<&str, Vec<u8>>,
    plan: &BTreeMap<&str, String>,
) -> anyhow::Result<Vec<PathBuf>> {
    let mut chunks: BTreeMap<&str, Vec<&[u8]>> = BTreeMap::new();
    for (part, chunk) in plan {
        chunks.entry(chunk).or_default().push(&parts[part]);
    }
    let mut files = Vec::new();
    for (chunk, parts) in chunks {
        let file = folder.join(format!("{name}.{chunk}.wasm"));
        // A part by itself only loses the names of functions, which wasm-opt would complain about.
        fs::write(&file, join(&parts)?)?;
        files.push(file);
    }
    Ok(files)
}

/// The script of `www/chunks.js`, and for each page what fetches its chunks.
fn loader(name: &str, pages: &Pages, plan: &BTreeMap<&str, String>) -> anyhow::Result<String> {
    let mut script = fs::read_to_string(places::at("www").join(LOADER))?.replace("__NAME__", name);
    for (page, parts) in pages {
        let chunks: BTreeSet<&String> = parts.iter().map(|part| &plan[part.as_str()]).collect();
        // The name that the marked function imports.
        script += &format!("export const __wasm_split_load_{page} = fetching({});\n", serde_json::to_string(&chunks)?);
    }
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_fetches_what_it_needs_and_no_large_part_of_others() {
        let pages = [
            ("inbox", &["chunk_1", "split_inbox"][..]),
            ("links", &["chunk_2", "split_links"]),
            ("records", &["chunk_1", "chunk_2", "chunk_3", "split_records"]),
            ("rules", &["chunk_3", "split_rules"]),
        ];
        let pages: Pages =
            pages.map(|(page, parts)| (page.to_owned(), parts.iter().map(|&part| part.to_owned()).collect())).into();
        let parts = [
            ("chunk_1", LARGE),
            ("chunk_2", LARGE - 1),
            ("chunk_3", 1),
            ("split_inbox", 1),
            ("split_links", 1),
            ("split_records", LARGE),
            ("split_rules", 1),
        ];
        let plan = plan(&pages, &parts.map(|(part, size)| (part, vec![0; size])).into());
        let script = loader("app", &pages, &plan).unwrap();
        let lines: Vec<&str> = script.lines().filter(|line| line.starts_with("export const")).collect();
        assert_eq!(
            lines,
            [
                r#"export const __wasm_split_load_inbox = fetching(["inbox","inbox-records"]);"#,
                r#"export const __wasm_split_load_links = fetching(["links","shared"]);"#,
                r#"export const __wasm_split_load_records = fetching(["inbox-records","records","shared"]);"#,
                r#"export const __wasm_split_load_rules = fetching(["rules","shared"]);"#,
            ]
        );
    }
}
