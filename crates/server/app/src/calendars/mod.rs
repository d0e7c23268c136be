//! Calendars of members: opened with the members' credentials, read in parallel, cached for a minute.

mod account;
mod reader;

pub(crate) use account::{Accounts, event};
pub(crate) use reader::CalendarReader;
