//! Files of messages.

use serde::Deserialize;

/// The most files of a message that are read.
pub(super) const LISTED: usize = 200;

/// A file of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct File {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The title that its sender gave it.
    pub title: String,
    /// Its media type, as Slack takes it.
    pub mimetype: String,
    /// Its size in bytes.
    pub size: u64,
    /// `hosted` where Slack has its content, `external` for a link, `tombstone` when it was deleted, `snippet` for text.
    pub mode: String,
    /// The address of its content.
    pub url_private_download: Option<String>,
    /// The address of its page in Slack.
    pub permalink: Option<String>,
}
