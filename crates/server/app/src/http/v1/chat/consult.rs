//! What is looked up for a message of a lead on the thread of its request: the writer has one thread for all.

use crate::connectors::mail::manage_meeting;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::manage_token::ManageToken;
use knock_agent::Act;
use knock_engine::commands::MessageText;
use knock_engine::known_question;
use knock_knowledge::Knowledge;
use knock_model::{ConversationId, MeetingId, Millis};
use knock_ports::{Consulted, Conversation, MessageAuthor, StoreError, View};

/// What a message finds.
#[derive(Default)]
pub(super) struct LookedUp {
    /// What the knowledge of the site says.
    pub(super) consulted: Consulted,
    /// The page on which the lead moves or cancels the meeting to come that they booked in this chat.
    pub(super) meeting_page: Option<String>,
}

/// Looks up what the reply to a message may need.
pub(super) async fn look_up(
    state: &AppState,
    conversation: ConversationId,
    text: MessageText,
) -> Result<LookedUp, Problem> {
    let (knowledge, now) = (state.knowledge.clone(), state.core.clock.now());
    let found = read(state.core.store.clone(), move |view| {
        let Some(conversation) = view.conversation(conversation)? else { return Ok((Consulted::default(), None)) };
        let consulted = consulted(&knowledge, view, &conversation, &text)?;
        Ok((consulted, meeting_to_come(view, &conversation, &text, now)?))
    });
    let (consulted, meeting) = found.await?;
    let page = |meeting| manage_meeting(&state.core.address, ManageToken::sign(meeting, &state.core.key).reveal());
    Ok(LookedUp { consulted, meeting_page: meeting.map(page) })
}

/// What the knowledge says to a message. An answer that the agent offered is never searched: a known question has its own
/// answer, any other has none.
fn consulted(
    knowledge: &Knowledge,
    view: &dyn View,
    conversation: &Conversation,
    text: &MessageText,
) -> Result<Consulted, StoreError> {
    let last = view.last_message(conversation.id)?.filter(|last| last.author == MessageAuthor::AiAgent);
    if last.is_some_and(|last| last.choices.iter().any(|choice| choice == text.text())) {
        let known = known_question(view, conversation.site, text.text())?;
        return Ok(Consulted { found: known.into_iter().collect(), ..Consulted::default() });
    }
    knowledge.consult_in(view, conversation.site, text.text(), text.understood(), conversation.language)
}

/// The meeting that a message is about, which was booked in this chat: one of another chat of the same person may be
/// somebody else's, as an address in a chat proves nothing.
fn meeting_to_come(
    view: &dyn View,
    conversation: &Conversation,
    text: &MessageText,
    now: Millis,
) -> Result<Option<MeetingId>, StoreError> {
    let understood = text.understood();
    if !understood.has(Act::RescheduleMeeting) && !understood.has(Act::CancelMeeting) {
        return Ok(None);
    }
    let meetings = view.meetings_of_lead(conversation.lead)?.into_iter();
    let own = meetings.filter(|meeting| meeting.details.conversation == Some(conversation.id));
    Ok(own.filter(|meeting| meeting.is_upcoming(now)).min_by_key(|meeting| meeting.start).map(|meeting| meeting.id))
}
