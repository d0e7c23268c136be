//! State of Settings > Calendars.

pub(crate) mod acting;
pub(crate) mod apps;
pub(crate) mod state;
pub(crate) mod usage;
