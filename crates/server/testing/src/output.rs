//! Output of a server. A file, not a pipe: it is readable at once, and the server never waits for a reader.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;

/// Standard output and standard error of one process.
pub(crate) struct Output {
    path: PathBuf,
    /// The number of bytes that were in the file before.
    before: usize,
    _dir: Option<TempDir>,
}

impl Output {
    /// Appends to the given file, which is kept, or writes to a file of its own.
    pub(crate) fn new(kept: Option<&Path>) -> Output {
        let Some(path) = kept else {
            let dir = TempDir::new().expect("a directory");
            return Output { path: dir.path().join("said"), before: 0, _dir: Some(dir) };
        };
        let before = fs::read(path).map_or(0, |text| text.len());
        Output { path: path.to_owned(), before, _dir: None }
    }

    /// Returns a handle for the process.
    pub(crate) fn stdio(&self) -> Stdio {
        let file = File::options().append(true).create(true).open(&self.path);
        file.unwrap_or_else(|error| panic!("{}: {error}", self.path.display())).into()
    }

    /// Returns the whole output so far.
    pub(crate) fn said(&self) -> String {
        let text = fs::read(&self.path).unwrap_or_default();
        String::from_utf8_lossy(text.get(self.before..).unwrap_or_default()).into_owned()
    }
}
