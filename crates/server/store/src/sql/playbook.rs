//! Playbooks of the AI agent, and the questions it had no answer to.

use super::row::{column, json, millis, to_json};
use super::{Connection, Db, Row, params};
use crate::statement::Query;
use knock_agent::{Language, Playbook, Playbooks};
use knock_model::{ConversationId, Millis, SiteId};
use knock_ports::{PlaybookLedger, PlaybookVersion, PlaybookView, QuestionHash, StoreError, Unanswered};
use knock_routing::AgentKind;
use std::collections::BTreeMap;

const VERSION: &str = "SELECT kind, language, version, saved_at, steps FROM playbooks";

impl<C: Connection> PlaybookLedger for Db<C> {
    fn append_playbook(&mut self, version: &PlaybookVersion) -> Result<(), StoreError> {
        let PlaybookVersion { kind, language, version, saved_at, playbook } = version;
        let steps = |playbook: &Playbook| {
            playbook.steps().map(|(step, texts)| (step.as_str(), texts.to_vec())).collect::<BTreeMap<_, _>>()
        };
        let steps = to_json(&playbook.as_ref().map(steps))?;
        let sql = "INSERT INTO playbooks (kind, language, version, saved_at, steps) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.done(sql, params![kind.as_str(), language.as_str(), i64::from(*version), saved_at.0, &steps])
    }

    fn settle_question(&mut self, site: SiteId, question: QuestionHash, at: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO settled_questions (site, question, at) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (site, question) DO UPDATE SET at = excluded.at";
        self.done(sql, params![site.0, &question.0, at.0])
    }
}

impl<C: Connection> PlaybookView for Db<C> {
    fn playbooks(&self) -> Result<Playbooks, StoreError> {
        let saved = self.current_playbooks()?.into_iter().filter_map(|version| version.playbook);
        Ok(Playbooks::new(saved.collect()))
    }

    fn current_playbooks(&self) -> Result<Vec<PlaybookVersion>, StoreError> {
        self.answers(&current_playbooks(), version)
    }

    fn playbook_versions(&self, kind: AgentKind, language: Language) -> Result<Vec<PlaybookVersion>, StoreError> {
        let sql = format!("{VERSION} WHERE kind = ?1 AND language = ?2 ORDER BY version DESC");
        self.rows(&sql, params![kind.as_str(), language.as_str()], version)
    }

    fn unanswered(&self, site: SiteId, since: Millis, limit: u32) -> Result<Vec<Unanswered>, StoreError> {
        let sql = "SELECT m.unanswered, m.text, m.at, m.conversation FROM messages m \
                   JOIN conversations c ON c.id = m.conversation JOIN leads l ON l.id = c.lead \
                   WHERE m.unanswered <> '' AND m.at >= ?2 AND c.site = ?1 AND l.is_spam = 0 \
                   ORDER BY m.at DESC, m.id DESC LIMIT ?3";
        self.rows(sql, params![site.0, since.0, limit], |row| {
            let (key, text) = (row.get(0)?, row.get(1)?);
            Ok(Unanswered { key, text, at: millis(row, 2)?, conversation: ConversationId::from_bytes(row.get(3)?) })
        })
    }

    fn settled_questions(&self, site: SiteId) -> Result<Vec<(QuestionHash, Millis)>, StoreError> {
        let sql = "SELECT question, at FROM settled_questions WHERE site = ?1";
        self.rows(sql, params![site.0], |row| Ok((QuestionHash(row.get(0)?), millis(row, 1)?)))
    }

    fn first_waits(&self, since: Millis, until: Millis, limit: u32) -> Result<Vec<Option<Millis>>, StoreError> {
        let sql = "SELECT asked, answered FROM (SELECT \
                     MIN(CASE WHEN m.author = 'lead' THEN m.at END) AS asked, \
                     MIN(CASE WHEN m.author = 'rep' THEN m.at END) AS answered \
                   FROM (SELECT id, lead FROM conversations WHERE opened_at >= ?1 AND opened_at < ?2 \
                         ORDER BY opened_at DESC LIMIT ?3) c \
                   JOIN leads l ON l.id = c.lead JOIN messages m ON m.conversation = c.id \
                   WHERE l.is_spam = 0 GROUP BY c.id) w \
                   WHERE asked < ?2 AND (answered IS NULL OR answered >= asked)";
        self.rows(sql, params![since.0, until.0, limit], |row| {
            let (asked, answered) = (row.get::<i64>(0)?, row.get::<Option<i64>>(1)?);
            Ok(answered.map(|answered| Millis(answered - asked)))
        })
    }
}

/// The newest version of every playbook.
pub(crate) fn current_playbooks() -> Query {
    let sql = "SELECT kind, language, version, saved_at, steps FROM (SELECT kind, language, version, saved_at, steps, \
               ROW_NUMBER() OVER (PARTITION BY kind, language ORDER BY version DESC) AS place FROM playbooks) p \
               WHERE place = 1 ORDER BY kind, language";
    Query::table("playbooks", sql)
}

fn version(row: &Row<'_>) -> Result<PlaybookVersion, StoreError> {
    let kind = column(row, 0, |word: String| AgentKind::parse(&word))?;
    let language = column(row, 1, |word: String| Language::parse(&word))?;
    // A step that a newer version of Knock has set is none of ours.
    let steps: Option<BTreeMap<String, Vec<String>>> = json(row, 4)?;
    Ok(PlaybookVersion {
        kind,
        language,
        version: row.get(2)?,
        saved_at: millis(row, 3)?,
        playbook: steps.map(|steps| Playbook::stored(kind, language, steps)),
    })
}
