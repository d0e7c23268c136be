//! Sentences by which the team tests the AI agent.

use super::row::maybe_millis;
use super::{Connection, Db, params};
use knock_model::SiteId;
use knock_ports::{StoreError, TestSentence, TestSentenceLedger, TestSentenceView};

impl<C: Connection> TestSentenceLedger for Db<C> {
    fn save_test_sentences(&mut self, site: SiteId, sentences: &[TestSentence]) -> Result<(), StoreError> {
        self.done("DELETE FROM test_sentences WHERE site = ?1", params![site.0])?;
        let sql =
            "INSERT INTO test_sentences (site, position, text, accepted, accepted_at) VALUES (?1, ?2, ?3, ?4, ?5)";
        for (position, sentence) in (0_u32..).zip(sentences) {
            let TestSentence { text, accepted, accepted_at } = sentence;
            self.done(sql, params![site.0, position, text, accepted, accepted_at.map(|at| at.0)])?;
        }
        Ok(())
    }
}

impl<C: Connection> TestSentenceView for Db<C> {
    fn test_sentences(&self, site: SiteId) -> Result<Vec<TestSentence>, StoreError> {
        let sql = "SELECT text, accepted, accepted_at FROM test_sentences WHERE site = ?1 ORDER BY position";
        self.rows(sql, params![site.0], |row| {
            Ok(TestSentence { text: row.get(0)?, accepted: row.get(1)?, accepted_at: maybe_millis(row, 2)? })
        })
    }
}
