//! The data directory: created at the first start, held by one server at a time.

use crate::data::layout;
use crate::data::modes::close_to_others;
use crate::data::running::Running;
use anyhow::{Context, bail};
use std::fs::{DirBuilder, File, TryLockError};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Less free space than this counts as a full disk, in bytes.
const LEAST_ROOM: u64 = 8 * 1024 * 1024;

/// A data directory that this process alone may write to.
pub(crate) struct DataDir {
    path: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Creates the directory if it does not exist, locks it and closes it to other accounts.
    pub(crate) fn open(path: &Path) -> anyhow::Result<DataDir> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
        made.with_context(|| format!("making the data directory {}", path.display()))?;
        let file = path.join(layout::LOCK);
        let lock = File::create(&file).with_context(|| format!("making {}", file.display()))?;
        match lock.try_lock() {
            Ok(()) => {
                close_to_others(path);
                Ok(DataDir { path: path.to_owned(), _lock: lock })
            }
            Err(TryLockError::WouldBlock) => bail!("another knock is running on {}", path.display()),
            Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("locking {}", file.display())),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The run marker of the directory.
    pub(crate) fn running(&self) -> Running {
        Running::on(&self.path)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.path.join(layout::DATABASE)
    }
}

/// The disk that the data directory is on.
pub(crate) struct Room(PathBuf);

impl Room {
    /// The disk of this data directory.
    pub(crate) fn of(data: &DataDir) -> Room {
        Room(data.path.clone())
    }

    /// Whether so little space is free that the next write may fail; false when the free space is unknown.
    pub(crate) fn is_full(&self) -> bool {
        rustix::fs::statvfs(&self.0).is_ok_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) < LEAST_ROOM)
    }
}

/// The control socket of a server on this data directory.
pub(crate) fn control_socket(data: &Path) -> PathBuf {
    data.join(layout::CONTROL_SOCKET)
}
