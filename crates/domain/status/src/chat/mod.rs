//! Chat Status (CS-01..CS-16).

mod cause;
mod clocks;
mod course;
mod derive;
mod event;
mod fold;
mod folder;
mod inbox;
mod state;
mod waiting;
mod words;
mod work;

pub use cause::StatusCause;
pub use clocks::Timer;
pub use course::{Author, Course, Message, Rejected, Wait};
pub use derive::{Derived, Why, derive};
pub use event::{Assignee, Event, EventKind};
pub use folder::Folder;
pub use inbox::{InboxOrder, InboxView, Urgency};
pub use state::{Fields, Flag, Rejecter, Rejection, RepOwner};
pub use words::{ChatOwner, ChatStatus, StatusRule};
pub use work::Work;
