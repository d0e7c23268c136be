//! Finding persons for a list: filtered, sorted, page by page.

mod narrowing;
mod relation;

use super::record::{LEAD, lead};
use super::row::{column, json};
use super::table::{AT_ONCE, Conditions, Place, Ranking};
use super::{Connection, Db, Row, Value};
use knock_model::IntentType;
use knock_ports::{KeyKind, LeadCandidate, LeadCursor, LeadPage, LeadQuery, LeadSort, SortKey, StoreError};
use knock_routing::LeadFields;
use std::ops::ControlFlow;

/// Sorted behind every other text.
const LAST: &str = "\u{10ffff}";
/// The first column behind those of the person.
const OWN: usize = 15;

/// A page as far as it is found.
struct Found<'q> {
    query: &'q LeadQuery,
    page: LeadPage,
    /// Persons that were looked at, and the number of them in one page.
    tried: u32,
    scanned: u32,
}

impl Found<'_> {
    /// Takes a person with their sort key, in the order of the list.
    fn take(&mut self, candidate: LeadCandidate, key: SortKey, is_wanted: bool) -> ControlFlow<()> {
        self.tried += 1;
        let place = LeadCursor { key, last_seen_at: candidate.lead.last_seen_at, id: candidate.lead.id };
        let limit = usize::try_from(self.query.limit).unwrap_or(usize::MAX);
        if is_wanted {
            self.page.leads.push(candidate.lead);
        }
        if self.page.leads.len() >= limit || self.tried == self.scanned {
            self.page.next = Some(place);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

impl<C: Connection> Db<C> {
    pub(super) fn searched(
        &self,
        query: &LeadQuery,
        is_wanted: &mut dyn FnMut(&LeadCandidate) -> bool,
    ) -> Result<LeadPage, StoreError> {
        let is_tried = query.filter.condition.is_some();
        let scanned = if is_tried { LeadQuery::SCANNED } else { query.limit };
        let mut found = Found { query, page: LeadPage::default(), tried: 0, scanned };
        let mut take = |candidate: LeadCandidate, key| {
            let is_wanted = !is_tried || is_wanted(&candidate);
            found.take(candidate, key, is_wanted)
        };
        if query.sort == LeadSort::Score {
            self.each_ranked(query, scanned, &mut take)?;
        } else {
            let (sql, params) = Self::search_statement(query, scanned);
            self.0.each(&sql, &params, &mut |row| Ok(take(candidate(row, query)?, key(row, query.sort)?)))?;
        }
        Ok(found.page)
    }

    /// The persons of a query by their scores.
    fn each_ranked(
        &self,
        query: &LeadQuery,
        scanned: u32,
        take: &mut dyn FnMut(LeadCandidate, SortKey) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut wanted = Conditions::new(IS_SHOWN);
        Self::narrow(&mut wanted, query);
        let ranking = Ranking::new(query.after.as_ref().map(place), query.now, query.is_descending, scanned);
        for some in self.ranked("leads", &wanted, &ranking)?.chunks(AT_ONCE) {
            let mut of = Conditions::new("");
            let ids = of.ids(some.iter().map(|row| &row.id));
            let sql = format!("{} FROM leads WHERE id IN ({ids})", columns::<C>(query, "0"));
            let mut read = self.rows(&sql, &of.params, |row| candidate(row, query))?;
            for row in some {
                let Some(at) = read.iter().position(|read| *read.lead.id.as_bytes() == row.id) else { continue };
                if take(read.swap_remove(at), SortKey::Score(row.key)).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn search_statement(query: &LeadQuery, scanned: u32) -> (String, Vec<Value<'static>>) {
        let key = Self::sort_key(query);
        let is_usual = query.sort == LeadSort::LastSeen && query.is_descending;
        let mut wanted = Conditions::new(IS_SHOWN);
        Self::narrow(&mut wanted, query);
        if let Some(after) = &query.after {
            wanted.go_on(Some(key.as_str()).filter(|_| !is_usual), &place(after), query.is_descending);
        }
        let limit = wanted.given(i64::from(scanned));
        let Conditions { sql: wanted, params } = wanted;
        let direction = if query.is_descending { "DESC" } else { "ASC" };
        // The usual order is that of an index.
        let order = if is_usual { String::new() } else { format!("{key} {direction}, ") };
        let found = format!("{wanted} ORDER BY {order}last_seen_at DESC, id DESC LIMIT {limit}");
        // Where an index has all that is looked at, no row is read but those that are found.
        let found = if is_usual && is_indexed(query) {
            format!("id IN (SELECT id FROM leads WHERE {found}) ORDER BY last_seen_at DESC, id DESC")
        } else {
            found
        };
        let sql = format!("{} FROM leads WHERE {found}", columns::<C>(query, &key));
        (sql, params)
    }

    /// The sort key of a list. Missing texts are last.
    fn sort_key(query: &LeadQuery) -> String {
        let touch = |name: &str| (C::DIALECT.json_text)("NULLIF(first_touch, '')", &[name]);
        let text = match query.sort {
            // A list by score is ranked instead.
            LeadSort::LastSeen | LeadSort::Score => return "last_seen_at".to_owned(),
            LeadSort::FirstSeen => return "first_seen_at".to_owned(),
            LeadSort::Signals => return "signals".to_owned(),
            LeadSort::Deal => return instant_key("deal_at", query),
            LeadSort::LastReply => return instant_key("replied_at", query),
            LeadSort::LastMessage => return instant_key("wrote_at", query),
            LeadSort::ChatStatus => of_chat("status"),
            LeadSort::RejectReason => of_chat("reject_reason"),
            LeadSort::MeetingStatus => MEETING_STATUS.to_owned(),
            LeadSort::Type => type_word(),
            LeadSort::Contact => "COALESCE(NULLIF(name, ''), email)".to_owned(),
            LeadSort::Name => "name".to_owned(),
            LeadSort::Account => DOMAIN.to_owned(),
            LeadSort::Channel => touch("channel"),
            LeadSort::Source => touch("source"),
            LeadSort::Campaign => touch("utm_campaign"),
            LeadSort::LandingPage => touch("landing_page"),
        };
        let missing = if query.is_descending { "" } else { LAST };
        let bytes = C::DIALECT.by_bytes;
        format!("COALESCE(NULLIF(lower(({text}){bytes}), ''), '{missing}'){bytes}")
    }
}

/// Whether a query in the usual order looks at nothing but address, name, spam mark, score, and rows of other tables.
const fn is_indexed(query: &LeadQuery) -> bool {
    query.filter.ids.is_none() && query.filter.condition.is_none()
}

/// The columns of a candidate, with the sort key.
fn columns<C: Connection>(query: &LeadQuery, key: &str) -> String {
    let columns = LEAD.strip_suffix(" FROM leads").unwrap_or(LEAD);
    // What they were routed by, and what providers said, is read where a condition may ask for it.
    let routed = match query.filter.condition {
        Some(_) => {
            "(SELECT d.fields FROM decisions d WHERE d.lead = leads.id ORDER BY d.at DESC, d.id DESC LIMIT 1), \
                    (SELECT d.link FROM decisions d WHERE d.lead = leads.id ORDER BY d.at DESC, d.id DESC LIMIT 1), \
                    (SELECT e.fields FROM company_enrichments e WHERE e.account = leads.account), \
                    (SELECT e.fields FROM person_enrichments e WHERE e.lead = leads.id)"
        }
        None => "NULL, NULL, NULL, NULL",
    };
    let relation = relation::columns::<C>(query);
    format!("{columns}, {key}, COALESCE({DOMAIN}, ''), {TYPE}, {routed}{relation}")
}

/// Who is in lists.
const IS_SHOWN: &str = "is_spam = 0";
/// The domain of a person's company.
const DOMAIN: &str = "(SELECT a.domain FROM accounts a WHERE a.id = leads.account)";
/// The number of a person's intent type; none before they chat.
const TYPE: &str = "(SELECT t.intent_type FROM chats t WHERE t.lead = leads.id)";

/// `Meeting Status` of a person; none before they came by a meeting link.
const MEETING_STATUS: &str = "(SELECT m.status FROM meeting_leads m WHERE m.lead = leads.id)";

/// A column of a person's chat; none without a chat.
fn of_chat(column: &str) -> String {
    format!("(SELECT t.{column} FROM chats t WHERE t.lead = leads.id)")
}

/// The sort key by an instant of a chat. Missing ones are last.
fn instant_key(column: &str, query: &LeadQuery) -> String {
    let missing = if query.is_descending { -1 } else { i64::MAX };
    format!("COALESCE({}, {missing})", of_chat(column))
}

/// The word of a person's intent type; none where it is `Unknown`.
fn type_word() -> String {
    let words = IntentType::ALL.iter().filter(|kind| **kind != IntentType::Unknown);
    let words: Vec<_> = words.map(|kind| format!("WHEN {} THEN '{}'", kind.index(), kind.as_str())).collect();
    format!("CASE {TYPE} {} END", words.join(" "))
}

fn candidate(row: &Row<'_>, query: &LeadQuery) -> Result<LeadCandidate, StoreError> {
    let read = |at: usize| -> Result<Option<LeadFields>, StoreError> {
        let is_there = row.value(at)? != Value::Null;
        is_there.then(|| json(row, at)).transpose()
    };
    let fields = read(OWN + 3)?;
    let link = row.get::<Option<String>>(OWN + 4)?.unwrap_or_default();
    Ok(LeadCandidate {
        lead: lead(row)?,
        domain: row.get(OWN + 1)?,
        intent_type: column(row, OWN + 2, |kind: Option<i64>| match kind {
            None => Some(IntentType::Unknown),
            Some(kind) => IntentType::ALL.get(usize::try_from(kind).ok()?).copied(),
        })?,
        routed_by: fields.map(|fields| (fields, link)),
        enriched: [read(OWN + 5)?, read(OWN + 6)?],
        relation: relation::relation(row, query, OWN + 7)?,
    })
}

fn key(row: &Row<'_>, sort: LeadSort) -> Result<SortKey, StoreError> {
    match sort.kind() {
        KeyKind::Text => row.get(OWN).map(SortKey::Text),
        KeyKind::Number | KeyKind::Score => row.get(OWN).map(SortKey::Number),
    }
}

const fn place(after: &LeadCursor) -> Place<'_> {
    Place { key: &after.key, last_seen_at: after.last_seen_at, id: after.id.as_bytes() }
}
