//! The panel in a real browser: mounted, written in, compared with what a person would see.

mod panel;
mod stage;
