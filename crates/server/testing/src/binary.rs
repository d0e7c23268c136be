//! The `knock` binary under test.

use std::path::PathBuf;
use std::process::Command;

/// The variable that names another binary than the one built by cargo.
const BINARY: &str = "KNOCK_BIN";

/// A `knock` binary.
#[derive(Clone, Debug)]
pub struct Binary(PathBuf);

impl Binary {
    /// Returns the binary named by `KNOCK_BIN`, else the one that cargo has built for this test or bench.
    pub fn built() -> Binary {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
        if let Ok(named) = std::env::var(BINARY) {
            return Binary::at(named);
        }
        let this = std::env::current_exe().expect("this program has a path");
        // The binaries of tests are in a folder beside it.
        let folder = this.ancestors().nth(2).expect("cargo's folder");
        Binary::at(folder.join(format!("knock{}", std::env::consts::EXE_SUFFIX)))
    }

    /// Returns the binary at this path.
    pub fn at(path: impl Into<PathBuf>) -> Binary {
        let path = path.into();
        assert!(path.is_file(), "there is no binary {}; {BINARY} may name one", path.display());
        Binary(path)
    }

    /// Returns a command of the binary.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.0);
        command.args(args);
        command
    }

    /// Returns a command in a process with this limit of open files.
    pub(crate) fn command_with_files(&self, files: u32, args: &[&str]) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -n {files} && exec \"$0\" \"$@\"")]).arg(&self.0).args(args);
        shell
    }
}
