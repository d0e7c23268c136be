//! What workflows do about a change.

mod act;
