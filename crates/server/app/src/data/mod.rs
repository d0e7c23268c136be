//! The data directory and the program's own files in it: the lock, the key, the run marker, backups.

pub(crate) mod backup;
pub(crate) mod directory;
pub(crate) mod layout;
pub(crate) mod modes;
pub(crate) mod names;
pub(crate) mod place;
pub(crate) mod running;
pub(crate) mod server_key;
pub(crate) mod storage;
