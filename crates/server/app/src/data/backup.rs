//! Backups of a data directory: their contents, and restoring a data directory from one.

use crate::clock::TestClock;
use crate::data::directory::DataDir;
use crate::data::layout::{self, BEFORE, RESTORING};
use crate::data::place::mark_restored;
use anyhow::{Context, bail, ensure};
use knock_model::Millis;
use knock_store::{Backup, FileDirectory, StateFile};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The files of a data directory that belong to the database, if they exist.
const STATE: [&str; 2] = [layout::SERVER_KEY, TestClock::FILE];

/// The error for a workspace in PostgreSQL: how to back up and restore there.
pub(crate) const POSTGRES: &str = "this workspace is in PostgreSQL, which has its own tools for this: \
    back up by `pg_dump --format=custom --file=knock.dump \"$KNOCK_DATABASE\"` and keep a copy of secret.key of the data \
    directory with it; restore by `pg_restore --clean --if-exists --dbname=\"$KNOCK_DATABASE\" knock.dump` (docs/operations.md)";

/// Backs up a data directory to a new file, or under a name of its own in a directory; returns the file.
pub(crate) fn back_up(data: &Path, to: &Path, now: Millis) -> anyhow::Result<PathBuf> {
    let to = if to.is_dir() { to.join(format!("knock-{}.db", stamp(now))) } else { to.to_owned() };
    ensure!(!to.exists(), "{} is there already", to.display());
    let mut part = to.clone().into_os_string();
    part.push(".part");
    let part = PathBuf::from(part);
    ensure!(!part.exists(), "{} is there: a backup is being made, or one was cut off; remove it then", part.display());
    let files = FileDirectory::at(data.join(layout::FILES));
    let written = Backup { made_at: now, files: state(data)? }.write(&data.join(layout::DATABASE), &files, &part);
    if written.is_err() {
        // An incomplete backup is not kept.
        drop(fs::remove_file(&part));
    }
    written.with_context(|| format!("writing {}", part.display()))?;
    fs::rename(&part, &to).with_context(|| format!("making {}", to.display()))?;
    sync_names(to.parent())?;
    fs::write(data.join(layout::LAST_BACKUP), now.0.to_string()).context("noting when the backup was made")?;
    Ok(to)
}

/// Sets the metric of the last backup of a data directory to the instant when it was begun; 0 if there was none.
pub(crate) fn tell_last(data: &Path) {
    let last = fs::read_to_string(data.join(layout::LAST_BACKUP)).ok().and_then(|text| text.trim().parse::<i64>().ok());
    metrics::gauge!("knock_last_backup_timestamp_seconds").set(last.unwrap_or_default() as f64 / 1_000.0);
}

/// Makes a data directory from a backup, which is checked before anything changes; returns where the previous contents
/// are now. A directory that is not empty needs consent.
pub(crate) fn restore(file: &Path, into: &Path, is_agreed: bool, now: Millis) -> anyhow::Result<Restored> {
    let backup = Backup::check(file).with_context(|| format!("{} cannot be restored", file.display()))?;
    let before = contents(into)?;
    if !(before.is_empty() || is_agreed) {
        bail!("{} is not empty; --force puts what is in it aside", into.display());
    }
    let data = DataDir::open(into)?;
    let fresh = into.join(format!("{RESTORING}{}", stamp(now)));
    fs::create_dir(&fresh).with_context(|| format!("making {}", fresh.display()))?;
    let unpacked = unpack(file, &backup, &fresh);
    if unpacked.is_err() {
        drop(fs::remove_dir_all(&fresh));
    }
    unpacked.with_context(|| format!("unpacking into {}", fresh.display()))?;
    let aside = (!before.is_empty()).then(|| into.join(format!("{BEFORE}{}", stamp(now))));
    if let Some(aside) = &aside {
        fs::create_dir(aside).with_context(|| format!("making {}", aside.display()))?;
        move_all(&before, aside)?;
    }
    move_all(&contents(&fresh)?, data.path())?;
    fs::remove_dir(&fresh).with_context(|| format!("removing {}", fresh.display()))?;
    sync_names(Some(into))?;
    Ok(Restored { made_at: backup.made_at, aside })
}

/// The result of a restore.
pub(crate) struct Restored {
    /// The instant of the start of the backup.
    pub(crate) made_at: Millis,
    /// The path of the data that was there before.
    pub(crate) aside: Option<PathBuf>,
}

/// An instant in the form for file names.
fn stamp(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map_or_else(|_| at.0.to_string(), |at| at.strftime("%Y%m%dT%H%M%SZ").to_string())
}

fn state(data: &Path) -> anyhow::Result<Vec<StateFile>> {
    let mut files = Vec::new();
    for name in STATE {
        match fs::read(data.join(name)) {
            Ok(bytes) => files.push(StateFile { name: name.to_owned(), bytes }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("reading {name}")),
        }
    }
    Ok(files)
}

fn unpack(file: &Path, backup: &Backup, fresh: &Path) -> anyhow::Result<()> {
    for StateFile { name, bytes } in backup.files.iter().filter(|file| STATE.contains(&file.name.as_str())) {
        let mut written = owners(&fresh.join(name))?;
        written.write_all(bytes)?;
        written.sync_all()?;
    }
    let database = fresh.join(layout::DATABASE);
    std::io::copy(&mut File::open(file)?, &mut owners(&database)?)?;
    Backup::unpack(&database, &FileDirectory::at(fresh.join(layout::FILES)))?;
    mark_restored(fresh)
}

/// Creates a file that only its owner can read.
fn owners(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// All contents of a directory except the lock; empty if it does not exist.
fn contents(dir: &Path) -> anyhow::Result<Vec<PathBuf>> {
    match fs::read_dir(dir) {
        Ok(entries) => {
            let paths: Result<Vec<_>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
            let mut paths = paths.with_context(|| format!("reading {}", dir.display()))?;
            paths.retain(|path| !path.ends_with(layout::LOCK));
            // A database without its secret would be given a new one: the database comes last.
            paths.sort_by_key(|path| path.ends_with(layout::DATABASE));
            Ok(paths)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error).with_context(|| format!("reading {}", dir.display())),
    }
}

fn move_all(paths: &[PathBuf], into: &Path) -> anyhow::Result<()> {
    for path in paths {
        let Some(name) = path.file_name() else { continue };
        fs::rename(path, into.join(name))
            .with_context(|| format!("moving {} to {}", path.display(), into.display()))?;
    }
    Ok(())
}

/// Syncs the names in a directory to the disk.
fn sync_names(dir: Option<&Path>) -> anyhow::Result<()> {
    let dir = dir.filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(dir).and_then(|dir| dir.sync_all()).with_context(|| format!("syncing {}", dir.display()))
}
