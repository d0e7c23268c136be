//! Finding persons for a list: filtered, sorted, page by page.

mod narrowing;

use super::record::{LEAD, lead};
use super::row::{column, json};
use super::{Connection, Db, Row, Value};
use knock_model::IntentType;
use knock_ports::{LeadCandidate, LeadCursor, LeadFilter, LeadPage, LeadQuery, LeadSort, SortKey, StoreError};
use knock_routing::LeadFields;
use std::ops::ControlFlow;

/// Sorted behind every other text.
const LAST: &str = "\u{10ffff}";
/// The first column behind those of the person.
const OWN: usize = 15;

/// The conditions of a statement and what their parameters are.
struct Conditions {
    sql: String,
    params: Vec<Value<'static>>,
}

impl Conditions {
    /// The name of a new parameter.
    fn given(&mut self, value: impl Into<Value<'static>>) -> String {
        self.params.push(value.into());
        format!("?{}", self.params.len())
    }

    fn and(&mut self, condition: &str) {
        self.sql += " AND (";
        self.sql += condition;
        self.sql += ")";
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
        let mut found = LeadPage::default();
        let mut tried = 0;
        let (sql, params) = Self::search_statement(query, scanned);
        self.0.each(&sql, &params, &mut |row| {
            let candidate = candidate(row)?;
            tried += 1;
            let is_last = tried == scanned;
            let place =
                |lead| -> Result<_, StoreError> { Ok(LeadCursor { key: key(row, query.sort)?, ..place(lead) }) };
            if is_last {
                found.next = Some(place(&candidate.lead)?);
            }
            if !is_tried || is_wanted(&candidate) {
                if found.leads.len() + 1 >= usize::try_from(query.limit).unwrap_or(usize::MAX) {
                    found.next = Some(place(&candidate.lead)?);
                    found.leads.push(candidate.lead);
                    return Ok(ControlFlow::Break(()));
                }
                found.leads.push(candidate.lead);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    fn search_statement(query: &LeadQuery, scanned: u32) -> (String, Vec<Value<'static>>) {
        let key = Self::sort_key(query);
        let mut wanted = Conditions { sql: "is_spam = 0".to_owned(), params: Vec::new() };
        Self::narrow(&mut wanted, query);
        if let Some(after) = &query.after {
            wanted.go_on(after, &key, query);
        }
        let limit = wanted.given(i64::from(scanned));
        let Conditions { sql: wanted, params } = wanted;
        let order = if query.is_descending { "DESC" } else { "ASC" };
        // The usual order is that of an index.
        let order = match query.sort {
            LeadSort::LastSeen if query.is_descending => String::new(),
            _ => format!("{key} {order}, "),
        };
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
        let found = format!("{wanted} ORDER BY {order}last_seen_at DESC, id DESC LIMIT {limit}");
        // Where an index has all that is looked at, no row is read but those that are found.
        let found = if is_indexed(query) {
            format!("id IN (SELECT id FROM leads WHERE {found}) ORDER BY last_seen_at DESC, id DESC")
        } else {
            found
        };
        let sql = format!("{columns}, {key}, COALESCE({DOMAIN}, ''), {TYPE}, {routed} FROM leads WHERE {found}");
        (sql, params)
    }

    /// The sort key of a list. Missing texts are last.
    fn sort_key(query: &LeadQuery) -> String {
        let touch = |name: &str| (C::DIALECT.json_text)("NULLIF(first_touch, '')", &[name]);
        let text = match query.sort {
            LeadSort::LastSeen => return "last_seen_at".to_owned(),
            LeadSort::FirstSeen => return "first_seen_at".to_owned(),
            LeadSort::Score => return "COALESCE(bucket, -1)".to_owned(),
            LeadSort::Signals => return "signals".to_owned(),
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

/// Whether a query looks at nothing but address, name, spam mark, score and type, in the usual order.
fn is_indexed(query: &LeadQuery) -> bool {
    let LeadFilter { search: _, is_named: _, bucket: _, intent_type: _, ids, condition } = &query.filter;
    let is_usual = query.sort == LeadSort::LastSeen && query.is_descending;
    is_usual && ids.is_none() && condition.is_none()
}

/// The domain of a person's company.
const DOMAIN: &str = "(SELECT a.domain FROM accounts a WHERE a.id = leads.account)";
/// The number of a person's intent type; none before they chat.
const TYPE: &str = "(SELECT t.intent_type FROM chats t WHERE t.lead = leads.id)";

/// The word of a person's intent type; none where it is `Unknown`.
fn type_word() -> String {
    let words = IntentType::ALL.iter().filter(|kind| **kind != IntentType::Unknown);
    let words: Vec<_> = words.map(|kind| format!("WHEN {} THEN '{}'", kind.index(), kind.as_str())).collect();
    format!("CASE {TYPE} {} END", words.join(" "))
}

impl Conditions {
    /// Those after a place in the list.
    fn go_on(&mut self, after: &LeadCursor, key: &str, query: &LeadQuery) {
        let (at, id) = (self.given(after.last_seen_at.0), self.given(after.id.as_bytes().to_vec()));
        let tie = format!("(last_seen_at, id) < ({at}, {id})");
        if query.sort == LeadSort::LastSeen && query.is_descending {
            return self.and(&tie);
        }
        let given = match &after.key {
            SortKey::Number(number) => self.given(*number),
            SortKey::Text(text) => self.given(text.clone()),
        };
        let beyond = if query.is_descending { "<" } else { ">" };
        self.and(&format!("{key} {beyond} {given} OR {key} = {given} AND {tie}"));
    }
}

fn candidate(row: &Row<'_>) -> Result<LeadCandidate, StoreError> {
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
    })
}

fn key(row: &Row<'_>, sort: LeadSort) -> Result<SortKey, StoreError> {
    if sort.is_text() { row.get(OWN).map(SortKey::Text) } else { row.get(OWN).map(SortKey::Number) }
}

fn place(lead: &knock_ports::Lead) -> LeadCursor {
    LeadCursor { key: SortKey::Number(0), last_seen_at: lead.last_seen_at, id: lead.id }
}
