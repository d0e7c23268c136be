//! Read receipts of a lead's browser: a reply that did not reach it is mailed.

use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use knock_engine::commands::NoteRead;
use knock_model::ConversationId;
use std::sync::Arc;

/// Records that all messages up to a number reached the lead's browser, if an unread reply is among them. A store that takes
/// nothing must not keep a lead from reading: the receipt is lost then, and the reply is mailed as well.
pub(super) async fn note_read(state: &AppState, conversation: ConversationId, seq: u64) {
    if state.mail_reply_after.is_none() || seq == 0 {
        return;
    }
    if record(state, conversation, seq).await.is_err() {
        tracing::debug!("a read receipt was not stored");
    }
}

async fn record(state: &AppState, conversation: ConversationId, seq: u64) -> Result<(), Problem> {
    let reading = read(Arc::clone(&state.core.store), move |view| view.reading(conversation)).await?;
    let Some(reading) = reading else { return Ok(()) };
    // What a client names beyond the last reply, it cannot have read.
    let seq = seq.min(reading.last_of_rep);
    if seq > reading.read {
        state.core.writer.commit(NoteRead { conversation, seq }).await?;
    }
    Ok(())
}
