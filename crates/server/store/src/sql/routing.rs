//! Rules, links, and the decisions made by them.

use super::link::{link, link_of};
use super::record::is_shown;
use super::row::{column, json, millis, number, to_json};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_intent::{Question, TypeWhy};
use knock_model::{IntentType, LeadId, Millis, RepId, SignalId};
use knock_ports::{Cursor, Decided, Link, RoutingLedger, RoutingView, SavedRule, StoreError, TypeDecided};
use knock_routing::{Funnel, Rule, Turns};
use std::collections::BTreeMap;

const DECISION: &str = "SELECT id, lead, at, link, fields, body FROM decisions";
const TYPE: &str = "SELECT id, lead, at, kind, margin, why, question FROM type_decisions";

impl<C: Connection> RoutingLedger for Db<C> {
    fn append_rule(&mut self, rule: &Rule, by: Option<RepId>, now: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO rules (id, version, body, created_at, saved_by) VALUES (?1, ?2, ?3, ?4, ?5)";
        let (body, by) = (to_json(rule)?, by.as_ref().map(RepId::as_bytes));
        self.write(Scope::table("rules"), sql, params![&rule.id, rule.version, &body, now.0, by])
    }

    fn delete_rule(&mut self, id: &str, now: Millis) -> Result<(), StoreError> {
        self.write(Scope::table("rules"), "UPDATE rules SET deleted_at = ?2 WHERE id = ?1", params![id, now.0])
    }

    fn save_link(&mut self, link: &Link, now: Millis) -> Result<(), StoreError> {
        self.store_link(link, now)
    }

    fn append_decision(&mut self, decided: &Decided) -> Result<(), StoreError> {
        let sql = "INSERT INTO decisions (id, lead, at, funnel, link, fields, body) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
        let (decision, link) = (&decided.decision, &decided.link);
        let (fields, body) = (to_json(&decided.fields)?, to_json(decision)?);
        let (id, lead) = (decided.id.as_bytes(), decided.lead.as_bytes());
        let values = params![id, lead, decided.at.0, decision.funnel.as_str(), link, &fields, &body];
        self.write(Scope::of("decisions", lead), sql, values)?;
        let (Some(segment), Some(turn)) = (&decision.segment, &decision.turn) else { return Ok(()) };
        let sql = "INSERT INTO turns (rule, segment, rep, number) VALUES (?1, ?2, ?3, ?4) \
                   ON CONFLICT (rule, segment, rep) DO UPDATE SET number = excluded.number WHERE turns.number < excluded.number";
        let number = i64::try_from(turn.number).unwrap_or(i64::MAX);
        self.write(Scope::table("turns"), sql, params![&decision.rule, segment, &turn.rep, number])
    }

    fn append_type(&mut self, decided: &TypeDecided) -> Result<(), StoreError> {
        let sql = "INSERT INTO type_decisions (id, lead, at, kind, margin, why, question) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
        let kind = number(decided.kind.index());
        let (id, lead) = (decided.id.as_bytes(), decided.lead.as_bytes());
        let (why, question) = (decided.why.as_str(), question_word(decided.question));
        let values = params![id, lead, decided.at.0, kind, decided.margin, why, question];
        self.write(Scope::of("type_decisions", lead), sql, values)
    }
}

impl<C: Connection> RoutingView for Db<C> {
    fn rules(&self) -> Result<Vec<Rule>, StoreError> {
        self.answers(&current_rules(), |row| json(row, 0))
    }

    fn saved_rules(&self) -> Result<Vec<SavedRule>, StoreError> {
        let newest = "SELECT id, MAX(version) AS version, MIN(created_at) AS made_at FROM rules \
                      WHERE deleted_at IS NULL GROUP BY id";
        let sql = format!(
            "SELECT r.body, r.created_at, r.saved_by, r.deleted_at FROM rules r JOIN ({newest}) n \
             ON n.id = r.id AND n.version = r.version ORDER BY n.made_at, r.id"
        );
        self.rows(&sql, &[], saved_rule)
    }

    fn rule_versions(&self, id: &str) -> Result<Vec<SavedRule>, StoreError> {
        let sql = "SELECT body, created_at, saved_by, deleted_at FROM rules WHERE id = ?1 ORDER BY version DESC";
        self.rows(sql, params![id], saved_rule)
    }

    fn leads_by_rule(&self, since: Millis) -> Result<BTreeMap<String, u64>, StoreError> {
        let rule = (C::DIALECT.json_text)("body", &["rule"]);
        let sql = format!(
            "SELECT {rule}, COUNT(DISTINCT lead) FROM decisions WHERE at >= ?1 AND {} GROUP BY 1",
            is_shown("lead")
        );
        let rows = self.rows(&sql, params![since.0], |row| Ok((row.get(0)?, row.get::<i64>(1)?.unsigned_abs())))?;
        Ok(rows.into_iter().collect())
    }

    fn decisions_by_version(&self, rule: &str) -> Result<BTreeMap<u32, u64>, StoreError> {
        let named = (C::DIALECT.json_text)("body", &["rule"]);
        let version = (C::DIALECT.json_number)("body", &["version"]);
        let sql =
            format!("SELECT {version}, COUNT(*) FROM decisions WHERE {named} = ?1 AND {} GROUP BY 1", is_shown("lead"));
        let rows = self.rows(&sql, params![rule], |row| Ok((row.get::<u32>(0)?, row.get::<i64>(1)?.unsigned_abs())))?;
        Ok(rows.into_iter().collect())
    }

    fn last_meeting_decision(&self, lead: LeadId) -> Result<Option<Decided>, StoreError> {
        let sql = format!("{DECISION} WHERE lead = ?1 AND funnel = ?2 ORDER BY at DESC, id DESC LIMIT 1");
        self.one(&sql, params![lead.as_bytes(), Funnel::Meeting.as_str()], decided)
    }

    fn last_decision(&self, lead: LeadId) -> Result<Option<Decided>, StoreError> {
        self.answer(&last_decision_of(lead), decided)
    }

    fn turns(&self) -> Result<Turns, StoreError> {
        self.turns_by(&all_turns())
    }

    fn links(&self) -> Result<Vec<Link>, StoreError> {
        self.all_links()
    }

    fn link(&self, slug: &str) -> Result<Option<Link>, StoreError> {
        self.answer(&link_of(slug), link)
    }

    fn link_clicks(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        self.clicks_of_links()
    }

    fn link_conversions(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        self.conversions_of_links()
    }

    fn decisions_of(&self, lead: LeadId) -> Result<Vec<Decided>, StoreError> {
        self.rows(&format!("{DECISION} WHERE lead = ?1 ORDER BY at, id"), params![lead.as_bytes()], decided)
    }

    fn decisions(&self, before: Option<Cursor>, limit: u32) -> Result<Vec<Decided>, StoreError> {
        let before = before.unwrap_or(Cursor { at: Millis(i64::MAX), id: [0xff; 16] });
        let shown = is_shown("lead");
        let sql = format!("{DECISION} WHERE (at, id) < (?1, ?2) AND {shown} ORDER BY at DESC, id DESC LIMIT ?3");
        self.rows(&sql, params![before.at.0, &before.id, limit], decided)
    }

    fn decisions_since(&self, funnel: Funnel, from: Millis, limit: u32) -> Result<Vec<Decided>, StoreError> {
        let shown = is_shown("lead");
        let sql = format!("{DECISION} WHERE at >= ?1 AND funnel = ?2 AND {shown} ORDER BY at, id LIMIT ?3");
        self.rows(&sql, params![from.0, funnel.as_str(), limit], decided)
    }

    fn newest_decisions(&self, funnel: Funnel, from: Millis, limit: u32) -> Result<Vec<Decided>, StoreError> {
        let shown = is_shown("lead");
        let sql = format!("{DECISION} WHERE at >= ?1 AND funnel = ?2 AND {shown} ORDER BY at DESC, id DESC LIMIT ?3");
        self.rows(&sql, params![from.0, funnel.as_str(), limit], decided)
    }

    fn decisions_by_rule(&self, rule: &str, from: Millis, limit: u32) -> Result<Vec<Decided>, StoreError> {
        let named = (C::DIALECT.json_text)("body", &["rule"]);
        let shown = is_shown("lead");
        let sql = format!("{DECISION} WHERE {named} = ?1 AND at >= ?2 AND {shown} ORDER BY at DESC, id DESC LIMIT ?3");
        self.rows(&sql, params![rule, from.0, limit], decided)
    }

    fn turns_before(&self, at: Millis) -> Result<Turns, StoreError> {
        let sql = Self::turns_of_decisions("at < ?1");
        self.turns_by(&Query::new(Scope::table("decisions"), sql, params![at.0]))
    }

    fn type_decisions(&self, lead: LeadId) -> Result<Vec<TypeDecided>, StoreError> {
        self.answers(&types_of(lead), type_decided)
    }
}

impl<C: Connection> Db<C> {
    /// A query for whose turn it was in each pool, by those decisions for which `which` holds.
    pub(super) fn turns_of_decisions(which: &str) -> String {
        let text = |path| (C::DIALECT.json_text)("body", path);
        let (rule, segment, rep) = (text(&["rule"]), text(&["segment"]), text(&["turn", "rep"]));
        let number = (C::DIALECT.json_number)("body", &["turn", "number"]);
        format!(
            "SELECT {rule}, {segment}, {rep}, MAX({number}) FROM decisions WHERE {which} AND {rep} IS NOT NULL \
             GROUP BY 1, 2, 3"
        )
    }

    fn turns_by(&self, query: &Query) -> Result<Turns, StoreError> {
        let read = |row: &Row<'_>| {
            Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<String>(2)?, row.get::<i64>(3)?))
        };
        let mut turns = Turns::default();
        for (rule, segment, rep, number) in self.answers(query, read)? {
            turns.set(&rule, &segment, &rep, number.unsigned_abs());
        }
        Ok(turns)
    }
}

/// The newest version of every rule, in the order they were made.
pub(crate) fn current_rules() -> Query {
    let sql = "SELECT body FROM (SELECT id, body, ROW_NUMBER() OVER (PARTITION BY id ORDER BY version DESC) AS place, \
               MIN(created_at) OVER (PARTITION BY id) AS made_at FROM rules WHERE deleted_at IS NULL) r WHERE place = 1 ORDER BY made_at, id";
    Query::table("rules", sql)
}

/// The query for the turns of all pools.
pub(crate) fn all_turns() -> Query {
    Query::table("turns", "SELECT rule, segment, rep, number FROM turns")
}

/// The last decision about the chat of a lead.
pub(crate) fn last_decision_of(lead: LeadId) -> Query {
    let which = "lead = ?1 AND funnel = 'chat'";
    Query::of("decisions", lead.as_bytes(), format!("{DECISION} WHERE {which} ORDER BY at DESC, id DESC LIMIT 1"))
}

/// The types a lead was given, oldest first.
pub(crate) fn types_of(lead: LeadId) -> Query {
    Query::of("type_decisions", lead.as_bytes(), format!("{TYPE} WHERE lead = ?1 ORDER BY at, id"))
}

fn saved_rule(row: &Row<'_>) -> Result<SavedRule, StoreError> {
    let saved_by: Option<[u8; 16]> = row.get(2)?;
    let deleted_at: Option<i64> = row.get(3)?;
    Ok(SavedRule {
        rule: json(row, 0)?,
        saved_at: millis(row, 1)?,
        saved_by: saved_by.map(RepId::from_bytes),
        deleted_at: deleted_at.map(Millis),
    })
}

pub(super) fn decided(row: &Row<'_>) -> Result<Decided, StoreError> {
    Ok(Decided {
        id: SignalId::from_bytes(row.get(0)?),
        lead: LeadId::from_bytes(row.get(1)?),
        at: millis(row, 2)?,
        link: row.get(3)?,
        fields: json(row, 4)?,
        decision: json(row, 5)?,
    })
}

fn type_decided(row: &Row<'_>) -> Result<TypeDecided, StoreError> {
    Ok(TypeDecided {
        id: SignalId::from_bytes(row.get(0)?),
        lead: LeadId::from_bytes(row.get(1)?),
        at: millis(row, 2)?,
        kind: column(row, 3, |at: i64| usize::try_from(at).ok().and_then(|at| IntentType::ALL.get(at).copied()))?,
        margin: row.get(4)?,
        why: column(row, 5, |word: String| TypeWhy::parse(&word))?,
        question: column(row, 6, |word: String| QUESTIONS.into_iter().find(|known| question_word(*known) == word))?,
    })
}

const QUESTIONS: [Question; 4] = [Question::Off, Question::Ready, Question::Asked, Question::Answered];

const fn question_word(question: Question) -> &'static str {
    match question {
        Question::Off => "off",
        Question::Ready => "ready",
        Question::Asked => "asked",
        Question::Answered => "answered",
    }
}
