//! The committed inputs of a target.

use std::fs;
use std::path::{Path, PathBuf};

/// One input.
pub(crate) struct Seed {
    pub(crate) file: PathBuf,
    pub(crate) bytes: Vec<u8>,
}

/// The directory of a target's inputs.
pub(crate) fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz").join(target)
}

/// All inputs of a target, by name.
pub(crate) fn seeds(target: &str) -> Vec<Seed> {
    let folder = folder(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let seeds: Vec<Seed> = files
        .into_iter()
        .map(|file| {
            let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            Seed { file, bytes }
        })
        .collect();
    assert!(!seeds.is_empty(), "{} holds no inputs", folder.display());
    seeds
}

/// Keeps an input that failed, so that every run tries it; where it is now.
pub(crate) fn keep(target: &str, input: &[u8]) -> PathBuf {
    let name = input
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let file = folder(target).join(format!("found-{name:016x}"));
    // The failure itself says what the input was.
    drop(fs::write(&file, input));
    file
}
