//! The page Live: the people on a site now, and all signals.

mod filter_bar;
pub(crate) mod on_site;
pub(crate) mod signals;
mod visit_line;
mod write_dialog;
