//! Room kept free for the worst day: a file that is given up when the disk is full.

use knock_ports::StoreError;
use rustix::fs::{FallocateFlags, fallocate};
use rustix::io::Errno;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A file beside the database that is good for nothing but its size.
///
/// While it is there, there is room. A full disk takes it, so that what the log holds can be brought into the
/// database; nothing more is written until it could be made again, with a quarter to spare: else the room that it
/// just gave up would count as found.
pub(super) struct Reserve {
    file: PathBuf,
    bytes: u64,
    is_held: Mutex<bool>,
}

impl Reserve {
    /// A reserve of so many bytes beside a database; 0 is none.
    pub(super) fn beside(database: &Path, bytes: u64) -> Reserve {
        Reserve { file: Reserve::file_beside(database), bytes, is_held: Mutex::new(false) }
    }

    pub(super) fn file_beside(database: &Path) -> PathBuf {
        database.with_file_name("reserve")
    }

    /// Makes it when it is not there.
    ///
    /// # Errors
    /// [`StoreError::Full`] when there is no room for it.
    pub(super) fn hold(&self) -> Result<(), StoreError> {
        let mut is_held = self.is_held.lock().unwrap_or_else(PoisonError::into_inner);
        if *is_held {
            return Ok(());
        }
        *is_held = self.make().map_err(|_| StoreError::Full)?;
        Ok(())
    }

    /// Gives the room back.
    pub(super) fn give_up(&self) {
        let mut is_held = self.is_held.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::take(&mut *is_held) && self.bytes > 0 {
            tracing::error!(file = %self.file.display(), "the disk is full; the reserve is given up");
            self.remove();
        }
    }

    /// Whether it stands for something. A file system that cannot promise room has none, and is not asked again.
    fn make(&self) -> Result<bool, Errno> {
        if self.bytes == 0 {
            self.remove();
            return Ok(true);
        }
        if fs::metadata(&self.file).is_ok_and(|file| file.len() == self.bytes) {
            return Ok(true);
        }
        match self.allocate() {
            Ok(()) => Ok(true),
            Err(Errno::OPNOTSUPP | Errno::NOSYS) => {
                tracing::warn!("this file system keeps no room free; a full disk will find no reserve");
                self.remove();
                Ok(true)
            }
            Err(error) => {
                self.remove();
                Err(error)
            }
        }
    }

    fn allocate(&self) -> Result<(), Errno> {
        let file = File::create(&self.file).map_err(|error| errno(&error))?;
        fallocate(&file, FallocateFlags::empty(), 0, self.bytes + self.bytes / 4)?;
        file.set_len(self.bytes).map_err(|error| errno(&error))
    }

    fn remove(&self) {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                tracing::warn!(%error, file = %self.file.display(), "the reserve cannot be removed");
            }
            Ok(()) | Err(_) => {}
        }
    }
}

fn errno(error: &std::io::Error) -> Errno {
    Errno::from_io_error(error).unwrap_or(Errno::IO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reserve_takes_its_room_and_gives_it_back() {
        let dir = tempfile::tempdir().expect("a directory");
        let reserve = Reserve::beside(&dir.path().join("knock.db"), 65_536);
        let size = || fs::metadata(dir.path().join("reserve")).ok().map(|file| file.len());
        reserve.hold().expect("there is room");
        assert_eq!(size(), Some(65_536));
        reserve.give_up();
        assert_eq!(size(), None);
        reserve.hold().expect("there is room again");
        assert_eq!(size(), Some(65_536));
    }

    #[test]
    fn more_room_than_there_is_cannot_be_kept() {
        let dir = tempfile::tempdir().expect("a directory");
        let reserve = Reserve::beside(&dir.path().join("knock.db"), 1 << 60);
        assert!(matches!(reserve.hold(), Err(StoreError::Full)));
        assert!(!dir.path().join("reserve").exists());
    }
}
