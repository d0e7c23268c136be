//! Laws of slots that hold for every calendar.

mod busy;
mod model;
mod modes;
mod scene;
mod window;
