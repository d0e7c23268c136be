//! Messages that a visitor's browser does not have yet.

use crate::http::files::link;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use knock_engine::Presenter;
use knock_model::ConversationId;
use knock_wire::Message;

/// The messages after a number; none if the conversation was erased.
pub(super) async fn fresh(state: &AppState, id: ConversationId, after: u64) -> Result<Option<Vec<Message>>, Problem> {
    let now = state.core.clock.now();
    let messages = read(state.core.store.clone(), move |view| {
        let messages = view.messages_after(id, after)?;
        if messages.is_empty() && view.conversation(id)?.is_none() {
            return Ok(None);
        }
        Presenter::for_visitors(view, now)?.thread(id, &messages).map(Some)
    });
    let mut messages: Option<Vec<Message>> = messages.await?;
    messages.iter_mut().for_each(|messages| link(messages, &state.core.key, now));
    Ok(messages)
}
