//! Answers by mail: the tag by which one names its conversation, what kind of mail it is, and what of its text is new.
//!
//! Everything here is a pure function of texts. A mail is read from its bytes elsewhere (`crates/server/mime`).
#![no_std]

extern crate alloc;

mod bounce;
mod cut;
mod flowed;
mod kind;
mod received;
pub mod tag;

pub use bounce::{Report, is_address_fault, plain_bounce, report};
pub use cut::{Cut, SEPARATOR, cut, is_forward};
pub use flowed::unflowed;
pub use kind::{Headers, Sort, sort};
pub use received::{Bounce, LeftOut, MailKind, MailPart, ReceivedMail};
