//! Sending a note with the members whom it names.

use knock_model::ConversationId;
use knock_wire::NoteDraft;

use crate::api::{Client, Failure};
use crate::words::mention::mentioned;

/// Writes a note, with the ids of those whom it names: their names are in the text, also of a note that was kept.
pub(super) async fn write_note(
    client: &Client,
    to: ConversationId,
    (id, text): (String, String),
) -> Result<(), Failure> {
    // Who was named may have left the team since the page was loaded.
    let team = if text.contains('@') { client.assignees().await?.assignees } else { Vec::new() };
    let mentions = mentioned(&text, &team);
    client.write_note(to, &NoteDraft { id, text, mentions }).await
}
