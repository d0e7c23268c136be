//! The Slack workspace: connection, monitoring channel, people, problems.

pub(crate) mod connect;
pub(crate) mod everyone;
pub(crate) mod monitoring_channel;
pub(crate) mod people;
pub(crate) mod state;
