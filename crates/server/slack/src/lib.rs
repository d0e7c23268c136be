//! The Slack workspace: credentials, users, channels, and posts.

mod account;
mod channel_list;
mod channels;
mod direct_channel;
mod directs;
mod file;
mod limits;
mod show;
mod worker;
mod workspace;

pub use account::{App, Credentials};
pub use worker::person;
pub use workspace::{CALL_TIMEOUT, OTHER_REASON, Slack, identity, is_temporary, problem_kind};
