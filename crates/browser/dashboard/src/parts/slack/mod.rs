//! The Slack workspace: connection, monitoring channel, people, problems.

mod connect;
mod monitoring_channel;
mod people;
mod state;

pub(crate) use connect::slack_steps;
pub(crate) use monitoring_channel::{slack_monitoring_channel, slack_new_channel};
pub(crate) use people::slack_people;
pub(crate) use state::slack_state;
