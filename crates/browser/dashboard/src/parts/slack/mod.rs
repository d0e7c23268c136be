//! The Slack workspace: connecting it, where chats are shown, who is in it, what is wrong there.

mod connect;
mod people;
mod placing;
mod state;

pub(crate) use connect::slack_steps;
pub(crate) use people::slack_people;
pub(crate) use placing::{slack_new_channel, slack_placing};
pub(crate) use state::slack_state;
