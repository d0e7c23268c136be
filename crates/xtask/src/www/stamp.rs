//! Skipping work whose inputs have not changed since it was done.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::Context;

use super::files;
use crate::places;
use crate::report::Ended;

/// Work that turns some files into others.
pub(crate) struct Work<'a> {
    /// Names the stamp.
    pub(crate) name: &'a str,
    /// The files that are read.
    pub(crate) inputs: &'a [PathBuf],
    /// The other inputs of the result: arguments, versions.
    pub(crate) recipe: &'a str,
    /// The files that are written.
    pub(crate) outputs: &'a [PathBuf],
}

impl Work<'_> {
    /// Does the work unless the outputs are there and the inputs are those of the last time.
    pub(crate) fn run(self, make: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<Ended> {
        let stamp = places::scratch().join("stamps").join(self.name);
        let now = self.fingerprint()?;
        let there = self.outputs.iter().all(|output| output.is_file());
        if there && fs::read_to_string(&stamp).is_ok_and(|before| before == now) {
            return Ok(Ended::Fresh);
        }
        make()?;
        super::write(&stamp, now)?;
        Ok(Ended::Done)
    }

    fn fingerprint(&self) -> anyhow::Result<String> {
        let mut text = format!("{}\n", self.recipe);
        // The code of these steps and the versions of their tools are inputs of every step.
        let recipes = files(&places::at("crates/xtask/src/www"))?;
        let lock = [places::at("package-lock.json")];
        for path in self.inputs.iter().chain(&recipes).chain(&lock) {
            line(&mut text, path).with_context(|| format!("cannot read {}", path.display()))?;
        }
        Ok(text)
    }
}

fn line(text: &mut String, path: &Path) -> anyhow::Result<()> {
    let metadata = fs::metadata(path)?;
    let changed = metadata.modified()?.duration_since(UNIX_EPOCH)?;
    writeln!(text, "{} {} {}", path.display(), metadata.len(), changed.as_nanos())?;
    Ok(())
}
