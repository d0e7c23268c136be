//! The inbox and an open conversation.

pub(crate) mod chat_ownership;
pub(crate) mod composing;
pub(crate) mod list;
pub(crate) mod notifications;
pub(crate) mod present;
pub(crate) mod reading;
pub(crate) mod replies;
pub(crate) mod shortcuts;
pub(crate) mod thread;
pub(crate) mod unsent;
pub(crate) mod writing;
