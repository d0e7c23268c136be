//! Commands of the Slack workspace: connection, problems, users, posts, replies.

mod cards;
mod changed;
mod ephemeral;
mod file;
mod join;
mod keys;
mod member_match;
mod message_place;
mod people;
mod posts;
mod problems;
mod reply;
mod settings;
mod thread;
mod words;

pub use cards::{SLACK_CARDS, UpdateSlackCards};
pub use changed::{SlackChanged, SlackEdit};
pub use ephemeral::{NudgeLater, SLACK_NUDGE, TellInSlack};
pub use file::{SendSlackFile, SlackFileSent};
pub use join::{JoinSlackChat, SlackJoined};
pub use keys::{
    asked_key, assigned_key, file_key, is_asked, is_assigned, is_joined, joined_key, member_of, message_key, note_key,
    thread_of,
};
pub use member_match::{person_in_slack, slack_member};
pub use message_place::{SlackPlace, SlackTaken};
pub use people::{KeepSlackPeople, KeepSlackPerson};
pub use posts::{AdoptSlackPost, DropSlackPost, SaveSlackPost};
pub use problems::{DropSlackProblems, MendSlack, NoteSlackProblem, ResendSlack};
pub use reply::{SlackWritten, UNSENT as SLACK_UNSENT};
pub use settings::{ConnectSlack, DisconnectSlack, NoteSlackIdentity, NoteSlackSetup, SaveSlackChoice, TestSlack};
