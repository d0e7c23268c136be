//! The calendars of members: let in by what they gave, read all at once, remembered for a minute.

mod account;
mod reader;

pub(crate) use account::{Accounts, event};
pub(crate) use reader::CalendarReader;
