//! Conversations and their facts.

use super::catalogue::{CATALOGUE, Merge};
use super::message::{MESSAGE, message};
use super::row::{column, json, millis, number, to_json};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_agent::Language;
use knock_model::{
    AI_AGENT, Bucket, ConversationId, Email, IntentType, LeadId, MessageChannel, MessageId, Millis, RepId, SessionId,
    SignalId, SiteId, VisitorId,
};
use knock_ports::{
    Card, ChatFact, ChatLedger, ChatSummary, ChatView, ChatsOfRep, Conversation, Cursor, Message, MessageAuthor,
    QueuedChat, SecretHash, StoreError,
};
use knock_routing::{Utm, Workload};
use knock_status::Fact;
use knock_status::chat::{ChatStatus, Folder, RepOwner};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

const CONVERSATION: &str = "SELECT id, lead, site, visitor, session, link, opened_at, secret, language, utm, identified, time_zone \
     FROM conversations";
/// The newest conversation of a lead is that of their line in the inbox.
pub(super) const CONVERSATION_NEWEST_FIRST: &str = "ORDER BY opened_at DESC, id DESC";
/// The columns of a chat for lists.
pub(super) const CHAT_COLUMNS: &str = "c.lead, c.status, c.is_spam, c.intent_type, c.active_at, c.folder, c.waiting_since, c.owner, c.is_queued, \
     c.reject_reason, c.deal_at, c.replied_at, c.wrote_at";
/// The number of these columns.
pub(super) const CHAT_WIDTH: usize = 13;

impl<C: Connection> ChatLedger for Db<C> {
    fn create_conversation(&mut self, new: &Conversation) -> Result<(), StoreError> {
        let sql = "INSERT INTO conversations (id, lead, site, visitor, session, link, opened_at, secret, language, utm, \
                   identified, time_zone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        let (id, lead, visitor, session) =
            (new.id.as_bytes(), new.lead.as_bytes(), new.visitor.as_bytes(), new.session.as_bytes());
        let (secret, language) = (new.secret.as_ref().map(|secret| &secret.0), new.language.as_str());
        let (at, utm) = (new.opened_at.0, utm_text(&new.utm)?);
        let identified = new.identified.as_ref().map(Email::to_text).unwrap_or_default();
        let (site, link, zone) = (new.site.0, &new.link, &new.time_zone);
        self.done(sql, params![id, lead, site, visitor, session, link, at, secret, language, &utm, &identified, zone])
    }

    fn set_identified(&mut self, conversation: ConversationId, email: &Email) -> Result<(), StoreError> {
        let sql = "UPDATE conversations SET identified = ?2 WHERE id = ?1";
        self.done(sql, params![conversation.as_bytes(), &email.to_text()])
    }

    fn append_message(&mut self, conversation: ConversationId, message: &Message) -> Result<(), StoreError> {
        let Message { seq, id, author, text, at, choices, source, unanswered, files, card, channel } = message;
        let choices = if choices.is_empty() { String::new() } else { to_json(choices)? };
        let files = if files.is_empty() { String::new() } else { to_json(files)? };
        let source = source.as_ref().map(to_json).transpose()?.unwrap_or_default();
        let unanswered = unanswered.as_deref().unwrap_or_default();
        let card = card.map(Card::to_text).unwrap_or_default();
        let (author, rep) = match author {
            MessageAuthor::Lead => ("lead", None),
            MessageAuthor::AiAgent => ("ai_agent", None),
            MessageAuthor::Rep(rep) => ("rep", Some(rep.as_bytes())),
            MessageAuthor::Integration(integration) => ("integration", Some(integration.as_bytes())),
        };
        let sql = "INSERT INTO messages (conversation, seq, id, author, rep, text, at, choices, source, unanswered, files, \
                   card, channel) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
        // The common channel is stored as nothing.
        let channel = if *channel == MessageChannel::Chat { "" } else { channel.as_str() };
        let (of, seq) = (conversation.as_bytes(), i64::try_from(*seq).unwrap_or(i64::MAX));
        let (id, at) = (id.as_bytes(), at.0);
        let values = params![of, seq, id, author, rep, text, at, &choices, &source, unanswered, &files, &card, channel];
        self.write(Scope::of("messages", of), sql, values)
    }

    fn note_unanswered(&mut self, conversation: ConversationId, seq: u64, key: &str) -> Result<(), StoreError> {
        let (of, seq) = (conversation.as_bytes(), i64::try_from(seq).unwrap_or(i64::MAX));
        let sql = "UPDATE messages SET unanswered = ?3 WHERE conversation = ?1 AND seq = ?2";
        self.write(Scope::of("messages", of), sql, params![of, seq, key])
    }

    fn append_chat_fact(&mut self, lead: LeadId, fact: &ChatFact) -> Result<(), StoreError> {
        let event = to_json(&fact.what)?;
        let source = source::word(fact.source);
        let sql = "INSERT INTO chat_facts (lead, id, at, received_at, source, event) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
        let (lead, id) = (lead.as_bytes(), fact.id.as_bytes());
        let values = params![lead, id, fact.at.0, fact.received_at.0, source, &event];
        self.write(Scope::of("chat_facts", lead), sql, values)
    }

    fn save_chat_summary(&mut self, chat: &ChatSummary) -> Result<(), StoreError> {
        let sql = "INSERT INTO chats (lead, status, is_spam, intent_type, active_at, folder, waiting_since, owner, \
                   is_queued, reject_reason, deal_at, replied_at, wrote_at, course) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT (lead) DO UPDATE SET \
                   status = excluded.status, is_spam = excluded.is_spam, intent_type = excluded.intent_type, \
                   active_at = excluded.active_at, folder = excluded.folder, waiting_since = excluded.waiting_since, \
                   owner = excluded.owner, is_queued = excluded.is_queued, reject_reason = excluded.reject_reason, \
                   deal_at = excluded.deal_at, replied_at = excluded.replied_at, wrote_at = excluded.wrote_at, \
                   course = excluded.course";
        let (kind, folder) = (number(chat.intent_type.index()), number(chat.folder.index()));
        let (lead, waiting_since) = (chat.lead.as_bytes(), chat.waiting_since.map(|since| since.0));
        let (is_spam, owner) = (i64::from(chat.is_spam), chat.owner.as_ref().map_or("", RepOwner::as_str));
        let (active_at, is_queued) = (chat.active_at.0, i64::from(chat.is_queued));
        let values = params![
            lead,
            chat.status.as_deref().unwrap_or_default(),
            is_spam,
            kind,
            active_at,
            folder,
            waiting_since,
            owner,
            is_queued,
            chat.reject_reason.as_str(),
            chat.deal_at.map(|at| at.0),
            chat.replied_at.map(|at| at.0),
            chat.wrote_at.map(|at| at.0),
            chat.course.as_slice(),
        ];
        self.write(Scope::of("chats", lead), sql, values)
    }

    fn merge_leads(&mut self, from: LeadId, into: LeadId) -> Result<(), StoreError> {
        for table in CATALOGUE {
            let (name, theirs) = (table.name, table.of_lead().unwrap_or_default());
            let moved = format!("UPDATE {name} SET lead = ?2 WHERE lead = ?1");
            let is_none = format!("NOT EXISTS (SELECT 1 FROM {name} WHERE lead = ?2)");
            let dropped = format!("DELETE FROM {name} WHERE {theirs}");
            match table.merge {
                Merge::Keep => {}
                Merge::Move => self.done(&moved, params![from.as_bytes(), into.as_bytes()])?,
                Merge::MoveIfNone => {
                    self.done(&format!("{moved} AND {is_none}"), params![from.as_bytes(), into.as_bytes()])?;
                    self.done(&dropped, params![from.as_bytes()])?;
                }
                Merge::Unite(column) => {
                    let has = format!("SELECT 1 FROM {name} o WHERE o.lead = ?2 AND o.{column} = {name}.{column}");
                    let united = format!("{moved} AND NOT EXISTS ({has})");
                    self.done(&united, params![from.as_bytes(), into.as_bytes()])?;
                    self.done(&dropped, params![from.as_bytes()])?;
                }
                Merge::Drop => self.done(&dropped, params![from.as_bytes()])?,
            }
        }
        let sql = "INSERT INTO merged_leads (former, lead) VALUES (?1, ?2)";
        self.done(sql, params![from.as_bytes(), into.as_bytes()])
    }
}

impl<C: Connection> ChatView for Db<C> {
    fn conversations_of_visitor(&self, site: SiteId, visitor: VisitorId) -> Result<Vec<Conversation>, StoreError> {
        let sql = format!("{CONVERSATION} WHERE site = ?1 AND visitor = ?2 ORDER BY opened_at, id");
        self.rows(&sql, params![site.0, visitor.as_bytes()], conversation)
    }

    fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        self.answer(&of_conversation(id), conversation)
    }

    fn chat_facts(&self, lead: LeadId) -> Result<Vec<ChatFact>, StoreError> {
        self.answers(&facts_of(lead), chat_fact)
    }

    fn chat_summary(&self, lead: LeadId) -> Result<Option<ChatSummary>, StoreError> {
        self.answer(&chat_of(lead), |row| Ok(ChatSummary { course: course(row, CHAT_WIDTH)?, ..chat(row)? }))
    }

    fn chats(&self, is_spam: bool, after: Option<Cursor>, limit: u32) -> Result<Vec<ChatSummary>, StoreError> {
        let sql = format!(
            "SELECT {CHAT_COLUMNS} FROM chats c WHERE is_spam = ?1 AND (active_at, lead) < (?2, ?3) \
             ORDER BY active_at DESC, lead DESC LIMIT ?4"
        );
        let after = after.unwrap_or(Cursor { at: Millis(i64::MAX), id: [0xff; 16] });
        self.rows(&sql, params![i64::from(is_spam), after.at.0, &after.id, limit], chat)
    }

    fn ended_chats(&self, since: Millis, after: Option<Cursor>, limit: u32) -> Result<Vec<ChatSummary>, StoreError> {
        let sql = format!(
            "SELECT {CHAT_COLUMNS} FROM chats c WHERE is_spam = 0 AND status IN (?1, ?2) AND active_at >= ?3 AND (active_at, lead) < (?4, ?5) \
             ORDER BY active_at DESC, lead DESC LIMIT ?6"
        );
        let after = after.unwrap_or(Cursor { at: Millis(i64::MAX), id: [0xff; 16] });
        let [qualified, rejected] = [ChatStatus::Qualified, ChatStatus::Rejected].map(ChatStatus::as_str);
        self.rows(&sql, params![qualified, rejected, since.0, after.at.0, &after.id, limit], chat)
    }

    fn workloads(&self, now: Millis) -> Result<BTreeMap<RepId, Workload>, StoreError> {
        // A chat is active at least as long as its last message is new.
        let sql = "SELECT c.owner, c.waiting_since, (SELECT MAX(m.at) FROM messages m JOIN conversations v \
                   ON v.id = m.conversation WHERE v.lead = c.lead) FROM chats c WHERE c.folder IN (?1, ?4) AND c.owner > '' \
                   AND c.owner <> ?2 AND (c.waiting_since IS NOT NULL OR c.active_at > ?3)";
        let [open, snoozed] = [Folder::Open, Folder::Snoozed].map(|folder| number(folder.index()));
        let mut loads: BTreeMap<RepId, Workload> = BTreeMap::new();
        let mut add = |row: &Row<'_>| -> Result<(), StoreError> {
            let Ok(rep) = RepId::parse(&row.get::<String>(0)?) else { return Ok(()) };
            let (waits, written_at) = (row.get::<Option<i64>>(1)?.is_some(), row.get::<Option<i64>>(2)?.map(Millis));
            let load = loads.entry(rep).or_default();
            load.waiting += u32::from(waits);
            load.written_at.extend(written_at.filter(|_| !waits));
            Ok(())
        };
        let since = Workload::since(now).0;
        self.0.each(sql, params![open, AI_AGENT, since, snoozed], &mut |row| {
            add(row).map(|()| ControlFlow::Continue(()))
        })?;
        Ok(loads)
    }

    fn queued_chats(&self) -> Result<Vec<QueuedChat>, StoreError> {
        let sql = "SELECT c.lead, c.waiting_since, l.bucket FROM chats c LEFT JOIN leads l ON l.id = c.lead \
                   WHERE c.is_queued = 1 AND c.folder = ?1 ORDER BY c.lead";
        self.rows(sql, params![number(Folder::Open.index())], |row| {
            let bucket = row.get::<Option<i64>>(2)?.and_then(|index| usize::try_from(index).ok());
            let bucket = bucket.and_then(|index| Bucket::ALL.get(index).copied());
            let (lead, waiting_since) = (LeadId::from_bytes(row.get(0)?), row.get::<Option<i64>>(1)?.map(Millis));
            Ok(QueuedChat { lead, waiting_since, bucket })
        })
    }

    fn open_chats_of(&self, rep: RepId) -> Result<Vec<LeadId>, StoreError> {
        let sql = "SELECT lead FROM chats WHERE folder IN (?1, ?3) AND owner = ?2 ORDER BY active_at DESC, lead";
        let [open, snoozed] = [Folder::Open, Folder::Snoozed].map(|folder| number(folder.index()));
        self.rows(sql, params![open, &rep.to_string(), snoozed], |row| row.get(0).map(LeadId::from_bytes))
    }

    fn count_chats_of(&self, rep: RepId) -> Result<ChatsOfRep, StoreError> {
        let sql = "SELECT COUNT(*), COUNT(waiting_since) FROM chats WHERE folder IN (?1, ?3) AND owner = ?2";
        let [open, snoozed] = [Folder::Open, Folder::Snoozed].map(|folder| number(folder.index()));
        let counted = self.one(sql, params![open, &rep.to_string(), snoozed], |row| {
            Ok(ChatsOfRep { open: row.get(0)?, waiting: row.get(1)? })
        })?;
        Ok(counted.unwrap_or_default())
    }

    fn conversations_of_lead(&self, lead: LeadId) -> Result<Vec<Conversation>, StoreError> {
        self.read_rows(&conversations_of(lead), conversation)
    }

    fn messages_after(&self, conversation: ConversationId, after: u64) -> Result<Vec<Message>, StoreError> {
        if after == 0 {
            return self.answers(&messages_of(conversation), message);
        }
        let sql = format!("{MESSAGE} WHERE conversation = ?1 AND seq > ?2 ORDER BY seq");
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        self.rows(&sql, params![conversation.as_bytes(), after], message)
    }

    fn message_with_card(&self, id: MessageId) -> Result<Option<Message>, StoreError> {
        // The index `messages_with_card` has exactly these messages.
        let sql = format!("{MESSAGE} WHERE id = ?1 AND card <> ''");
        self.one(&sql, params![id.as_bytes()], message)
    }

    fn last_message(&self, conversation: ConversationId) -> Result<Option<Message>, StoreError> {
        self.read_row(&last_message_of(conversation), message)
    }
}

pub(crate) fn of_conversation(id: ConversationId) -> Query {
    Query::of("conversations", id.as_bytes(), format!("{CONVERSATION} WHERE id = ?1"))
}

/// The conversations of a lead, newest first.
pub(super) fn conversations_of(lead: LeadId) -> Query {
    let sql = format!("{CONVERSATION} WHERE lead = ?1 {CONVERSATION_NEWEST_FIRST}");
    Query::of("conversations", lead.as_bytes(), sql)
}

pub(super) fn last_message_of(id: ConversationId) -> Query {
    let sql = format!("{MESSAGE} WHERE conversation = ?1 ORDER BY seq DESC LIMIT 1");
    Query::of("messages", id.as_bytes(), sql)
}

/// All its messages, in order.
pub(crate) fn messages_of(id: ConversationId) -> Query {
    Query::of("messages", id.as_bytes(), format!("{MESSAGE} WHERE conversation = ?1 ORDER BY seq"))
}

/// The facts of a lead's chat, in order of delivery.
pub(crate) fn facts_of(lead: LeadId) -> Query {
    let sql = "SELECT id, at, received_at, source, event FROM chat_facts WHERE lead = ?1 ORDER BY delivery";
    Query::of("chat_facts", lead.as_bytes(), sql)
}

/// The query for a lead's chat in lists, and what reports need of it.
pub(crate) fn chat_of(lead: LeadId) -> Query {
    Query::of("chats", lead.as_bytes(), format!("SELECT {CHAT_COLUMNS}, c.course FROM chats c WHERE lead = ?1"))
}

pub(crate) fn conversation(row: &Row<'_>) -> Result<Conversation, StoreError> {
    Ok(Conversation {
        id: ConversationId::from_bytes(row.get(0)?),
        lead: LeadId::from_bytes(row.get(1)?),
        site: SiteId(row.get(2)?),
        visitor: VisitorId::from_bytes(row.get(3)?),
        session: SessionId::from_bytes(row.get(4)?),
        link: row.get(5)?,
        opened_at: millis(row, 6)?,
        secret: row.get::<Option<[u8; 32]>>(7)?.map(SecretHash),
        language: column(row, 8, |word: String| Language::parse(&word))?,
        utm: utm(row, 9)?,
        identified: Email::parse(&row.get::<String>(10)?).ok(),
        time_zone: row.get(11)?,
    })
}

/// A campaign as it is stored.
pub(super) fn utm_text(utm: &Utm) -> Result<String, StoreError> {
    if utm.is_empty() { Ok(String::new()) } else { to_json(utm) }
}

/// The campaign in a column.
pub(super) fn utm(row: &Row<'_>, at: usize) -> Result<Utm, StoreError> {
    column(
        row,
        at,
        |text: String| if text.is_empty() { Some(Utm::default()) } else { serde_json::from_str(&text).ok() },
    )
}

pub(super) fn chat(row: &Row<'_>) -> Result<ChatSummary, StoreError> {
    Ok(ChatSummary {
        lead: LeadId::from_bytes(row.get(0)?),
        status: Some(row.get::<String>(1)?).filter(|status| !status.is_empty()),
        is_spam: row.get::<i64>(2)? != 0,
        intent_type: column(row, 3, |at: i64| {
            usize::try_from(at).ok().and_then(|at| IntentType::ALL.get(at).copied())
        })?,
        active_at: millis(row, 4)?,
        folder: column(row, 5, |at: i64| usize::try_from(at).ok().and_then(|at| Folder::ALL.get(at).copied()))?,
        waiting_since: row.get::<Option<i64>>(6)?.map(Millis),
        owner: row.get::<Option<String>>(7)?.and_then(|owner| match owner.as_str() {
            "" => None,
            AI_AGENT => Some(RepOwner::AiAgent),
            _ => Some(RepOwner::Rep(owner)),
        }),
        is_queued: row.get::<i64>(8)? != 0,
        reject_reason: row.get::<Option<String>>(9)?.unwrap_or_default(),
        deal_at: row.get::<Option<i64>>(10)?.map(Millis),
        replied_at: row.get::<Option<i64>>(11)?.map(Millis),
        wrote_at: row.get::<Option<i64>>(12)?.map(Millis),
        course: Vec::new(),
    })
}

/// What reports need of a chat or a way to a meeting; empty for one that an earlier version stored.
pub(super) fn course(row: &Row<'_>, at: usize) -> Result<Vec<u8>, StoreError> {
    Ok(row.get::<Option<Vec<u8>>>(at)?.unwrap_or_default())
}

fn chat_fact(row: &Row<'_>) -> Result<ChatFact, StoreError> {
    Ok(Fact {
        id: SignalId::from_bytes(row.get(0)?),
        at: millis(row, 1)?,
        received_at: millis(row, 2)?,
        source: column(row, 3, |word: String| source::parse(&word))?,
        what: json(row, 4)?,
    })
}

/// The stored words for the source of a fact.
pub(super) mod source {
    use knock_status::Source;

    pub(crate) const fn word(source: Source) -> &'static str {
        match source {
            Source::Client => "client",
            Source::Server => "server",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Source> {
        match word {
            "client" => Some(Source::Client),
            "server" => Some(Source::Server),
            _ => None,
        }
    }
}
