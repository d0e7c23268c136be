//! A disk under a server: what it holds at every instant, and what is left of that when the power goes.

use crate::journal::{Done, read};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

/// The unit that a disk writes atomically.
const SECTOR: usize = 512;

/// Makes it another run of the system in which these files were left.
pub(crate) fn started_anew(files: &mut BTreeMap<String, Vec<u8>>) {
    if let Some(note) = files.get_mut("running") {
        *note = b"an earlier run".to_vec();
    }
}

/// A directory whose disk is watched while a server runs on it.
pub(crate) struct Disk {
    home: TempDir,
    /// The files from before the server.
    before: BTreeMap<String, Vec<u8>>,
}

impl Disk {
    pub(crate) fn new() -> Disk {
        Disk { home: TempDir::new().expect("a directory"), before: BTreeMap::new() }
    }

    /// The data directory on it.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().canonicalize().expect("it is there").join("data")
    }

    /// Puts other files in the place of those that are there.
    pub(crate) fn lay_out(&mut self, mut files: BTreeMap<String, Vec<u8>>) {
        started_anew(&mut files);
        let data = self.data();
        drop(fs::remove_dir_all(&data));
        fs::create_dir_all(&data).expect("it is made");
        for (name, bytes) in &files {
            fs::write(data.join(name), bytes).expect("it is written");
        }
        drop(fs::remove_file(self.journal()));
        self.before = files;
    }

    /// The environment of a server whose disk is watched.
    pub(crate) fn watched(&self) -> Vec<(&'static str, String)> {
        let shown = |path: PathBuf| path.to_str().expect("text").to_owned();
        vec![
            ("LD_PRELOAD", shown(shim().to_owned())),
            ("FAULTS_ROOT", shown(self.data())),
            ("FAULTS_JOURNAL", shown(self.journal())),
            ("FAULTS_EIO", shown(self.eio())),
        ]
    }

    /// While this file is there, syncs fail.
    pub(crate) fn eio(&self) -> PathBuf {
        self.home.path().join("eio")
    }

    /// The operations of the server, in order.
    pub(crate) fn done(&self) -> Vec<Done> {
        read(&self.journal())
    }

    /// The files after all of this was done: what a killed server leaves.
    pub(crate) fn after(&self, done: &[Done]) -> BTreeMap<String, Vec<u8>> {
        self.replay(done, |_, _| true)
    }

    /// The files after the power went: what was synced, and of the rest what chance lets through.
    pub(crate) fn after_power_loss(&self, done: &[Done], chance: &mut fastrand::Rng) -> BTreeMap<String, Vec<u8>> {
        let luck = [0, 10, 50, 90, 100][chance.usize(..5)];
        let last_sync = |file: u32| done.iter().rposition(|it| matches!(it, Done::Sync { file: it } if *it == file));
        let synced: BTreeMap<u32, usize> =
            done.iter().filter_map(file_of).filter_map(|file| Some((file, last_sync(file)?))).collect();
        // Names reach the disk in their order, but how far is unknown.
        let folder = done.iter().rposition(|it| matches!(it, Done::SyncFolder)).unwrap_or(0);
        let names = chance.usize(folder..=done.len());
        self.replay(done, |place, it| match file_of(it) {
            Some(file) => synced.get(&file).is_some_and(|last| place <= *last) || chance.u32(..100) < luck,
            None => place < names,
        })
    }

    /// The files by name after those things, sector by sector, that `survives` lets through.
    fn replay(&self, done: &[Done], mut survives: impl FnMut(usize, &Done) -> bool) -> BTreeMap<String, Vec<u8>> {
        let mut names: BTreeMap<String, u32> = BTreeMap::new();
        let mut files: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
        let unknown = |number: usize| u32::MAX - u32::try_from(number).expect("few files");
        for (number, (name, bytes)) in self.before.iter().enumerate() {
            names.insert(name.clone(), unknown(number));
            files.insert(unknown(number), bytes.clone());
        }
        // A file that is opened for the first time after its name was lost is followed all the same.
        for (place, it) in done.iter().enumerate() {
            match it {
                Done::Known { file, name } => {
                    let before = names.iter().find(|(known, _)| *known == name).map(|(_, number)| *number);
                    let bytes = before.and_then(|number| files.remove(&number)).unwrap_or_default();
                    files.insert(*file, bytes);
                    names.insert(name.clone(), *file);
                }
                Done::Create { file, name } => {
                    files.entry(*file).or_default();
                    if survives(place, it) {
                        names.insert(name.clone(), *file);
                    }
                }
                Done::Write { file, offset, bytes } => {
                    for (number, sector) in bytes.chunks(SECTOR).enumerate() {
                        if survives(place, it) {
                            write(files.entry(*file).or_default(), offset + number * SECTOR, sector);
                        }
                    }
                }
                Done::Truncate { file, length } if survives(place, it) => {
                    files.entry(*file).or_default().resize(*length, 0);
                }
                Done::Rename { from, to } if survives(place, it) => {
                    if let Some(file) = names.remove(from) {
                        names.insert(to.clone(), file);
                    }
                }
                Done::Unlink { name } if survives(place, it) => {
                    names.remove(name);
                }
                Done::Truncate { .. } | Done::Rename { .. } | Done::Unlink { .. } => {}
                Done::Sync { .. } | Done::SyncFolder => {}
            }
        }
        // The index of the log is memory, not disk; the socket and the reserve are no files to keep.
        names.retain(|name, _| !name.ends_with("-shm") && name != "reserve");
        names.into_iter().map(|(name, file)| (name, files.remove(&file).unwrap_or_default())).collect()
    }

    fn journal(&self) -> PathBuf {
        self.home.path().join("journal")
    }
}

/// The file whose content a thing changes.
fn file_of(it: &Done) -> Option<u32> {
    match it {
        Done::Write { file, .. } | Done::Truncate { file, .. } => Some(*file),
        Done::Create { .. } | Done::Known { .. } | Done::Rename { .. } | Done::Unlink { .. } => None,
        Done::Sync { .. } | Done::SyncFolder => None,
    }
}

fn write(file: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    file[offset..end].copy_from_slice(bytes);
}

/// The library that watches, built once with the compiler that also built SQLite.
fn shim() -> &'static Path {
    static SHIM: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, library) = SHIM.get_or_init(|| {
        let dir = TempDir::new().expect("a directory");
        let library = dir.path().join("disk.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/faults/disk.c");
        let mut cc = Command::new("cc");
        cc.args(["-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o"]);
        let built = cc.arg(&library).arg(source).args(["-ldl", "-lpthread"]).status();
        assert!(built.expect("cc runs").success(), "disk.c compiles");
        (dir, library)
    });
    library
}

/// Whether a library can be put in front of the server's own calls here; says so when it cannot.
pub(crate) fn can_watch(test: &str) -> bool {
    let is_linux = cfg!(target_os = "linux");
    if !is_linux {
        println!("{test}: NOT RUN, it needs Linux");
    }
    is_linux
}

/// The files of a directory by name.
pub(crate) fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(dir).expect("it is there").flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).expect("text").to_owned();
    files.map(|entry| (name(&entry.path()), fs::read(entry.path()).expect("it is read"))).collect()
}
