//! The booking: from an address to a meeting, and its later changes.
//!
//! All of it but its entry is in a chunk of its own, which is fetched when a booking is opened.

mod access;
mod actions;
mod api;
mod dom;
mod entry;
mod handle;
mod kept;
mod local;
mod month;
mod origin;
mod parts;
mod requests;
mod responses;
mod state;
mod tools;
mod words;

pub(crate) use entry::Entry;
pub(crate) use parts::opened;
