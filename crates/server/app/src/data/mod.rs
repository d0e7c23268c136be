//! The data directory and what the program itself keeps in it: its lock, its key, the note that it runs, backups.

pub(crate) mod backup;
pub(crate) mod directory;
pub(crate) mod layout;
pub(crate) mod modes;
mod names;
pub(crate) mod running;
pub(crate) mod server_key;
pub(crate) mod storage;
