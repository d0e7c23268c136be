//! The knowledge of each site.

use super::record::is_shown;
use super::row::{column, maybe_millis, millis, to_json};
use super::{Connection, Db, Row, Scope, params};
use knock_agent::Language;
use knock_model::{AnswerId, LeadId, Millis, SiteId, SourceId, SourceKind, SourceState};
use knock_ports::{
    KnowledgeLedger, KnowledgeSource, KnowledgeView, KnownAnswer, Passage, StoreError, StoredPassage, SuggestedWording,
};

const ANSWER: &str = "SELECT id, site, question, answer, updated_at, wordings FROM answers";
/// The wordings that wait for each known question, at most.
const MOST_SUGGESTED: i64 = 100;
const SOURCE: &str = "SELECT id, site, kind, name, content_type, bytes, state, passages, last_read_at, due_at, error, \
                      failures, claim, created_at FROM knowledge_sources";
const PASSAGE: &str = "SELECT p.source, p.position, p.title, p.heading, p.url, p.language, p.text FROM passages p";

impl<C: Connection> KnowledgeLedger for Db<C> {
    fn save_answer(&mut self, answer: &KnownAnswer) -> Result<(), StoreError> {
        let sql = "INSERT INTO answers (id, site, question, answer, updated_at, wordings) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                   ON CONFLICT (id) DO UPDATE SET question = excluded.question, answer = excluded.answer, \
                   updated_at = excluded.updated_at, wordings = excluded.wordings";
        let KnownAnswer { id, site, question, wordings, answer, updated_at } = answer;
        let wordings = if wordings.is_empty() { String::new() } else { to_json(wordings)? };
        self.done(sql, params![id.as_bytes(), site.0, question, answer, updated_at.0, &wordings])
    }

    fn drop_answer(&mut self, id: AnswerId) -> Result<bool, StoreError> {
        self.done("DELETE FROM suggested_wordings WHERE answer = ?1", params![id.as_bytes()])?;
        Ok(self.changed("DELETE FROM answers WHERE id = ?1", params![id.as_bytes()])? > 0)
    }

    fn suggest_wording(&mut self, answer: AnswerId, text: &str, lead: LeadId, at: Millis) -> Result<(), StoreError> {
        let others = "SELECT COUNT(*) FROM suggested_wordings WHERE answer = ?1 AND text <> ?2";
        let waiting = self.one(others, params![answer.as_bytes(), text], |row| row.get::<i64>(0))?;
        if waiting.is_some_and(|waiting| waiting >= MOST_SUGGESTED) {
            return Ok(());
        }
        let sql = "INSERT INTO suggested_wordings (answer, text, lead, times, at) VALUES (?1, ?2, ?3, 1, ?4) \
                   ON CONFLICT (answer, text) DO UPDATE SET times = suggested_wordings.times + 1, \
                   lead = excluded.lead, at = excluded.at";
        self.done(sql, params![answer.as_bytes(), text, lead.as_bytes(), at.0])
    }

    fn drop_suggested_wording(&mut self, answer: AnswerId, text: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM suggested_wordings WHERE answer = ?1 AND text = ?2";
        Ok(self.changed(sql, params![answer.as_bytes(), text])? > 0)
    }

    fn save_source(&mut self, source: &KnowledgeSource) -> Result<(), StoreError> {
        let sql = "INSERT INTO knowledge_sources (id, site, kind, name, content_type, bytes, state, passages, \
                   last_read_at, due_at, error, failures, claim, created_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
                   ON CONFLICT (id) DO UPDATE SET state = excluded.state, passages = excluded.passages, \
                   last_read_at = excluded.last_read_at, due_at = excluded.due_at, error = excluded.error, \
                   failures = excluded.failures, claim = excluded.claim";
        let KnowledgeSource { id, site, kind, name, content_type, state, passages, error, failures, claim, .. } =
            source;
        let bytes = i64::try_from(source.bytes).unwrap_or(i64::MAX);
        let (read_at, due_at) = (source.last_read_at.map(|at| at.0), source.due_at.map(|at| at.0));
        self.done(
            sql,
            params![
                id.as_bytes(),
                site.0,
                kind.as_str(),
                name,
                content_type,
                bytes,
                state.as_str(),
                *passages,
                read_at,
                due_at,
                error,
                *failures,
                *claim,
                source.created_at.0
            ],
        )
    }

    fn drop_source(&mut self, id: SourceId) -> Result<bool, StoreError> {
        self.done("DELETE FROM passages WHERE source = ?1", params![id.as_bytes()])?;
        Ok(self.changed("DELETE FROM knowledge_sources WHERE id = ?1", params![id.as_bytes()])? > 0)
    }

    fn save_passages(&mut self, source: SourceId, passages: &[Passage]) -> Result<(), StoreError> {
        self.done("DELETE FROM passages WHERE source = ?1", params![source.as_bytes()])?;
        let sql = "INSERT INTO passages (source, position, title, heading, url, language, text) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        for (position, passage) in (0_u32..).zip(passages) {
            let Passage { title, heading, url, language, text } = passage;
            let language = language.map_or("", Language::as_str);
            let values = params![source.as_bytes(), position, title, heading, url, language, text];
            self.write(Scope::of("passages", source.as_bytes()), sql, values)?;
        }
        Ok(())
    }

    fn drop_knowledge(&mut self, site: SiteId) -> Result<(), StoreError> {
        let passages = "DELETE FROM passages WHERE source IN (SELECT id FROM knowledge_sources WHERE site = ?1)";
        self.done(passages, params![site.0])?;
        self.done("DELETE FROM knowledge_sources WHERE site = ?1", params![site.0])?;
        let suggested = "DELETE FROM suggested_wordings WHERE answer IN (SELECT id FROM answers WHERE site = ?1)";
        self.done(suggested, params![site.0])?;
        self.done("DELETE FROM test_sentences WHERE site = ?1", params![site.0])?;
        self.done("DELETE FROM answers WHERE site = ?1", params![site.0])
    }

    fn raise_knowledge_version(&mut self, site: SiteId) -> Result<(), StoreError> {
        let sql = "INSERT INTO knowledge_versions (site, version) VALUES (?1, 1) \
                   ON CONFLICT (site) DO UPDATE SET version = knowledge_versions.version + 1";
        self.done(sql, params![site.0])
    }
}

impl<C: Connection> KnowledgeView for Db<C> {
    fn answers(&self, site: SiteId) -> Result<Vec<KnownAnswer>, StoreError> {
        self.rows(&format!("{ANSWER} WHERE site = ?1 ORDER BY id"), params![site.0], answer)
    }

    fn known_answer(&self, id: AnswerId) -> Result<Option<KnownAnswer>, StoreError> {
        self.one(&format!("{ANSWER} WHERE id = ?1"), params![id.as_bytes()], answer)
    }

    fn suggested_wordings(&self, site: SiteId) -> Result<Vec<SuggestedWording>, StoreError> {
        let shown = is_shown("w.lead");
        let sql = format!(
            "SELECT w.answer, w.text, w.lead, w.times, w.at FROM suggested_wordings w JOIN answers a ON a.id = w.answer \
             WHERE a.site = ?1 AND {shown} ORDER BY w.times DESC, w.answer, w.text"
        );
        self.rows(&sql, params![site.0], suggested)
    }

    fn suggested_wordings_of(&self, lead: LeadId) -> Result<Vec<SuggestedWording>, StoreError> {
        let sql = "SELECT answer, text, lead, times, at FROM suggested_wordings WHERE lead = ?1 ORDER BY answer, text";
        self.rows(sql, params![lead.as_bytes()], suggested)
    }

    fn sources(&self, site: SiteId) -> Result<Vec<KnowledgeSource>, StoreError> {
        self.rows(&format!("{SOURCE} WHERE site = ?1 ORDER BY id"), params![site.0], source)
    }

    fn source(&self, id: SourceId) -> Result<Option<KnowledgeSource>, StoreError> {
        self.one(&format!("{SOURCE} WHERE id = ?1"), params![id.as_bytes()], source)
    }

    fn due_sources(&self, now: Millis, longest: Millis, limit: u32) -> Result<Vec<KnowledgeSource>, StoreError> {
        let sql = format!("{SOURCE} WHERE due_at <= ?1 OR due_at > ?2 ORDER BY due_at, id LIMIT ?3");
        self.rows(&sql, params![now.0, (now + longest).0, limit], source)
    }

    fn next_source_due(&self) -> Result<Option<Millis>, StoreError> {
        let sql = "SELECT due_at FROM knowledge_sources WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1";
        self.one(sql, &[], |row| millis(row, 0))
    }

    fn source_totals(&self) -> Result<Vec<(SourceState, u64)>, StoreError> {
        let sql = "SELECT state, COUNT(*) FROM knowledge_sources GROUP BY state ORDER BY state";
        self.rows(sql, &[], |row| Ok((state(row, 0)?, row.get::<i64>(1)?.unsigned_abs())))
    }

    fn passages(&self, source: SourceId, from: u32, limit: u32) -> Result<Vec<StoredPassage>, StoreError> {
        let sql = format!("{PASSAGE} WHERE p.source = ?1 AND p.position >= ?2 ORDER BY p.position LIMIT ?3");
        self.rows(&sql, params![source.as_bytes(), from, limit], passage)
    }

    fn site_passages(&self, site: SiteId) -> Result<Vec<StoredPassage>, StoreError> {
        let sql = format!(
            "{PASSAGE} JOIN knowledge_sources s ON s.id = p.source WHERE s.site = ?1 ORDER BY p.source, p.position"
        );
        self.rows(&sql, params![site.0], passage)
    }

    fn knowledge_version(&self, site: SiteId) -> Result<i64, StoreError> {
        let sql = "SELECT version FROM knowledge_versions WHERE site = ?1";
        Ok(self.one(sql, params![site.0], |row| row.get::<i64>(0))?.unwrap_or(0))
    }
}

fn answer(row: &Row<'_>) -> Result<KnownAnswer, StoreError> {
    Ok(KnownAnswer {
        id: AnswerId::from_bytes(row.get(0)?),
        site: SiteId(row.get(1)?),
        question: row.get(2)?,
        wordings: column(row, 5, |text: String| match text.as_str() {
            "" => Some(Vec::new()),
            text => serde_json::from_str(text).ok(),
        })?,
        answer: row.get(3)?,
        updated_at: millis(row, 4)?,
    })
}

fn suggested(row: &Row<'_>) -> Result<SuggestedWording, StoreError> {
    Ok(SuggestedWording {
        answer: AnswerId::from_bytes(row.get(0)?),
        text: row.get(1)?,
        lead: LeadId::from_bytes(row.get(2)?),
        times: row.get(3)?,
        at: millis(row, 4)?,
    })
}

fn source(row: &Row<'_>) -> Result<KnowledgeSource, StoreError> {
    Ok(KnowledgeSource {
        id: SourceId::from_bytes(row.get(0)?),
        site: SiteId(row.get(1)?),
        kind: column(row, 2, |word: String| SourceKind::parse(&word))?,
        name: row.get(3)?,
        content_type: row.get(4)?,
        bytes: row.get::<i64>(5)?.unsigned_abs(),
        state: state(row, 6)?,
        passages: row.get(7)?,
        last_read_at: maybe_millis(row, 8)?,
        due_at: maybe_millis(row, 9)?,
        error: row.get(10)?,
        failures: row.get(11)?,
        claim: row.get(12)?,
        created_at: millis(row, 13)?,
    })
}

fn state(row: &Row<'_>, at: usize) -> Result<SourceState, StoreError> {
    column(row, at, |word: String| SourceState::parse(&word))
}

fn passage(row: &Row<'_>) -> Result<StoredPassage, StoreError> {
    Ok(StoredPassage {
        source: SourceId::from_bytes(row.get(0)?),
        position: row.get(1)?,
        passage: Passage {
            title: row.get(2)?,
            heading: row.get(3)?,
            url: row.get(4)?,
            language: Language::parse(&row.get::<String>(5)?),
            text: row.get(6)?,
        },
    })
}
