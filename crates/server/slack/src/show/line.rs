//! Lines of a thread: each message of the chat, and each internal note of the team.

use super::card::is_whole_on_card;
use super::notified::said;
use super::plan::Plan;
use knock_engine::commands::{message_key, note_key};
use knock_model::Millis;
use knock_slack::blocks;
use knock_slack::text::{Mrkdwn, TEXT_LIMIT, cut};
use knock_wire::{Author, ConversationRecord, InternalNote, Message};

/// A message, or a note.
pub(super) enum Line<'p> {
    Message(&'p Message),
    Note(&'p InternalNote),
}

/// All of them, oldest first.
pub(super) fn lines(record: &ConversationRecord) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut notes = record.notes.iter().peekable();
    for message in &record.messages {
        while let Some(note) = notes.next_if(|note| note.at < message.at) {
            lines.push(Line::Note(note));
        }
        lines.push(Line::Message(message));
    }
    lines.extend(notes.map(Line::Note));
    lines
}

impl Line<'_> {
    /// The key of its post in the thread under this post.
    pub(super) fn key(&self, thread: &str) -> String {
        match self {
            Line::Message(message) => message_key(thread, message.id),
            Line::Note(note) => note_key(thread, note.id),
        }
    }

    /// Whether it stands on the card above, since the card was posted at that instant; none for just now.
    pub(super) fn is_on_card(&self, plan: &Plan, posted_at: Option<Millis>) -> bool {
        match self {
            Line::Message(message) => posted_at.is_none_or(|at| message.at <= at) && is_whole_on_card(plan, message),
            Line::Note(_) => false,
        }
    }

    /// The line as posted: nothing in it is markup.
    pub(super) fn said(&self, plan: &Plan) -> (String, Vec<serde_json::Value>) {
        let (author, text) = match self {
            Line::Message(message) => (author(plan, message), said(message)),
            Line::Note(note) => (format!("Internal note of {}, not sent to the lead", note.name), note.text.clone()),
        };
        let mut shown = vec![blocks::context(&[Mrkdwn::new().bold(&author)])];
        shown.extend(blocks::quoted(&text).sections);
        (cut(&format!("{author}: {text}"), TEXT_LIMIT).text, shown)
    }
}

fn author(plan: &Plan, message: &Message) -> String {
    match message.author {
        Author::Lead => plan.name(),
        Author::AiAgent => "AI Agent".to_owned(),
        Author::Rep => message.name.clone(),
    }
}
