//! What reached a lead's browser is noted: a reply that did not is mailed.

use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use knock_engine::commands::NoteRead;
use knock_model::ConversationId;
use std::sync::Arc;

/// Notes that all messages up to a number reached the lead's browser, if a reply is among those that had not.
pub(super) async fn note_read(state: &AppState, conversation: ConversationId, seq: u64) -> Result<(), Problem> {
    if state.mail_reply_after.is_none() || seq == 0 {
        return Ok(());
    }
    let reading = read(Arc::clone(&state.core.store), move |view| view.reading(conversation)).await?;
    let is_news = reading.is_some_and(|reading| reading.last_of_rep > reading.read && seq > reading.read);
    if is_news {
        state.core.writer.commit(NoteRead { conversation, seq }).await?;
    }
    Ok(())
}
