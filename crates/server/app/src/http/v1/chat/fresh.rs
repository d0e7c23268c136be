//! Messages that a visitor's browser does not have yet.

use crate::http::files::link;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use knock_engine::Presenter;
use knock_model::ConversationId;
use knock_wire::Message;

/// The messages after a number.
pub(super) async fn fresh(state: &AppState, id: ConversationId, after: u64) -> Result<Vec<Message>, Problem> {
    let now = state.core.clock.now();
    let messages = read(state.core.store.clone(), move |view| {
        let presenter = Presenter::new(view, now)?;
        presenter.thread(id, &view.messages_after(id, after)?)
    });
    let mut messages: Vec<Message> = messages.await?;
    link(&mut messages, &state.core.key, now);
    Ok(messages)
}
