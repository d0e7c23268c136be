//! The run marker of a data directory: if it exists at a start, the previous stop was not clean.

use crate::data::layout::RUNNING;
use crate::data::names::keep_name;
use anyhow::Context;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The id of the running system: it changes with each start of the machine.
const SINCE_START: &str = "/proc/sys/kernel/random/boot_id";

/// The end of the previous server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// A clean stop, or no previous server.
    Stopped,
    /// Not a clean stop, but the system kept running: all writes are in the files, synced or not.
    Killed,
    /// With the system, by a failed disk, or for an unknown reason.
    Crashed,
}

/// The run marker.
pub(crate) struct Running(PathBuf);

impl Running {
    /// The run marker of a data directory.
    pub(crate) fn on(data: &Path) -> Running {
        Running(data.join(RUNNING))
    }

    /// The end of the previous server.
    pub(crate) fn before(&self) -> Before {
        match std::fs::read_to_string(&self.0) {
            Err(error) if error.kind() == ErrorKind::NotFound => Before::Stopped,
            Ok(noted) if !noted.is_empty() && noted == since_start() => Before::Killed,
            _ => Before::Crashed,
        }
    }

    /// Marks a server as running; only to be called after the files are known to be good.
    pub(crate) fn begin(&self) -> anyhow::Result<()> {
        let noted = std::fs::write(&self.0, since_start()).and_then(|()| keep_name(&self.0));
        noted.with_context(|| format!("making {}", self.0.display()))
    }

    /// Records that the content of the disk is unknown: the next start must check it.
    pub(crate) fn doubt(&self) {
        if let Err(error) = std::fs::write(&self.0, "") {
            tracing::warn!(%error, file = %self.0.display(), "the next start may not look for damage");
        }
    }

    /// Removes the marker after a clean stop.
    pub(crate) fn end(&self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::warn!(%error, file = %self.0.display(), "the next start will look for damage");
        }
    }
}

/// The id of the running system; empty if the system does not provide it.
fn since_start() -> String {
    std::fs::read_to_string(SINCE_START).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_note_of_this_run_of_the_system_says_that_the_files_are_as_they_were_written() {
        let dir = tempfile::tempdir().expect("a directory");
        let running = Running::on(dir.path());
        assert_eq!(running.before(), Before::Stopped);
        running.begin().expect("it is noted");
        let is_told = !since_start().is_empty();
        assert_eq!(running.before(), if is_told { Before::Killed } else { Before::Crashed });
        for noted in ["", "another run\n", "\u{0}"] {
            std::fs::write(dir.path().join("running"), noted).expect("it is written");
            assert_eq!(running.before(), Before::Crashed, "{noted:?}");
        }
        std::fs::write(dir.path().join("running"), [0xff]).expect("it is written");
        assert_eq!(running.before(), Before::Crashed);
        running.begin().expect("it is noted");
        running.doubt();
        assert_eq!(running.before(), Before::Crashed);
        running.end();
        assert_eq!(running.before(), Before::Stopped);
    }
}
