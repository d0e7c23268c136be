//! The people on a site now, and the message that a member writes to one of them first.

pub(crate) mod inviting;
pub(crate) mod list;
