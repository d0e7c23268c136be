//! Names of files and directories in a data directory.

/// The SQLite file.
pub(crate) const DATABASE: &str = "knock.db";
/// The directory of stored files.
pub(crate) const FILES: &str = "files";
/// Locked while a process writes to the directory; the file is never moved or deleted.
pub(crate) const LOCK: &str = "lock";
/// The run marker.
pub(crate) const RUNNING: &str = "running";
/// The socket through which commands reach a running server.
pub(crate) const CONTROL_SOCKET: &str = "control.sock";
/// The instant of the last backup.
pub(crate) const LAST_BACKUP: &str = "last-backup";
/// The key that the server signs with.
pub(crate) const SERVER_KEY: &str = "secret.key";
/// What tells the directory from its copies.
pub(crate) const IDENTITY: &str = "identity";
/// The same file while it is written.
pub(crate) const IDENTITY_DRAFT: &str = "identity.new";
/// The server's key while it is written.
pub(crate) const SERVER_KEY_DRAFT: &str = "secret.key.new";
/// The prefixes of directories that a restore creates: for the data that was there before, and for the unpacked data.
pub(crate) const BEFORE: &str = "before-";
pub(crate) const RESTORING: &str = "restoring-";

/// Whether a restore makes a directory of this name.
pub(crate) fn is_directory_of_restore(name: &str) -> bool {
    name.starts_with(BEFORE) || name.starts_with(RESTORING)
}
