//! Runs of leads between events: their state, what a change of a workflow does to them, and their nudges. Nothing here
//! carries out an action.

mod inside;
mod nudges;
mod record;
mod state;
mod timer;

pub(crate) use inside::{move_inside, stop_inside, stop_run};
pub(crate) use nudges::{expire_nudges, show_nudges, withdraw_nudges_of};
pub(crate) use record::record;
pub(crate) use state::{EVENTS_PER_MS, LoadedState, load_state};
pub(crate) use timer::{merge_timers, reset_timer, set_timer};
