//! Calendars of members: opened with the members' credentials, read in parallel, cached for a minute; and meetings as
//! events in them.

mod account;
mod delivery;
mod reader;

pub use account::Accounts;
pub use delivery::CalendarConnector;
pub use reader::CalendarReader;
