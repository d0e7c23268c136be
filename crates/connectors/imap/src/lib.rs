//! A folder of a mailbox, looked at by IMAP (RFC 3501).

mod config;
mod connect;
mod failure;
mod folder;
mod stream;

pub use config::{Server, Tls};
pub use connect::{Account, Imap};
pub use failure::Failure;
pub use folder::{Folder, Since};
