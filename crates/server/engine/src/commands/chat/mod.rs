//! The chat of a lead as a value: read once, decided on, applied.
//!
//! A command loads a [`ChatFlow`] and adds facts; the flow decides their consequences without reading again.
//! [`ChatFlow::apply`] stores the decisions. [`Thread`] is the same for the messages of one conversation.

mod agent;
mod apply;
mod asked;
mod basis;
mod due;
mod fields;
mod flow;
mod followed;
mod heard;
mod offered;
mod queue;
mod rejecting;
mod route;
mod thread;
mod voice;

pub(super) use agent::{ReadMessage, answer};
pub(crate) use agent::{answer_of, source_of};
pub(crate) use apply::rebuild;
pub(super) use apply::{settle, settle_merged};
pub(crate) use asked::asked;
pub(super) use asked::confirmed;
pub(super) use basis::RoutingBasis;
pub use due::is_form_unanswered;
pub(super) use due::settle_due;
pub(super) use fields::{Person, fields_of};
pub(crate) use flow::learned;
pub(super) use flow::{ChatFlow, Learned};
pub(crate) use heard::{Heard, Words, consulted, is_abuse};
pub(super) use offered::keep_choice;
pub(super) use queue::{give_chats_of, is_orphan, route_reopened};
pub(super) use route::{ChatToRoute, owner};
pub use thread::Numbered;
pub(super) use thread::{Thread, Unnumbered};
