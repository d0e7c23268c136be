//! Names of users and channels that a text refers to.

use std::collections::BTreeMap;

/// Names by id. What is missing is shown as somebody, or as a channel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Users, by their ids.
    pub users: BTreeMap<String, String>,
    /// Channels, without `#`, by their ids.
    pub channels: BTreeMap<String, String>,
    /// Emoji as characters, by their names in Slack: those that came with the message
    /// (`Written::emoji`). The usual ones are known without.
    pub emoji: BTreeMap<String, String>,
}
