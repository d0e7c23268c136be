//! Stories of a visit, told to the tracker as the page tells them.

mod fake;
mod laws;
mod stories;
