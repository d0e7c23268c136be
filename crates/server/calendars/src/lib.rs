//! Calendar accounts of members: opened with the members' credentials, read in parallel, cached for a minute; and
//! meetings as events in them.

mod accounts;
mod delivery;
mod draft;
mod entry;
mod reader;

pub use accounts::Accounts;
pub use delivery::CalendarConnector;
pub use draft::{Use, entered, field_error, opened, used};
pub use reader::CalendarReader;
