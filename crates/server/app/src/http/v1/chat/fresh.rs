//! Messages that a visitor's browser does not have yet.

use crate::http::files::link;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::manage_token::ManageToken;
use knock_context::ServerKey;
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
    if let Some(messages) = &mut messages {
        link(messages, &state.core.key, now);
        link_meetings(messages, &state.core.key);
    }
    Ok(messages)
}

/// Adds the pages on which the lead changes the meetings of the cards.
fn link_meetings(messages: &mut [Message], key: &ServerKey) {
    let cards = messages.iter_mut().filter_map(|message| message.card.as_mut());
    for meeting in cards.filter_map(|card| card.meeting.as_mut()) {
        meeting.manage = format!("/m/{}", ManageToken::sign(meeting.id, key).reveal());
    }
}
