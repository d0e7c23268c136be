//! The views of the inbox, in two parts: first the chats that wait, then the others. Each part is a range of an index.

use super::chat::{CHAT_COLUMNS, CHAT_WIDTH, chat};
use super::inbox_filter::narrowed;
use super::row::column;
use super::search::{found_texts, has_all, label_end, patterns};
use super::{Connection, Db, Row, Value, params};
use knock_model::search::Search;
use knock_model::{AI_AGENT, Bucket, LeadId, Millis, RepId};
use knock_ports::{Cursor, FoundText, InboxCounts, InboxLists, InboxPage, InboxQuery, OnSiteView, StoreError};
use knock_status::chat::{ChatStatus, Folder, InboxOrder, InboxView, Urgency};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::LazyLock;

/// The owner of no chat, for who is no member.
const NO_MEMBER: &str = "-";

/// All chats that are in a view besides Spam.
static NO_SPAM: LazyLock<String> = LazyLock::new(|| format!("c.folder <> {}", Folder::Spam.index()));

/// A part of a view.
#[derive(Clone, Copy)]
enum Part {
    Waiting,
    Others,
    /// Both together.
    Whole,
}

/// A page as far as it was found.
struct Found<'q> {
    query: &'q InboxQuery,
    page: InboxPage,
    /// The leads who are on a site, where the query is for those.
    on_site: Option<HashSet<LeadId>>,
    /// Chats that were looked at.
    scanned: u32,
    /// Whether the page ends here, and the next one goes on.
    is_full: bool,
}

impl<C: Connection> InboxLists for Db<C> {
    fn inbox(&self, query: &InboxQuery) -> Result<InboxPage, StoreError> {
        let on_site = query.filter.on_site_at.map(|now| self.leads_on_site(now)).transpose()?;
        let on_site = on_site.map(|all| all.into_iter().map(|visit| visit.lead).collect());
        let mut found = Found { query, page: InboxPage::default(), on_site, scanned: 0, is_full: false };
        let after = query.after.unwrap_or(Cursor { at: Urgency::FIRST.0, id: [0; 16] });
        let active_at = Urgency(after.at).active_at();
        let is_whole = query.order == InboxOrder::Active;
        if has_open_chats(query) && active_at.is_none() && !is_whole {
            self.find(Part::Waiting, after, &mut found)?;
        }
        if (has_others(query) || is_whole) && !found.is_full {
            let first = Cursor { at: Millis(i64::MAX), id: [0; 16] };
            let after = active_at.map_or(first, |at| Cursor { at, ..after });
            self.find(if is_whole { Part::Whole } else { Part::Others }, after, &mut found)?;
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

    fn found_texts(&self, leads: &[LeadId], search: &Search) -> Result<Vec<FoundText>, StoreError> {
        found_texts(self, leads, search)
    }

    fn foresee_lines(&self, leads: &[LeadId], reader: Option<RepId>, now: Millis) -> Result<(), StoreError> {
        self.fetch_lines(leads, reader, now)
    }

    fn outdated_chats(&self, limit: u32) -> Result<Vec<LeadId>, StoreError> {
        // Each part is a partial index, which is empty but after an upgrade.
        let sql = "SELECT lead FROM chats WHERE owner IS NULL UNION ALL \
                   SELECT lead FROM chats WHERE reject_reason IS NULL AND owner IS NOT NULL UNION ALL \
                   SELECT lead FROM chats WHERE course IS NULL AND reject_reason IS NOT NULL AND owner IS NOT NULL \
                   LIMIT ?1";
        self.rows(sql, params![limit], |row| row.get(0).map(LeadId::from_bytes))
    }
}

impl<C: Connection> Db<C> {
    /// Adds the chats of a part after a place in it, as far as the page has room.
    fn find(&self, part: Part, after: Cursor, found: &mut Found<'_>) -> Result<(), StoreError> {
        let Found { query, scanned, .. } = *found;
        let limit = if found.is_narrowed() { InboxQuery::SCANNED - scanned } else { found.room() };
        let mut params: Vec<Value<'_>> = params![after.at.0, after.id.to_vec(), limit].to_vec();
        let mut given = |value: Value<'static>| {
            params.push(value);
            format!("?{}", params.len())
        };
        let owner = if query.view == InboxView::Mine { given(owner_of(query.member).into()) } else { String::new() };
        let words: Vec<String> = patterns(&query.search).into_iter().map(|word| given(word.into())).collect();
        let label = label_end(&query.search).map(|end| given(end.to_vec().into()));
        let is_mentions = query.view == InboxView::Mentions;
        let member = if is_mentions { given(id_of(query.member).to_vec().into()) } else { String::new() };
        let is_found = has_all(&words, label.as_deref());
        let is_found = narrowed(&query.filter, &mut given, is_found);
        let view = if query.is_everywhere { NO_SPAM.clone() } else { of_view(query.view, (&owner, &member)) };
        let sql = match part {
            Part::Waiting => {
                let key = waited_since(query.order);
                format!(
                    "SELECT {CHAT_COLUMNS}, l.bucket, {is_found} FROM chats c LEFT JOIN leads l ON l.id = c.lead \
                     WHERE c.waiting_since IS NOT NULL AND {view} AND c.waiting_since >= ?1 \
                     AND ({key}, c.lead) > (?1, ?2) ORDER BY {key}, c.lead LIMIT ?3"
                )
            }
            // Their place is the same whatever the score.
            Part::Others | Part::Whole => {
                let rest = if matches!(part, Part::Others) { "AND c.waiting_since IS NULL" } else { "" };
                let place = "c.active_at <= ?1 AND (c.active_at < ?1 OR c.lead > ?2)";
                let order = "ORDER BY c.active_at DESC, c.lead";
                let chats = format!("chats c WHERE {view} {rest} AND {place} {order} LIMIT ?3");
                // No index is of all views: what is not looked at is sorted out before anything is searched.
                let chats = if query.is_everywhere { format!("(SELECT * FROM {chats}) c {order}") } else { chats };
                format!("SELECT {CHAT_COLUMNS}, CAST(NULL AS BIGINT), {is_found} FROM {chats}")
            }
        };
        self.0.each(&sql, &params, &mut |row| found.take(row))
    }
}

impl Found<'_> {
    fn room(&self) -> u32 {
        self.query.limit.saturating_sub(u32::try_from(self.page.chats.len()).unwrap_or(u32::MAX))
    }

    /// Whether chats that are looked at can be left out.
    fn is_narrowed(&self) -> bool {
        !self.query.search.is_empty() || !self.query.filter.is_empty()
    }

    fn take(&mut self, row: &Row<'_>) -> Result<ControlFlow<()>, StoreError> {
        let chat = chat(row)?;
        let score = column(row, CHAT_WIDTH, |index: Option<i64>| match index {
            None => Some(None),
            Some(index) => Bucket::ALL.get(usize::try_from(index).ok()?).copied().map(Some),
        })?;
        let urgency = self.query.order.place(chat.waiting_since, score, chat.active_at);
        self.page.next = Some(Cursor { at: urgency.0, id: *chat.lead.as_bytes() });
        self.scanned += 1;
        let is_there = self.on_site.as_ref().is_none_or(|leads| leads.contains(&chat.lead));
        if is_there && row.get::<Option<i64>>(CHAT_WIDTH + 1)?.is_some() {
            self.page.chats.push(chat);
        }
        self.is_full = self.room() == 0 || (self.is_narrowed() && self.scanned >= InboxQuery::SCANNED);
        Ok(if self.is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

/// Whether chats of a query may wait.
fn has_open_chats(query: &InboxQuery) -> bool {
    query.is_everywhere || query.view.folder() == Folder::Open
}

/// Whether chats of a query may not wait.
fn has_others(query: &InboxQuery) -> bool {
    query.is_everywhere || query.view != InboxView::Waiting
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
        // An index has the same condition.
        InboxView::FollowUp => format!("{folder} AND c.status = '{}'", ChatStatus::FollowUpNeeded.as_str()),
        InboxView::Open
        | InboxView::Snoozed
        | InboxView::Done
        | InboxView::Closed
        | InboxView::Rejected
        | InboxView::Spam => folder,
    }
}

/// [`InboxOrder::place`] of a chat that waits.
fn waited_since(order: InboxOrder) -> String {
    if order != InboxOrder::Urgent {
        return "c.waiting_since".to_owned();
    }
    let start = |score: &Bucket| format!("WHEN {} THEN {}", score.index(), Urgency::head_start(*score).0);
    let starts: Vec<String> = Bucket::ALL.iter().map(start).collect();
    format!("c.waiting_since - CASE l.bucket {} ELSE 0 END", starts.join(" "))
}
