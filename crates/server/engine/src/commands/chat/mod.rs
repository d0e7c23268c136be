//! The chat of a lead as a value: read once, decided on, applied.
//!
//! A command loads a [`ChatFlow`] and says what happened; the flow decides what follows from it without asking anybody
//! again. [`ChatFlow::apply`] stores what was decided. [`Thread`] is the same for the messages of one conversation.

mod apply;
mod basis;
mod fields;
mod flow;
mod language;
mod route;
mod thread;

pub(super) use apply::{rebuild, settle, settle_due, settle_merged};
pub(super) use basis::RoutingBasis;
pub(super) use flow::{ChatFlow, Learned};
pub(super) use language::language_of;
pub(crate) use route::reps;
pub(super) use route::{ChatToRoute, member_of};
pub use thread::Numbered;
pub(super) use thread::{Thread, Unnumbered};
