//! Calendar accounts of members: connected by credentials or by a consent, read in parallel, cached for a minute;
//! meetings as events in them, and what their owners make of these events there.

mod accounts;
mod apps;
mod consent;
mod delivery;
mod disconnect;
mod draft;
mod entry;
mod patience;
mod reader;
mod tokens;
mod usage;
mod watch;

pub use accounts::{Accounts, problem};
pub use consent::{Consent, NotConnected, installer};
pub use delivery::CalendarConnector;
pub use disconnect::Ending;
pub use draft::{entered, field_error, opened};
pub use reader::CalendarReader;
pub use usage::{Use, used};
pub use watch::{CalendarWatch, Heard, Listening, pushed_until};
