//! The page Home: first steps, today, and for managers the team.

mod broken_list;
mod first_steps;
mod step_line;
mod team;
mod team_waits;
mod today;

pub(crate) use first_steps::FirstSteps;
pub(crate) use team::Team;
pub(crate) use today::{Today, Waits};
