//! Everything a browser downloads, built into `target/www`: only what changed is made again.

mod compress;
mod fallback;
mod features;
mod join;
mod modules;
mod pages;
mod scripts;
mod split;
mod stamp;
mod statics;
mod wasm;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::ScopedJoinHandle;

use anyhow::anyhow;

use crate::places;
use crate::profile::{Effort, Profile};
use crate::report::step;
use crate::tools::{npm, rust};

pub(crate) use compress::{Encoding, encode};

/// Builds every file and its compressed variants; removes what no longer has a source.
pub(crate) fn build(profile: Profile, effort: Effort) -> anyhow::Result<()> {
    rust::ensure()?;
    prepare()?;
    npm::ensure()?;
    let mut files = modules::build(profile, effort)?.into_iter().map(serve).collect::<anyhow::Result<Vec<_>>>()?;
    files.extend(scripts::build()?);
    files.extend(statics::copy()?);
    files.extend(pages::render()?);
    step("compressed copies", || {
        let (variants, ended) = compress::all(&files, effort)?;
        let kept: BTreeSet<PathBuf> = files.into_iter().chain(variants).collect();
        prune(&kept)?;
        Ok(ended)
    })
}

/// Makes the folder, so that a server which embeds it compiles even before the first build.
pub(crate) fn prepare() -> anyhow::Result<()> {
    Ok(fs::create_dir_all(places::www())?)
}

/// Every file below a folder, sorted. A folder that is not there has none.
pub(crate) fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn prune(kept: &BTreeSet<PathBuf>) -> anyhow::Result<()> {
    for file in files(&places::www())? {
        if !kept.contains(&file) {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

/// The result of a thread.
pub(crate) fn joined<T>(thread: ScopedJoinHandle<'_, anyhow::Result<T>>) -> anyhow::Result<T> {
    thread.join().unwrap_or_else(|_| Err(anyhow!("a thread of the build panicked")))
}

/// Copies a file to those that are served, unless it is there: its compressed variants would be made again.
fn serve(file: PathBuf) -> anyhow::Result<PathBuf> {
    let served = places::www().join(file.file_name().unwrap_or_default());
    let bytes = fs::read(&file)?;
    if fs::read(&served).ok().as_ref() != Some(&bytes) {
        write(&served, bytes)?;
    }
    Ok(served)
}

/// Writes a file, with the folders it needs.
fn write(path: &Path, bytes: impl AsRef<[u8]>) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, bytes)?)
}
