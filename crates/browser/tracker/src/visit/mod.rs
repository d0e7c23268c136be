//! A visit: its session, and which pages were seen in it.

mod navigation;
mod session;

pub(crate) use navigation::{Move, Navigation, View};
pub(crate) use session::{Session, is_id};
