//! The Slack workspace: how it is connected, what is wrong there, who its people are, and what was posted.

mod people;
mod posts;
mod problems;
mod settings;

pub use people::{KeepSlackPeople, KeepSlackPerson};
pub use posts::{DropSlackPost, SaveSlackPost};
pub use problems::{MendSlack, NoteSlackProblem};
pub use settings::{ConnectSlack, DisconnectSlack, NoteSlackIdentity, NoteSlackSetup, SaveSlackChoice, TestSlack};
