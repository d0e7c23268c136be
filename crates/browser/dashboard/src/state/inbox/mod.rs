//! The inbox and an open conversation.

pub(crate) mod chat_ownership;
pub(crate) mod composing;
mod drafting;
pub(crate) mod drafts;
pub(crate) mod hold;
pub(crate) mod holding;
pub(crate) mod lead_context;
pub(crate) mod lines;
pub(crate) mod list;
pub(crate) mod mentions;
pub(crate) mod notifications;
mod noting;
pub(crate) mod present;
pub(crate) mod reading;
pub(crate) mod reminding;
pub(crate) mod replies;
pub(crate) mod selection;
pub(crate) mod shortcuts;
pub(crate) mod snooze;
pub(crate) mod takeover;
pub(crate) mod team;
pub(crate) mod thread;
pub(crate) mod toast;
pub(crate) mod unsent;
pub(crate) mod working;
pub(crate) mod writing;
