//! Chat Status (CS-01..CS-16).

mod clocks;
mod derive;
mod fold;
mod state;
mod words;

pub use clocks::Timer;
pub use derive::{Derived, Why, derive};
pub use fold::{Assignee, Event};
pub use state::{Fields, Flag, Rejecter, RepOwner};
pub use words::{ChatOwner, ChatStatus};
