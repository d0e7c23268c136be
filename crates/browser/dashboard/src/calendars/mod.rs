//! State of Settings > Calendars.

mod acting;
mod state;
mod usage;

pub(crate) use state::{CONNECT, Calendars, Part, heading_id, sign_in_id};
pub(crate) use usage::{chosen_option, option_of};
