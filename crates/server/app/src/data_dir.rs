//! The data directory: made at first start, held by one server at a time.

use anyhow::{Context, bail};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// A data directory that this process alone may write to.
pub(crate) struct DataDir {
    path: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Makes the directory when it is not there, and takes hold of it.
    pub(crate) fn open(path: &Path) -> anyhow::Result<DataDir> {
        std::fs::create_dir_all(path).with_context(|| format!("making the data directory {}", path.display()))?;
        let file = path.join("lock");
        let lock = File::create(&file).with_context(|| format!("making {}", file.display()))?;
        match lock.try_lock() {
            Ok(()) => Ok(DataDir { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => bail!("another knock is running on {}", path.display()),
            Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("locking {}", file.display())),
        }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The database in it.
    pub(crate) fn database(&self) -> PathBuf {
        self.path.join("knock.db")
    }
}

/// The control socket of a server on this data directory.
pub(crate) fn control_socket(data: &Path) -> PathBuf {
    data.join("control.sock")
}
