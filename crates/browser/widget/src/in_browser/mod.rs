//! The panel in a real browser: mounted, used, compared with what a person sees.

mod look;
mod pages;
mod panel;
mod pasting;
mod stage;
mod translated;
