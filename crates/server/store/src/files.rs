//! Contents of files in a directory: one file each, named after its id, that only its owner can read.

use crate::disk::failed;
use knock_model::FileId;
use knock_ports::{Files, StoreError};
use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The suffix of the name of a content during its writing.
const PART: &str = ".part";

/// A directory of contents, made with the first of them.
pub struct FileDirectory {
    path: PathBuf,
}

impl FileDirectory {
    /// The contents in this directory.
    pub fn at(path: PathBuf) -> FileDirectory {
        FileDirectory { path }
    }

    fn whole(&self, id: FileId) -> PathBuf {
        self.path.join(id.to_string())
    }

    fn part(&self, id: FileId) -> PathBuf {
        self.path.join(format!("{id}{PART}"))
    }

    fn make(&self) -> io::Result<()> {
        match DirBuilder::new().mode(0o700).create(&self.path) {
            Ok(()) => self.path.parent().map_or(Ok(()), sync),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn read(&self, id: FileId, from: u64, most: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.whole(id))?;
        file.seek(SeekFrom::Start(from))?;
        let mut piece = Vec::new();
        file.take(most as u64).read_to_end(&mut piece)?;
        Ok(piece)
    }

    fn write(&self, id: FileId, content: &[u8]) -> io::Result<()> {
        self.make()?;
        let part = self.part(id);
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(part, self.whole(id))?;
        sync(&self.path)
    }
}

impl Files for FileDirectory {
    fn put(&self, id: FileId, content: &[u8]) -> Result<(), StoreError> {
        let written = self.write(id, content);
        if written.is_err() {
            // What cannot be removed now is listed, and removed by a rebuild.
            drop(fs::remove_file(self.part(id)));
        }
        written.map_err(failed)
    }

    fn get(&self, id: FileId) -> Result<Option<Vec<u8>>, StoreError> {
        there(fs::read(self.whole(id))).map_err(failed)
    }

    fn piece(&self, id: FileId, from: u64, most: usize) -> Result<Option<Vec<u8>>, StoreError> {
        there(self.read(id, from, most)).map_err(failed)
    }

    fn remove(&self, id: FileId) -> Result<(), StoreError> {
        let removed =
            [self.whole(id), self.part(id)].iter().try_for_each(|path| there(fs::remove_file(path)).map(drop));
        removed.and_then(|()| there(sync(&self.path)).map(drop)).map_err(failed)
    }

    fn ids(&self) -> Result<Vec<FileId>, StoreError> {
        let Some(entries) = there(fs::read_dir(&self.path)).map_err(failed)? else { return Ok(Vec::new()) };
        let mut ids = BTreeSet::new();
        for entry in entries {
            let name = entry.map_err(failed)?.file_name();
            let name = name.to_str().map(|name| name.strip_suffix(PART).unwrap_or(name));
            ids.extend(name.and_then(|name| FileId::parse(name).ok()));
        }
        Ok(ids.into_iter().collect())
    }
}

/// None for what is not there.
fn there<T>(asked: io::Result<T>) -> io::Result<Option<T>> {
    match asked {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Waits until the disk has the names of a directory.
fn sync(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use std::os::unix::fs::PermissionsExt;

    fn id(number: u8) -> FileId {
        FileId::new(Millis(1_780_315_200_000), &[number; 10])
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    }

    #[test]
    fn a_content_is_there_until_it_is_removed_and_only_its_owner_reads_it() {
        let home = tempfile::tempdir().expect("a directory");
        let files = FileDirectory::at(home.path().join("files"));
        assert_eq!((files.ids().expect("none"), files.get(id(1)).expect("none")), (vec![], None));
        files.remove(id(1)).expect("nothing to remove");
        files.put(id(2), b"two").expect("put");
        files.put(id(1), b"one").expect("put");
        files.put(id(1), b"once more").expect("put");
        assert_eq!(files.ids().expect("listed"), [id(1), id(2)]);
        assert_eq!(files.get(id(1)).expect("read").as_deref(), Some(&b"once more"[..]));
        let piece = |id, from| files.piece(id, from, 4).expect("read");
        assert_eq!(piece(id(1), 5).as_deref(), Some(&b"more"[..]));
        assert_eq!((piece(id(1), 7).as_deref(), piece(id(1), 9).as_deref()), (Some(&b"re"[..]), Some(&b""[..])));
        assert_eq!(piece(id(3), 0), None);
        assert_eq!((mode(&files.path), mode(&files.whole(id(1)))), (0o700, 0o600));
        files.remove(id(1)).expect("removed");
        assert_eq!((files.ids().expect("listed"), files.get(id(1)).expect("none")), (vec![id(2)], None));
    }

    #[test]
    fn what_a_crash_left_of_a_content_is_listed_removed_and_never_given_out() {
        let home = tempfile::tempdir().expect("a directory");
        let files = FileDirectory::at(home.path().join("files"));
        files.put(id(1), b"one").expect("put");
        fs::write(files.part(id(2)), "tw").expect("written");
        fs::write(files.path.join("notes.txt"), "of somebody else").expect("written");
        assert_eq!(files.ids().expect("listed"), [id(1), id(2)]);
        assert_eq!(files.get(id(2)).expect("none"), None);
        files.remove(id(2)).expect("removed");
        assert_eq!(files.ids().expect("listed"), [id(1)]);
    }
}
