//! The page Home: first steps, and today.

mod broken_list;
mod first_steps;
mod step_line;
mod today;

pub(crate) use first_steps::FirstSteps;
pub(crate) use today::{Today, Waits};
