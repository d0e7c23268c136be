//! Hostile formats are read in a process of their own: PDF, pages, sitemaps, calendars, files of chats
//! and mails.
//!
//! A [`Reader`] starts the server's own program as `knock reader FORMAT`, with nothing but a pipe in and a pipe out. That
//! process limits its own memory, processor time and rights before it reads a byte ([`serve`]), and is killed after a
//! deadline. A file that takes down its reader is unreadable; the server goes on.

mod child;
mod format;
mod job;
mod jobs;
mod lost;
mod places;
mod process;
mod reader;

pub use child::serve;
pub use lost::{Lost, NotRead};
pub use reader::Reader;

/// The first argument of a program that is to be a reader.
pub const ARGUMENT: &str = "reader";
