//! Knock Links, and how each does.

use super::chat::{utm, utm_text};
use super::row::{column, number, to_json};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_agent::Language;
use knock_model::{Millis, RepId, SignalType, SiteId};
use knock_ports::{Link, StoreError};
use knock_routing::Funnel;
use knock_wire::Texts;
use std::collections::BTreeMap;

const LINK: &str = "SELECT slug, name, funnel, channel, rule, language, greeting, site, utm, duration_min, questions, \
                    archived_at, owner, greetings FROM links";

impl<C: Connection> Db<C> {
    /// Stores a link, new or known.
    pub(super) fn store_link(&mut self, link: &Link, now: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO links (slug, name, funnel, channel, rule, language, greeting, site, utm, duration_min, \
                   questions, archived_at, created_at, owner, greetings) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) \
                   ON CONFLICT (slug) DO UPDATE SET name = excluded.name, funnel = excluded.funnel, \
                   channel = excluded.channel, rule = excluded.rule, language = excluded.language, \
                   greeting = excluded.greeting, site = excluded.site, utm = excluded.utm, \
                   duration_min = excluded.duration_min, questions = excluded.questions, \
                   archived_at = excluded.archived_at, owner = excluded.owner, greetings = excluded.greetings";
        let Link { slug, name, channel, .. } = link;
        let (funnel, rule, greeting) = (link.funnel.as_str(), link.rule.as_deref(), link.greeting.as_deref());
        let (language, site) = (link.language.map(Language::as_str), link.site.map(|site| site.0));
        let questions = if link.questions.is_empty() { String::new() } else { to_json(&link.questions)? };
        let greetings = if link.greetings.is_empty() { String::new() } else { to_json(&link.greetings)? };
        let (duration, archived) = (link.duration_min.map(i64::from), link.archived_at.map(|at| at.0));
        let (utm, owner) = (utm_text(&link.utm)?, link.owner.as_ref().map(|owner| owner.as_bytes()));
        let values = params![
            slug, name, funnel, channel, rule, language, greeting, site, &utm, duration, &questions, archived, now.0,
            owner, &greetings
        ];
        self.write(Scope::table("links"), sql, values)
    }

    /// All links, by slug.
    pub(super) fn all_links(&self) -> Result<Vec<Link>, StoreError> {
        self.rows(&format!("{LINK} ORDER BY slug"), &[], link)
    }

    /// The clicks of each link, without those of leads marked as spam (MS-08). The index `signals_by_link` has exactly
    /// these signals, and no lead: those of spam are counted by themselves.
    pub(super) fn clicks_of_links(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let (name, kind) = ((C::DIALECT.json_text)("detail", &["name"]), number(SignalType::LinkClick.index()));
        // As a literal: an index of some of the rows is not taken for a parameter.
        let mut clicks =
            self.per_link(&format!("SELECT {name}, COUNT(*) FROM signals WHERE kind = {kind} GROUP BY 1"))?;
        for (link, hidden) in self.per_link(&clicks_of_spam(&(C::DIALECT.json_text)("s.detail", &["name"]), kind))? {
            if let Some(count) = clicks.get_mut(&link) {
                *count = count.saturating_sub(hidden);
            }
        }
        clicks.retain(|_, count| *count > 0);
        Ok(clicks)
    }

    /// The conversions of each link: leads who wrote in a chat that they opened by it, or booked a meeting by it.
    pub(super) fn conversions_of_links(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let sql = "SELECT d.link, COUNT(DISTINCT d.lead) FROM (\
                   SELECT c.link, c.lead FROM conversations c WHERE EXISTS (SELECT 1 FROM messages m \
                   WHERE m.conversation = c.id AND m.author = 'lead') UNION ALL SELECT link, lead FROM meetings) d \
                   JOIN leads l ON l.id = d.lead WHERE l.is_spam = 0 GROUP BY d.link";
        self.per_link(sql)
    }

    fn per_link(&self, sql: &str) -> Result<BTreeMap<String, u64>, StoreError> {
        let counts =
            self.rows(sql, &[], |row| Ok((row.get::<Option<String>>(0)?, row.get::<i64>(1)?.unsigned_abs())))?;
        Ok(counts.into_iter().filter_map(|(link, count)| Some((link?, count))).collect())
    }
}

/// A statement for the clicks of leads marked as spam, by the name of the link: those in the spans of the leads' browsers.
/// SQLite takes the tables of a cross join in their order: there are few such leads.
fn clicks_of_spam(name: &str, kind: i64) -> String {
    format!(
        "SELECT {name}, COUNT(*) FROM leads l CROSS JOIN spans p CROSS JOIN signals s WHERE l.is_spam = 1 \
         AND p.lead = l.id AND s.site = p.site AND s.visitor = p.visitor AND s.at >= p.from_at AND s.kind = {kind} \
         AND NOT EXISTS (SELECT 1 FROM spans n WHERE n.site = p.site AND n.visitor = p.visitor \
         AND n.from_at > p.from_at AND n.from_at <= s.at) GROUP BY 1"
    )
}

pub(crate) fn link_of(slug: &str) -> Query {
    Query::new(Scope::table("links"), format!("{LINK} WHERE slug = ?1"), params![slug])
}

pub(super) fn link(row: &Row<'_>) -> Result<Link, StoreError> {
    let language = |word: Option<String>| match word {
        None => Some(None),
        Some(word) => Language::parse(&word).map(Some),
    };
    let greetings = |text: String| if text.is_empty() { Some(Texts::new()) } else { serde_json::from_str(&text).ok() };
    let questions = |text: String| if text.is_empty() { Some(Vec::new()) } else { serde_json::from_str(&text).ok() };
    Ok(Link {
        slug: row.get(0)?,
        name: row.get(1)?,
        funnel: column(row, 2, |word: String| Funnel::parse(&word))?,
        channel: row.get(3)?,
        rule: row.get(4)?,
        language: column(row, 5, language)?,
        greeting: row.get(6)?,
        site: row.get::<Option<i64>>(7)?.map(SiteId),
        utm: utm(row, 8)?,
        duration_min: column(row, 9, |length: Option<i64>| length.map(u32::try_from).transpose().ok())?,
        questions: column(row, 10, questions)?,
        archived_at: row.get::<Option<i64>>(11)?.map(Millis),
        owner: row.get::<Option<[u8; 16]>>(12)?.map(RepId::from_bytes),
        greetings: column(row, 13, greetings)?,
    })
}
