//! Rows of messages.

use super::Row;
use super::row::{column, millis};
use knock_model::{IntegrationId, MessageChannel, MessageId, RepId};
use knock_ports::{Card, Message, MessageAuthor, StoreError};

/// All columns of a message.
pub(super) const MESSAGE: &str =
    "SELECT seq, id, author, rep, text, at, choices, source, unanswered, files, card, channel FROM messages";

/// The author of a message; the id of the member or the integration is in the next column.
pub(super) fn author(row: &Row<'_>, at: usize) -> Result<MessageAuthor, StoreError> {
    let id = row.get::<Option<[u8; 16]>>(at + 1)?;
    column(row, at, |author: String| match author.as_str() {
        "lead" => Some(MessageAuthor::Lead),
        "ai_agent" => Some(MessageAuthor::AiAgent),
        "rep" => Some(MessageAuthor::Rep(RepId::from_bytes(id?))),
        "integration" => Some(MessageAuthor::Integration(IntegrationId::from_bytes(id?))),
        _ => None,
    })
}

/// A message in these columns.
pub(super) fn message(row: &Row<'_>) -> Result<Message, StoreError> {
    Ok(Message {
        seq: row.get::<i64>(0)?.unsigned_abs(),
        id: MessageId::from_bytes(row.get(1)?),
        author: author(row, 2)?,
        text: row.get(4)?,
        at: millis(row, 5)?,
        choices: column(row, 6, |text: String| match text.as_str() {
            "" => Some(Vec::new()),
            text => serde_json::from_str(text).ok(),
        })?,
        source: column(row, 7, |text: String| match text.as_str() {
            "" => Some(None),
            text => serde_json::from_str(text).ok().map(Some),
        })?,
        unanswered: Some(row.get::<String>(8)?).filter(|key| !key.is_empty()),
        files: column(row, 9, |text: String| match text.as_str() {
            "" => Some(Vec::new()),
            text => serde_json::from_str(text).ok(),
        })?,
        card: column(row, 10, |word: String| match word.as_str() {
            "" => Some(None),
            word => Card::parse(word).map(Some),
        })?,
        channel: column(row, 11, |word: String| match word.as_str() {
            "" => Some(MessageChannel::Chat),
            word => MessageChannel::parse(word),
        })?,
    })
}
