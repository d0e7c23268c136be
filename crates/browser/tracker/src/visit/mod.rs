//! A visit: its session, which pages were seen in it and for how long, and which forms were begun.

mod forms;
mod gaze;
mod navigation;
mod session;

pub(crate) use forms::Forms;
pub(crate) use gaze::Gaze;
pub(crate) use navigation::{Move, Navigation, View};
pub(crate) use session::{is_open, since};
