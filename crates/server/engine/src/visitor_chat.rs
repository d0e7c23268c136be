//! The state of a visitor's chat beside its messages: form, end and rating; and the chats of a browser.

use crate::recipient::recipient;
use knock_model::Millis;
use knock_ports::{ChatFact, Conversation, Message, MessageAuthor, StoreError, View, VisitorAct, VisitorFact};
use knock_status::chat::Event;
use knock_wire::{ChatListed, VisitorChatState};

/// The time in which a rating can be changed.
pub const RATING_CHANGES: Millis = Millis::days(1);
/// The most ratings of a chat, changes included.
const MOST_RATINGS: usize = 20;
/// The most chats of a list.
const MOST_LISTED: usize = 50;
/// The longest line of a list, in characters.
const LONGEST_LINE: usize = 120;

/// The state of a conversation for its visitor.
///
/// # Errors
/// When the database fails.
pub fn visitor_chat_state(
    view: &dyn View,
    conversation: &Conversation,
    now: Millis,
) -> Result<VisitorChatState, StoreError> {
    let facts = view.visitor_facts(conversation.id)?;
    let messages = view.messages_after(conversation.id, 0)?;
    let lead = view.lead(conversation.lead)?;
    let rated = rating(&facts);
    Ok(VisitorChatState {
        has_form: form(&facts).is_some(),
        is_written: messages.iter().any(|message| message.author == MessageAuthor::Lead),
        is_over: is_over(view, conversation, &facts, &messages)?,
        is_ended: is_ended(&facts, &messages),
        rating: rated.map(|(rating, _)| rating),
        comment: rated.map(|(_, comment)| comment.to_owned()).unwrap_or_default(),
        can_rate: can_rate(&facts, now),
        has_address: match &lead {
            Some(lead) => recipient(view, conversation, &messages, lead)?.is_some(),
            None => false,
        },
    })
}

/// The last answers of the form, with the consent.
pub(crate) fn form(facts: &[VisitorFact]) -> Option<(&[(String, String)], &str)> {
    facts.iter().rev().find_map(|fact| match &fact.what {
        VisitorAct::Form { values, consent } => Some((&values[..], &**consent)),
        VisitorAct::Ended | VisitorAct::Rated { .. } | VisitorAct::Transcript { .. } => None,
    })
}

/// The last rating, with its comment.
pub(crate) fn rating(facts: &[VisitorFact]) -> Option<(u8, &str)> {
    facts.iter().rev().find_map(|fact| match &fact.what {
        VisitorAct::Rated { rating, comment, .. } => Some((*rating, &**comment)),
        VisitorAct::Form { .. } | VisitorAct::Ended | VisitorAct::Transcript { .. } => None,
    })
}

/// Whether a rating is taken: the first one, and for a day after it another one.
pub(crate) fn can_rate(facts: &[VisitorFact], now: Millis) -> bool {
    let mut ratings = facts.iter().filter(|fact| matches!(fact.what, VisitorAct::Rated { .. }));
    let first = ratings.next();
    first.is_none_or(|first| now < first.at + RATING_CHANGES) && ratings.count() < MOST_RATINGS
}

/// Whether the visitor ended the chat, and none of them and the team has written since.
pub(crate) fn is_ended(facts: &[VisitorFact], messages: &[Message]) -> bool {
    let ended = facts.iter().rev().find(|fact| fact.what == VisitorAct::Ended);
    ended.is_some_and(|ended| !has_written_since(messages, ended.at))
}

/// Whether the chat is over: the visitor ended it, or a member has marked it as done since the last message.
pub(crate) fn is_over(
    view: &dyn View,
    conversation: &Conversation,
    facts: &[VisitorFact],
    messages: &[Message],
) -> Result<bool, StoreError> {
    if is_ended(facts, messages) {
        return Ok(true);
    }
    let work = view.chat_facts(conversation.lead)?;
    let is_work =
        |fact: &&ChatFact| matches!(fact.what, Event::Done { .. } | Event::Snoozed { .. } | Event::Reopened { .. });
    let last = work.iter().filter(is_work).max_by_key(|fact| fact.effective_at());
    let done = last.filter(|fact| matches!(fact.what, Event::Done { .. }));
    let has_chat = messages.iter().any(|message| message.author == MessageAuthor::Lead);
    // A lead may have several conversations: what came before this one ended another.
    let ends_it = |at: Millis| at >= conversation.opened_at && !has_written_since(messages, at);
    Ok(has_chat && done.is_some_and(|done| ends_it(done.effective_at())))
}

fn has_written_since(messages: &[Message], at: Millis) -> bool {
    messages.iter().any(|message| message.at > at && message.author != MessageAuthor::AiAgent)
}

/// The chats of a browser for its visitor, the last written one first. A chat without a message of the visitor is none.
///
/// # Errors
/// When the database fails.
pub fn listed_chats(view: &dyn View, chats: &[Conversation]) -> Result<Vec<ChatListed>, StoreError> {
    let mut listed = Vec::new();
    for chat in chats.iter().take(2 * MOST_LISTED) {
        let messages = view.messages_after(chat.id, 0)?;
        let first = messages.iter().find(|message| message.author == MessageAuthor::Lead);
        let Some((first, last)) = first.zip(messages.last()) else { continue };
        let is_over = is_over(view, chat, &view.visitor_facts(chat.id)?, &messages)?;
        let (first, last_at, last) = (line(first), last.at, line(last));
        listed.push(ChatListed { conversation: chat.id, first, last, last_at, is_over });
    }
    listed.sort_by_key(|chat| std::cmp::Reverse(chat.last_at));
    listed.truncate(MOST_LISTED);
    Ok(listed)
}

fn line(message: &Message) -> String {
    let text = message.in_words();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
