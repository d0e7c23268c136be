//! A session: its timeout, which pages were seen in it and for how long, and which forms were begun.

mod forms;
mod navigation;
mod timeout;
mod visible_time;

pub(crate) use forms::Forms;
pub(crate) use navigation::{Move, Navigation, View};
pub(crate) use timeout::{is_open, since};
pub(crate) use visible_time::VisibleTime;
