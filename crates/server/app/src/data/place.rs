//! Where a workspace is: its data directory or its PostgreSQL database. Elsewhere it is a copy, from which nothing is sent
//! until a person says so.

use crate::data::layout::{IDENTITY, IDENTITY_DRAFT};
use crate::data::names::keep_name;
use anyhow::{Context, ensure};
use knock_ports::Chance;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

/// The content of the file in a directory that was made from a backup.
const RESTORED: &str = "restored";
/// The bytes of an id, as hex digits.
const ID_DIGITS: usize = 32;

/// The place of a workspace, stored in its database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Place {
    Directory(DirectoryPlace),
    /// A PostgreSQL database, by [`knock_store::PostgresStore::identity`].
    Database(String),
}

/// A data directory: its file `identity`, which no backup holds, as it is on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DirectoryPlace {
    /// The content of the file.
    id: String,
    /// Its inode: a copy has another one, a directory that was moved within a file system keeps it. None where the file
    /// system has no lasting ones.
    inode: Option<u64>,
    /// The instant when it was made, in ms since 1970, which tells equal inodes of two file systems apart. None where the
    /// file system does not note it.
    born: Option<i64>,
}

/// What is found at a start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Place(Place),
    /// A directory without the file: one of an earlier version, a new one, or a copy made by hand.
    Unmarked,
    /// A directory that `knock restore` has made.
    Restored,
}

impl Found {
    /// What is in a data directory.
    pub(crate) fn in_directory(data: &Path) -> anyhow::Result<Found> {
        let file = data.join(IDENTITY);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Unmarked),
            Err(error) => return Err(error).with_context(|| format!("reading {}", file.display())),
        };
        let id = text.trim().to_owned();
        if id == RESTORED {
            return Ok(Found::Restored);
        }
        let is_id = id.len() == ID_DIGITS && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        ensure!(
            is_id,
            "{} is damaged: remove it, and release the workspace by `knock serve --outbound`",
            file.display()
        );
        let of = fs::metadata(&file).with_context(|| format!("reading {}", file.display()))?;
        Ok(Found::Place(Place::Directory(DirectoryPlace::new(id, &of, has_lasting_inodes(&file)))))
    }

    /// Whether it is a copy of the workspace whose stored place this is: none is stored before the first start.
    pub(crate) fn is_copy_of(&self, stored: Option<&Place>) -> bool {
        match (stored, self) {
            (_, Found::Restored) | (Some(_), Found::Unmarked) => true,
            (None, Found::Unmarked | Found::Place(_)) => false,
            (Some(Place::Directory(stored)), Found::Place(Place::Directory(here))) => !here.is_same(stored),
            (Some(stored), Found::Place(here)) => stored != here,
        }
    }
}

impl Place {
    /// Marks a data directory as a place of its own.
    pub(crate) fn mark(data: &Path, chance: &dyn Chance) -> anyhow::Result<Place> {
        let id = hex::encode(chance.bytes16());
        let of = write(data, &id).with_context(|| format!("making {}", data.join(IDENTITY).display()))?;
        Ok(Place::Directory(DirectoryPlace::new(id, &of, has_lasting_inodes(&data.join(IDENTITY)))))
    }

    pub(crate) fn to_text(&self) -> String {
        serde_json::to_string(self).expect("a place has JSON")
    }

    /// The place of a stored text. One that a newer version wrote is no place that this version knows.
    pub(crate) fn stored(text: &str) -> Place {
        serde_json::from_str(text).unwrap_or_else(|_| Place::Database(text.to_owned()))
    }
}

impl DirectoryPlace {
    fn new(id: String, of: &Metadata, is_lasting: bool) -> DirectoryPlace {
        let born = of.created().ok().and_then(|at| jiff::Timestamp::try_from(at).ok());
        let born = born.map(|at| at.as_millisecond()).filter(|_| is_lasting);
        DirectoryPlace { id, inode: is_lasting.then(|| of.ino()), born }
    }

    /// Whether both describe one file. What a file system did not say then or does not say now is not compared.
    fn is_same(&self, other: &DirectoryPlace) -> bool {
        self.id == other.id && may_be_equal(self.inode, other.inode) && may_be_equal(self.born, other.born)
    }
}

fn may_be_equal<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one == other)
}

/// Marks a data directory that was made from a backup: nothing is sent from it before it is released.
pub(crate) fn mark_restored(data: &Path) -> anyhow::Result<()> {
    write(data, RESTORED).with_context(|| format!("making {}", data.join(IDENTITY).display()))?;
    Ok(())
}

/// Writes atomically, as a file with an inode of its own, which is on the disk before the database knows of it.
fn write(data: &Path, text: &str) -> std::io::Result<Metadata> {
    let (file, draft) = (data.join(IDENTITY), data.join(IDENTITY_DRAFT));
    let mut open = OpenOptions::new();
    let mut written = open.write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    writeln!(written, "{text}")?;
    written.sync_all()?;
    fs::rename(draft, &file)?;
    keep_name(&file)?;
    File::open(&file)?.metadata()
}

/// Whether the inode of a file outlasts a mount: not where a file system makes them up, as those of FUSE, 9P and SMB do.
#[cfg(target_os = "linux")]
fn has_lasting_inodes(file: &Path) -> bool {
    let made_up = [0x6573_5546, 0x0102_1997, 0xff53_4d42, 0xfe53_4d42];
    rustix::fs::statfs(file).is_ok_and(|of| !made_up.contains(&(of.f_type.cast_unsigned() & 0xffff_ffff)))
}

#[cfg(not(target_os = "linux"))]
fn has_lasting_inodes(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemChance;
    use std::path::PathBuf;

    fn marked(dir: &Path) -> (PathBuf, Place) {
        let data = dir.join("data");
        fs::create_dir(&data).expect("made");
        let place = Place::mark(&data, &SystemChance).expect("marked");
        (data, place)
    }

    #[test]
    fn a_directory_that_was_moved_is_the_same_and_a_copy_is_not() {
        let dir = tempfile::tempdir().expect("a directory");
        let (data, place) = marked(dir.path());
        let stored = Place::stored(&place.to_text());
        assert_eq!(stored, place);
        let found = |data: &Path| Found::in_directory(data).expect("it is read");
        assert!(!found(&data).is_copy_of(Some(&stored)));
        let moved = dir.path().join("moved");
        fs::rename(&data, &moved).expect("moved");
        assert!(!found(&moved).is_copy_of(Some(&stored)));
        let copy = dir.path().join("copy");
        fs::create_dir(&copy).expect("made");
        assert_eq!(found(&copy), Found::Unmarked);
        assert!(found(&copy).is_copy_of(Some(&stored)), "a backup holds no such file");
        assert!(!found(&copy).is_copy_of(None), "a new directory");
        fs::copy(moved.join(IDENTITY), copy.join(IDENTITY)).expect("copied");
        assert!(found(&copy).is_copy_of(Some(&stored)));
        assert!(!found(&copy).is_copy_of(None), "a start that ended before it was stored");
    }

    #[test]
    fn a_restored_directory_is_a_copy_of_a_workspace_of_any_version() {
        let dir = tempfile::tempdir().expect("a directory");
        let (data, place) = marked(dir.path());
        mark_restored(&data).expect("marked");
        let found = Found::in_directory(&data).expect("it is read");
        assert!(found.is_copy_of(None) && found.is_copy_of(Some(&place)));
        fs::write(data.join(IDENTITY), "a letter").expect("written");
        let error = Found::in_directory(&data).expect_err("it is none").to_string();
        assert!(error.contains("--outbound"), "{error}");
    }

    #[test]
    fn what_a_file_system_does_not_say_is_not_compared() {
        let of = |inode, born| DirectoryPlace { id: "a".into(), inode, born };
        let known = of(Some(7), Some(1));
        for (other, expected) in [
            (of(Some(7), Some(1)), true),
            (of(Some(7), None), true),
            (of(None, None), true),
            (of(Some(8), None), false),
            (of(Some(7), Some(2)), false),
            (DirectoryPlace { id: "b".into(), inode: None, born: None }, false),
        ] {
            assert_eq!((known.is_same(&other), other.is_same(&known)), (expected, expected), "{other:?}");
        }
    }

    #[test]
    fn a_database_of_another_cluster_or_name_is_a_copy() {
        let at = |name: &str| Place::Database(name.to_owned());
        let found = Found::Place(at("cluster 1 database knock"));
        assert!(!found.is_copy_of(None));
        assert!(!found.is_copy_of(Some(&at("cluster 1 database knock"))));
        assert!(found.is_copy_of(Some(&at("cluster 2 database knock"))));
        assert!(found.is_copy_of(Some(&Place::stored("of a newer version"))));
    }
}
