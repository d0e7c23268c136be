//! Stories of a session: events of a page, passed to the tracker in order.

mod fake;
mod laws;
mod stories;
