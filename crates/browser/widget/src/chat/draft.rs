//! A message before it is sent.

use knock_model::MessageId;

/// A message as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    /// Its id, the same on every attempt.
    pub(crate) id: MessageId,
    /// The text; of a file, its name.
    pub(crate) text: String,
    /// The number of the file on the page, if a file is sent in place of the text.
    pub(crate) file: Option<u32>,
}
