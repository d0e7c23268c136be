//! Playbooks of the AI agent, and the questions it had no answer to.

use super::row::{column, json, millis, to_json};
use super::{Connection, Db, Row, params};
use crate::statement::{Query, Scope};
use knock_agent::{Language, Playbook, Playbooks};
use knock_model::{ConversationId, Millis, SiteId};
use knock_ports::{PlaybookLedger, PlaybookVersion, PlaybookView, QuestionHash, StoreError, Unanswered};
use knock_routing::AgentKind;
use std::collections::BTreeMap;

/// The columns of a version.
const VERSION: &str = "site, kind, language, version, saved_at, steps";
/// The column `site` of a version for all sites: sites have ids from 1.
const ALL_SITES: SiteId = SiteId(0);

impl<C: Connection> PlaybookLedger for Db<C> {
    fn append_playbook(&mut self, version: &PlaybookVersion) -> Result<(), StoreError> {
        let PlaybookVersion { site, kind, language, version, saved_at, playbook } = version;
        let steps = |playbook: &Playbook| {
            playbook.steps().map(|(step, texts)| (step.as_str(), texts.to_vec())).collect::<BTreeMap<_, _>>()
        };
        let steps = to_json(&playbook.as_ref().map(steps))?;
        let sql = format!("INSERT INTO playbooks ({VERSION}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        let site = site.unwrap_or(ALL_SITES).0;
        self.done(&sql, params![site, kind.as_str(), language.as_str(), i64::from(*version), saved_at.0, &steps])
    }

    fn drop_playbooks(&mut self, site: SiteId) -> Result<(), StoreError> {
        self.done("DELETE FROM playbooks WHERE site = ?1", params![site.0])
    }

    fn settle_question(&mut self, site: SiteId, question: QuestionHash, at: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO settled_questions (site, question, at) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (site, question) DO UPDATE SET at = excluded.at";
        self.done(sql, params![site.0, &question.0, at.0])
    }
}

impl<C: Connection> PlaybookView for Db<C> {
    fn playbooks(&self, site: SiteId) -> Result<Playbooks, StoreError> {
        let current = self.current_playbooks(Some(site))?;
        let (own, of_all): (Vec<_>, Vec<_>) = current.into_iter().partition(|version| version.site.is_some());
        let texts = |versions: Vec<PlaybookVersion>| versions.into_iter().filter_map(|version| version.playbook);
        Ok(Playbooks::new(texts(of_all).collect()).with_own(texts(own)))
    }

    fn current_playbooks(&self, site: Option<SiteId>) -> Result<Vec<PlaybookVersion>, StoreError> {
        self.answers(&current_playbooks(site.unwrap_or(ALL_SITES)), version)
    }

    fn playbook_versions(
        &self,
        site: Option<SiteId>,
        kind: AgentKind,
        language: Language,
    ) -> Result<Vec<PlaybookVersion>, StoreError> {
        let sql = format!(
            "SELECT {VERSION} FROM playbooks WHERE site = ?1 AND kind = ?2 AND language = ?3 ORDER BY version DESC"
        );
        self.rows(&sql, params![site.unwrap_or(ALL_SITES).0, kind.as_str(), language.as_str()], version)
    }

    fn sites_with_playbook(&self, kind: AgentKind, language: Language) -> Result<Vec<SiteId>, StoreError> {
        // A version without texts goes back to those of all sites.
        let sql = "SELECT site FROM (SELECT site, steps, \
                     ROW_NUMBER() OVER (PARTITION BY site ORDER BY version DESC) AS place \
                   FROM playbooks WHERE kind = ?1 AND language = ?2 AND site <> ?3) p \
                   WHERE place = 1 AND steps <> 'null' ORDER BY site";
        self.rows(sql, params![kind.as_str(), language.as_str(), ALL_SITES.0], |row| Ok(SiteId(row.get(0)?)))
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

/// The newest version of every playbook for all sites, and for this one.
pub(crate) fn current_playbooks(site: SiteId) -> Query {
    let sql = format!(
        "SELECT {VERSION} FROM (SELECT {VERSION}, \
           ROW_NUMBER() OVER (PARTITION BY site, kind, language ORDER BY version DESC) AS place \
         FROM playbooks WHERE site IN ({all}, ?1)) p WHERE place = 1 ORDER BY site, kind, language",
        all = ALL_SITES.0
    );
    Query::new(Scope::table("playbooks"), sql, params![site.0])
}

fn version(row: &Row<'_>) -> Result<PlaybookVersion, StoreError> {
    let site = Some(SiteId(row.get(0)?)).filter(|site| *site != ALL_SITES);
    let kind = column(row, 1, |word: String| AgentKind::parse(&word))?;
    let language = column(row, 2, |word: String| Language::parse(&word))?;
    // A step that a newer version of Knock has set is none of ours.
    let steps: Option<BTreeMap<String, Vec<String>>> = json(row, 5)?;
    Ok(PlaybookVersion {
        site,
        kind,
        language,
        version: row.get(3)?,
        saved_at: millis(row, 4)?,
        playbook: steps.map(|steps| Playbook::stored(kind, language, steps)),
    })
}
