//! Sentences by which the team tests the AI agent of a site.

use crate::StoreError;
use knock_model::{Millis, SiteId};

/// A sentence, and what the agent did with it when the team last accepted that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestSentence {
    pub text: String,
    /// What the agent did, in words; empty before it was accepted.
    pub accepted: String,
    pub accepted_at: Option<Millis>,
}

/// Writing test sentences.
pub trait TestSentenceLedger {
    /// Replaces all sentences of a site.
    fn save_test_sentences(&mut self, site: SiteId, sentences: &[TestSentence]) -> Result<(), StoreError>;
}

/// Reading test sentences.
pub trait TestSentenceView {
    /// The sentences of a site, in the order of the team.
    fn test_sentences(&self, site: SiteId) -> Result<Vec<TestSentence>, StoreError>;
}
