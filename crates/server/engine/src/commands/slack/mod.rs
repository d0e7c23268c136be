//! The Slack workspace: how it is connected, what is wrong there, who its people are, and what was posted.

mod people;
mod posts;
mod problems;
mod reply;
mod settings;
mod tell;
mod who;

pub use people::{KeepSlackPeople, KeepSlackPerson};
pub use posts::{DropSlackPost, SaveSlackPost};
pub use problems::{MendSlack, NoteSlackProblem};
pub use reply::{SlackChanged, SlackPlace, SlackTaken, SlackWritten, message_key};
pub use settings::{ConnectSlack, DisconnectSlack, NoteSlackIdentity, NoteSlackSetup, SaveSlackChoice, TestSlack};
pub use tell::{NudgeLater, SLACK_NUDGE, TellInSlack};
pub use who::{person_in_slack, slack_member};
