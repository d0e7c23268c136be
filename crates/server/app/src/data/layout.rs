//! Names of files and directories in a data directory.

/// The SQLite file.
pub(crate) const DATABASE: &str = "knock.db";
/// The directory of stored files.
pub(crate) const FILES: &str = "files";
/// Locked while a process writes to the directory; it stays where it is, whatever comes and goes beside it.
pub(crate) const LOCK: &str = "lock";
/// The note that a server runs.
pub(crate) const RUNNING: &str = "running";
/// The socket that commands reach a running server by.
pub(crate) const CONTROL_SOCKET: &str = "control.sock";
/// The instant of the last backup.
pub(crate) const LAST_BACKUP: &str = "last-backup";
/// The key that the server signs with.
pub(crate) const SERVER_KEY: &str = "secret.key";
/// The same while it is written.
pub(crate) const SERVER_KEY_DRAFT: &str = "secret.key.new";
/// The prefixes of directories that a restore creates: for the data that was there before, and for the unpacked data.
pub(crate) const BEFORE: &str = "before-";
pub(crate) const RESTORING: &str = "restoring-";

/// Whether a restore makes a directory of this name.
pub(crate) fn is_directory_of_restore(name: &str) -> bool {
    name.starts_with(BEFORE) || name.starts_with(RESTORING)
}
