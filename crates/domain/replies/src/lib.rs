//! Answers by mail: the tag by which one names its conversation, what kind of mail it is, and what of its text is new.
//!
//! Everything here is a pure function of texts. A mail is read from its bytes elsewhere (`crates/server/mime`).
#![no_std]

extern crate alloc;

mod received;
pub mod tag;

pub use received::{Bounce, LeftOut, MailKind, MailPart, ReceivedMail};
