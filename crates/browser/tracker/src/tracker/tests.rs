//! Stories of a visit: events of a page, passed to the tracker in order.

mod fake;
mod laws;
mod stories;
