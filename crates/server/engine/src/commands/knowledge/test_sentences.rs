//! Sentences by which the team tests the AI agent of a site.

use super::is_in_use;
use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::{AuditAction, Millis, SiteId};
use knock_ports::{Ledger, StoreError, TestSentence};
use serde_json::json;

/// The maximum number of test sentences of a site.
pub const MOST_TEST_SENTENCES: usize = 200;

/// Replaces the test sentences of a site.
#[derive(Clone, Debug)]
pub struct SaveTestSentences {
    pub site: SiteId,
    /// Each text with what the agent did, if that is accepted.
    pub sentences: Vec<(String, Option<String>)>,
    pub now: Millis,
}

impl Change for SaveTestSentences {
    /// The sentences as they are now; none if there is no such site.
    type Outcome = Option<Vec<TestSentence>>;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(Self::Outcome, Option<Note>), StoreError> {
        if !is_in_use(ledger, self.site)? {
            return Ok((None, None));
        }
        let before = ledger.test_sentences(self.site)?;
        let after: Vec<TestSentence> = self.sentences.iter().map(|sentence| self.saved(sentence, &before)).collect();
        if after == before {
            return Ok((Some(before), None));
        }
        ledger.save_test_sentences(self.site, &after)?;
        let name = ledger.site(self.site)?.map_or_else(String::new, |site| site.title().to_owned());
        let counts = |sentences: &[TestSentence]| {
            let accepted = sentences.iter().filter(|sentence| sentence.accepted_at.is_some()).count();
            json!({"sentences": sentences.len(), "accepted": accepted})
        };
        let note = Note::new(AuditAction::TestSentencesSaved, subject("site", self.site.0.to_string(), name))
            .changed(counts(&before), counts(&after));
        Ok((Some(after), Some(note)))
    }
}

impl SaveTestSentences {
    /// A sentence with the instant of its acceptance: the known one while the same is accepted.
    fn saved(&self, (text, accepted): &(String, Option<String>), before: &[TestSentence]) -> TestSentence {
        let Some(accepted) = accepted.clone() else {
            return TestSentence { text: text.clone(), accepted: String::new(), accepted_at: None };
        };
        let known = before.iter().find(|known| known.text == *text && known.accepted == accepted);
        let accepted_at = known.and_then(|known| known.accepted_at).or(Some(self.now));
        TestSentence { text: text.clone(), accepted, accepted_at }
    }
}
