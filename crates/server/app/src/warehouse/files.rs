//! The file of a day: written under another name, then renamed.

use crate::data::names::keep_name;
use crate::warehouse::Day;
use anyhow::Context;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The name of the folder of a day begins with it, as engines expect that read folders as columns.
const DAY: &str = "day=";
const FILE: &str = "part-0.parquet";
/// The same while it is written: no engine takes it for a file of the table.
const DRAFT: &str = "part-0.parquet.part";

/// The file of a day in the folder of a table.
pub(super) struct DayFile {
    folder: PathBuf,
    pub(super) path: PathBuf,
    draft: PathBuf,
}

impl DayFile {
    pub(super) fn of(table: &Path, day: Day) -> DayFile {
        let folder = table.join(format!("{DAY}{day}"));
        DayFile { path: folder.join(FILE), draft: folder.join(DRAFT), folder }
    }

    /// Begins it anew under its other name.
    pub(super) fn begin(&self) -> anyhow::Result<File> {
        if !self.folder.is_dir() {
            let made = fs::create_dir_all(&self.folder).and_then(|()| keep_name(&self.folder));
            made.and_then(|()| self.folder.parent().map_or(Ok(()), keep_name))
                .with_context(|| format!("making {}", self.folder.display()))?;
        }
        File::create(&self.draft).with_context(|| format!("making {}", self.draft.display()))
    }

    /// Puts it in its place when all of it is on the disk.
    pub(super) fn keep(&self, file: &File) -> anyhow::Result<()> {
        file.sync_all().with_context(|| format!("writing {}", self.draft.display()))?;
        fs::rename(&self.draft, &self.path)
            .and_then(|()| keep_name(&self.path))
            .with_context(|| format!("making {}", self.path.display()))
    }

    /// Removes what was begun.
    pub(super) fn give_up(&self) {
        // The next export overwrites it.
        drop(fs::remove_file(&self.draft));
    }

    /// Removes it, and the folder of its day; whether it was there.
    pub(super) fn remove(&self) -> anyhow::Result<bool> {
        let removed = gone(fs::remove_file(&self.draft)).and_then(|_| gone(fs::remove_file(&self.path)));
        let was_there = removed.with_context(|| format!("removing {}", self.path.display()))?;
        if fs::remove_dir(&self.folder).is_ok() {
            keep_name(&self.folder).with_context(|| format!("removing {}", self.folder.display()))?;
        }
        Ok(was_there)
    }
}

/// Whether something was removed: what is not there needs no removal.
fn gone(removed: io::Result<()>) -> io::Result<bool> {
    match removed {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// The days that have a folder in that of a table.
pub(super) fn days_in(table: &Path) -> anyhow::Result<Vec<Day>> {
    let entries = match fs::read_dir(table) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| format!("reading {}", table.display())),
    };
    let mut days = Vec::new();
    for entry in entries {
        let name = entry.with_context(|| format!("reading {}", table.display()))?.file_name();
        days.extend(name.to_str().and_then(|name| name.strip_prefix(DAY)).and_then(Day::parse));
    }
    Ok(days)
}
