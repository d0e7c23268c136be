//! The views of the inbox, in two parts: first the chats that wait, then the others. Each part is a range of an index.

use super::chat::{CHAT_COLUMNS, CHAT_WIDTH, chat};
use super::record::holding;
use super::row::column;
use super::{Connection, Db, Row, Value, params};
use knock_model::{AI_AGENT, Bucket, LeadId, Millis, RepId};
use knock_ports::{Cursor, InboxCounts, InboxLists, InboxPage, InboxQuery, StoreError};
use knock_status::chat::{Folder, InboxView, Urgency};
use std::ops::ControlFlow;

/// The owner of no chat, for who is no member.
const NO_MEMBER: &str = "-";

/// A part of a view.
#[derive(Clone, Copy)]
enum Part {
    Waiting,
    Others,
}

/// A page as far as it was found.
struct Found<'q> {
    query: &'q InboxQuery,
    page: InboxPage,
    /// Chats that were looked at.
    scanned: u32,
    /// Whether the page ends here, and the next one goes on.
    is_full: bool,
}

impl<C: Connection> InboxLists for Db<C> {
    fn inbox(&self, query: &InboxQuery) -> Result<InboxPage, StoreError> {
        let mut found = Found { query, page: InboxPage::default(), scanned: 0, is_full: false };
        let after = query.after.unwrap_or(Cursor { at: Urgency::FIRST.0, id: [0; 16] });
        let active_at = Urgency(after.at).active_at();
        if query.view.folder() == Folder::Open && active_at.is_none() {
            self.find(Part::Waiting, after, &mut found)?;
        }
        if query.view != InboxView::Waiting && !found.is_full {
            let first = Cursor { at: Millis(i64::MAX), id: [0; 16] };
            let after = active_at.map_or(first, |at| Cursor { at, ..after });
            self.find(Part::Others, after, &mut found)?;
        }
        let Found { mut page, is_full, .. } = found;
        page.next = page.next.filter(|_| is_full);
        Ok(page)
    }

    fn inbox_counts(&self, member: Option<RepId>) -> Result<InboxCounts, StoreError> {
        let count = |view: &InboxView| {
            let of_view = of_view(*view, ("?1", "?2"));
            let chats = format!("SELECT 1 FROM chats c WHERE {of_view} LIMIT {}", InboxCounts::MOST);
            format!("(SELECT COUNT(*) FROM ({chats}) counted)")
        };
        let counts: Vec<String> = InboxView::ALL.iter().map(count).collect();
        let sql = format!("SELECT {}", counts.join(", "));
        let counted = self.one(&sql, params![&owner_of(member), &id_of(member)], |row| {
            let mut counts = InboxCounts::default();
            for (at, count) in counts.0.iter_mut().enumerate() {
                *count = row.get(at)?;
            }
            Ok(counts)
        })?;
        Ok(counted.unwrap_or_default())
    }

    fn foresee_lines(&self, leads: &[LeadId], reader: Option<RepId>) -> Result<(), StoreError> {
        self.fetch_lines(leads, reader)
    }

    fn chats_without_owner(&self, limit: u32) -> Result<Vec<LeadId>, StoreError> {
        let sql = "SELECT lead FROM chats WHERE owner IS NULL LIMIT ?1";
        self.rows(sql, params![limit], |row| row.get(0).map(LeadId::from_bytes))
    }
}

impl<C: Connection> Db<C> {
    /// Adds the chats of a part after a place in it, as far as the page has room.
    fn find(&self, part: Part, after: Cursor, found: &mut Found<'_>) -> Result<(), StoreError> {
        let Found { query, scanned, .. } = *found;
        let is_search = !query.search.is_empty();
        let limit = if is_search { InboxQuery::SCANNED - scanned } else { found.room() };
        let mut params: Vec<Value<'_>> = params![after.at.0, after.id.to_vec(), limit].to_vec();
        let mut given = |value: Value<'static>| {
            params.push(value);
            format!("?{}", params.len())
        };
        let owner = if query.view == InboxView::Mine { given(owner_of(query.member).into()) } else { String::new() };
        let is_mentions = query.view == InboxView::Mentions;
        let member = if is_mentions { given(id_of(query.member).to_vec().into()) } else { String::new() };
        let is_found = if is_search { fits::<C>(&given(holding(&query.search).into())) } else { "1".to_owned() };
        let view = of_view(query.view, (&owner, &member));
        let sql = match part {
            Part::Waiting => {
                let key = waited_since();
                format!(
                    "SELECT {CHAT_COLUMNS}, l.bucket, {is_found} FROM chats c LEFT JOIN leads l ON l.id = c.lead \
                     WHERE c.waiting_since IS NOT NULL AND {view} AND c.waiting_since >= ?1 \
                     AND ({key}, c.lead) > (?1, ?2) ORDER BY {key}, c.lead LIMIT ?3"
                )
            }
            // Their place is the same whatever the score.
            Part::Others => format!(
                "SELECT {CHAT_COLUMNS}, CAST(NULL AS BIGINT), {is_found} FROM chats c WHERE {view} \
                 AND c.waiting_since IS NULL AND c.active_at <= ?1 AND (c.active_at < ?1 OR c.lead > ?2) \
                 ORDER BY c.active_at DESC, c.lead LIMIT ?3"
            ),
        };
        self.0.each(&sql, &params, &mut |row| found.take(row, is_search))
    }
}

impl Found<'_> {
    fn room(&self) -> u32 {
        self.query.limit.saturating_sub(u32::try_from(self.page.chats.len()).unwrap_or(u32::MAX))
    }

    fn take(&mut self, row: &Row<'_>, is_search: bool) -> Result<ControlFlow<()>, StoreError> {
        let chat = chat(row)?;
        let score = column(row, CHAT_WIDTH, |index: Option<i64>| match index {
            None => Some(None),
            Some(index) => Bucket::ALL.get(usize::try_from(index).ok()?).copied().map(Some),
        })?;
        let urgency = Urgency::of(chat.waiting_since, score, chat.active_at);
        self.page.next = Some(Cursor { at: urgency.0, id: *chat.lead.as_bytes() });
        self.scanned += 1;
        if row.get::<Option<i64>>(CHAT_WIDTH + 1)?.is_some() {
            self.page.chats.push(chat);
        }
        self.is_full = self.room() == 0 || (is_search && self.scanned >= InboxQuery::SCANNED);
        Ok(if self.is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

/// The condition on the owner of a chat for a member.
fn owner_of(member: Option<RepId>) -> String {
    member.map_or_else(|| NO_MEMBER.to_owned(), |member| member.to_string())
}

/// The id of a member, and one of no member.
fn id_of(member: Option<RepId>) -> [u8; 16] {
    member.map_or([0; 16], |member| *member.as_bytes())
}

/// The chats of a view; `owner` and `member` name the parameters that say who asks, as a text and as an id.
fn of_view(view: InboxView, (owner, member): (&str, &str)) -> String {
    let folder = format!("c.folder = {}", view.folder().index());
    match view {
        InboxView::Mine => format!("{folder} AND c.owner = {owner}"),
        InboxView::Mentions => format!(
            "c.folder <> {} AND c.lead IN (SELECT v.lead FROM mentions m JOIN conversations v ON v.id = m.conversation \
             WHERE m.member = {member} AND m.is_seen = 0)",
            Folder::Spam.index()
        ),
        InboxView::Unassigned => format!("{folder} AND c.owner IN ('', '{AI_AGENT}')"),
        // None but open ones wait.
        InboxView::Waiting => "c.waiting_since IS NOT NULL".to_owned(),
        InboxView::Open
        | InboxView::Snoozed
        | InboxView::Done
        | InboxView::Closed
        | InboxView::Rejected
        | InboxView::Spam => folder,
    }
}

/// [`Urgency`] of a chat that waits.
fn waited_since() -> String {
    let start = |score: &Bucket| format!("WHEN {} THEN {}", score.index(), Urgency::head_start(*score).0);
    let starts: Vec<String> = Bucket::ALL.iter().map(start).collect();
    format!("c.waiting_since - CASE l.bucket {} ELSE 0 END", starts.join(" "))
}

/// Whether the lead or what was written has a text in it: 1 or null. Asked of each chat by itself: PostgreSQL would look
/// through all messages where it may.
fn fits<C: Connection>(pattern: &str) -> String {
    let like = |column: &str| format!("{column} {} {pattern} ESCAPE '\\'", C::DIALECT.like);
    let (email, name, text) = (like("s.email"), like("s.name"), like("m.text"));
    format!(
        "COALESCE((SELECT 1 FROM leads s WHERE s.id = c.lead AND ({email} OR {name}) LIMIT 1), \
         (SELECT 1 FROM conversations v JOIN messages m ON m.conversation = v.id WHERE v.lead = c.lead AND {text} LIMIT 1))"
    )
}
