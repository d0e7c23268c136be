//! Meeting Status (MS-01..MS-14).

mod derive;
mod fold;
mod state;
mod words;

pub use derive::{Derived, Why, derive};
pub use fold::{Event, Verdict};
pub use state::{Canceller, Fields, Flag, RejectReason, Timer};
pub use words::MeetingStatus;
