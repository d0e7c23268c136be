//! Messages.

use super::cells::{Cell, Column, flag, instant, integer, text};
use super::cursor::Place;
use super::{Placed, Reader, WarehouseError};
use crate::present::shown_source;
use knock_model::ConversationId;
use knock_ports::{Card, Marked, Message, MessageAuthor, TeamAuthor, WrittenMessage, WrittenPlace};
use serde::Serialize;

pub(super) const COLUMNS: &[Column] = &[
    text("id", "The id of the message, unique within its conversation."),
    instant("at", "The instant of writing."),
    text("lead", "The id of the lead."),
    flag("is_spam", "Whether the lead is marked as spam."),
    text("conversation", "The id of the conversation."),
    integer("number", "The number in the conversation, from 1 without gaps."),
    text("site", "The key of the site from which the conversation came."),
    text("author", "The author: `lead`, `ai_agent`, `rep` or `integration`."),
    text("member", "The id of the member or the integration."),
    text("member_name", "The name of the member or the integration now."),
    text("channel", "The channel by which it came."),
    text("text", "The text; empty for a message of files."),
    integer("files", "The number of its files."),
    text("card", "The card beside the text."),
    text("unanswered", "The subject of a question that the AI agent could not answer."),
    text("detail", "The offered answers, the names of files, and the source of the agent's answer, as JSON."),
];

#[derive(Serialize)]
struct Detail<'m> {
    choices: &'m [String],
    files: Vec<&'m str>,
    source: Option<knock_wire::FoundIn>,
}

pub(super) fn rows(reader: &Reader<'_>, after: Option<&Place>) -> Result<Vec<Placed>, WarehouseError> {
    let after = after.map(|place| written_place(place).ok_or(WarehouseError::Cursor)).transpose()?;
    let found = reader.view.warehouse_messages(reader.stretch, after)?;
    found.iter().map(|written| Ok((place(&written.row), row(reader, written)?))).collect()
}

fn row(reader: &Reader<'_>, Marked { row, is_spam }: &Marked<WrittenMessage>) -> Result<Vec<Cell>, WarehouseError> {
    let WrittenMessage { conversation, lead, site, message } = row;
    let Message { seq, id, author, text, at, choices, source, unanswered, files, card, channel } = message;
    let (word, member, team) = match *author {
        MessageAuthor::Lead => ("lead", Cell::None, None),
        MessageAuthor::AiAgent => ("ai_agent", Cell::None, None),
        MessageAuthor::Rep(rep) => ("rep", Cell::id(rep), Some(TeamAuthor::Member(rep))),
        MessageAuthor::Integration(id) => ("integration", Cell::id(id), Some(TeamAuthor::Integration(id))),
    };
    let name = team.map(|author| reader.presenter.author_name(author)).transpose()?.unwrap_or_default();
    let source = source.as_ref().map(|source| shown_source(source.found_in.clone()));
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    Ok(vec![
        Cell::id(id),
        Cell::Instant(*at),
        Cell::id(lead),
        Cell::Flag(*is_spam),
        Cell::id(conversation),
        Cell::count(*seq),
        Cell::text(&reader.presenter.site_key(*site)),
        Cell::text(word),
        member,
        Cell::text(&name),
        Cell::text(channel.as_str()),
        Cell::text(text),
        Cell::count(files.len()),
        Cell::text(&card.map(Card::to_text).unwrap_or_default()),
        Cell::text(unanswered.as_deref().unwrap_or_default()),
        Cell::json(&Detail { choices, files: names, source })?,
    ])
}

fn place(WrittenMessage { conversation, message, .. }: &WrittenMessage) -> Place {
    let id = [&conversation.as_bytes()[..], &message.seq.to_be_bytes()].concat();
    Place { at: message.at, id }
}

fn written_place(Place { at, id }: &Place) -> Option<WrittenPlace> {
    let (conversation, seq) = id.split_first_chunk()?;
    let seq = u64::from_be_bytes(seq.try_into().ok()?);
    Some(WrittenPlace { at: *at, conversation: ConversationId::from_bytes(*conversation), seq })
}
