//! Chats as they are now.

use super::cells::{Cell, Column, double, flag, instant, integer, text};
use super::cursor::Place;
use super::{Placed, Reader, WarehouseError};
use knock_model::Email;
use knock_ports::{ChatSummary, Conversation, Lead, Marked, StoreError};
use knock_report::{ChatRecord, Said, Voice, Wait};
use knock_status::chat;
use knock_status::chat::RepOwner;

pub(super) const COLUMNS: &[Column] = &[
    text("lead", "The id of the lead, which is that of the row: a lead has one chat."),
    flag("is_spam", "Whether the lead is marked as spam."),
    instant("started_at", "The instant at which the first conversation was opened."),
    text("site", "The key of the site of the first conversation."),
    text("link", "The Knock Link of the first conversation; `Website` for the launcher."),
    text("language", "The language of the first conversation."),
    text("time_zone", "The time zone of its browser."),
    text("source", "The campaign's source at its opening."),
    text("medium", "The campaign's medium at its opening."),
    text("campaign", "The campaign at its opening."),
    text("email", "The e-mail address of the lead."),
    text("name", "The name of the lead."),
    text("status", "Chat Status now; empty for a lead who has not chatted."),
    instant("status_since", "The instant at which it began."),
    text("owner", "The id of the member who has the chat, or `AI Agent`; empty while unassigned."),
    text("owner_name", "The name of that member now."),
    text("intent_type", "The intent type now."),
    text(
        "intent_bucket",
        "The bucket of the intent score now; empty without one. The score itself decays by the second.",
    ),
    instant("active_at", "The instant of the last activity."),
    instant("waiting_since", "The instant since which the lead waits for a human; empty while they do not."),
    instant("first_reply_at", "The instant of the first message of a rep."),
    double("response_minutes", "The first wait for a reply after an assignment that a reply ended, in minutes."),
    integer("lead_messages", "The number of messages of the lead."),
    integer("agent_messages", "The number of messages of the AI agent."),
    integer("rep_messages", "The number of messages of reps."),
    text("reject_reason", "The reason of the rejection that counts."),
    instant("deal_at", "The instant of the first deal that was opened after the chat began."),
];

pub(super) fn rows(reader: &Reader<'_>, after: Option<&Place>) -> Result<Vec<Placed>, WarehouseError> {
    let after = after.map(Place::cursor).transpose()?;
    let found = reader.view.warehouse_chats(reader.stretch, after)?;
    let place = |first: &Conversation| Place::new(first.opened_at, first.lead.as_bytes());
    found.iter().map(|first| Ok((place(&first.row), row(reader, first)?))).collect()
}

fn row(reader: &Reader<'_>, Marked { row: first, is_spam }: &Marked<Conversation>) -> Result<Vec<Cell>, StoreError> {
    let mut cells = vec![
        Cell::id(first.lead),
        Cell::Flag(*is_spam),
        Cell::Instant(first.opened_at),
        Cell::text(&reader.presenter.site_key(first.site)),
        Cell::text(&first.link),
        Cell::text(first.language.as_str()),
        Cell::text(&first.time_zone),
        Cell::text(&first.utm.source),
        Cell::text(&first.utm.medium),
        Cell::text(&first.utm.campaign),
    ];
    let (lead, summary) = (reader.view.lead(first.lead)?, reader.view.chat_summary(first.lead)?);
    let record = record(reader, first, summary.as_ref())?;
    cells.push(Cell::text(lead.as_ref().and_then(|lead| lead.email.as_ref()).map_or("", Email::as_str)));
    cells.push(Cell::text(lead.as_ref().map_or("", |lead| lead.name.as_str())));
    let is_chat = summary.as_ref().is_some_and(|chat| chat.status.is_some());
    let status = record.statuses.last().filter(|_| is_chat);
    cells.push(status.map_or(Cell::None, |(status, _)| Cell::text(status.as_str())));
    cells.push(status.map_or(Cell::None, |(_, at)| Cell::Instant(*at)));
    cells.extend(owner(reader, summary.as_ref())?);
    cells.extend(intent(reader, lead.as_ref(), summary.as_ref()));
    cells.extend(course(summary.as_ref(), &record));
    Ok(cells)
}

/// What reports know of the chat; by its facts where an earlier version stored it.
fn record(reader: &Reader<'_>, first: &Conversation, summary: Option<&ChatSummary>) -> Result<ChatRecord, StoreError> {
    match summary.and_then(|chat| ChatRecord::unpack(&chat.course)) {
        Some(record) => Ok(record),
        None => Ok(ChatRecord::of(&chat::derive(&reader.view.chat_facts(first.lead)?, reader.now))),
    }
}

fn owner(reader: &Reader<'_>, summary: Option<&ChatSummary>) -> Result<[Cell; 2], StoreError> {
    let owner = summary.and_then(|chat| chat.owner.as_ref());
    let name = match owner {
        Some(RepOwner::Rep(rep)) => reader.presenter.member_name(Some(rep))?,
        Some(RepOwner::AiAgent) | None => String::new(),
    };
    Ok([Cell::text(owner.map_or("", RepOwner::as_str)), Cell::text(&name)])
}

fn intent(reader: &Reader<'_>, lead: Option<&Lead>, summary: Option<&ChatSummary>) -> [Cell; 2] {
    let scored = lead.map(|lead| reader.presenter.scored(&lead.history.evidence));
    [
        summary.map_or(Cell::None, |chat| Cell::text(chat.intent_type.as_str())),
        scored.as_ref().map_or(Cell::None, |scored| Cell::text(scored.bucket.as_str())),
    ]
}

/// What happened in the chat.
fn course(summary: Option<&ChatSummary>, record: &ChatRecord) -> [Cell; 9] {
    let count = |is_of: fn(&Voice) -> bool| Cell::count(record.messages.iter().filter(|said| is_of(&said.by)).count());
    let is_rep = |voice: &Voice| matches!(voice, Voice::Rep(_));
    let first_reply = record.messages.iter().filter(|said| is_rep(&said.by)).map(|said: &Said| said.at).min();
    let answered = |wait: &&Wait| wait.answered_by.is_some();
    let response = record.replies.iter().find(answered).and_then(|wait| Some(wait.ended_at? - wait.since));
    [
        Cell::maybe_instant(summary.map(|chat| chat.active_at)),
        Cell::maybe_instant(summary.and_then(|chat| chat.waiting_since)),
        Cell::maybe_instant(first_reply),
        response.map_or(Cell::None, |time| Cell::Double(time.in_minutes())),
        count(|voice| *voice == Voice::Lead),
        count(|voice| *voice == Voice::Agent),
        count(is_rep),
        Cell::text(summary.map_or("", |chat| chat.reject_reason.as_str())),
        Cell::maybe_instant(record.deal_at),
    ]
}
