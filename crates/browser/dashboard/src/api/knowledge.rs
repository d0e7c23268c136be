//! Knowledge of sites, and unanswered questions.

use knock_model::{AnswerId, SourceId};
use knock_wire::{
    KnowledgeList, KnowledgeSites, KnowledgeSource, KnowledgeSourceDraft, KnowledgeSourceRecord, KnowledgeTried,
    KnowledgeTryAsk, KnownAnswer, KnownAnswerChange, KnownAnswerDraft, QuestionDismissal, TestRun, TestRunAsk,
    TestSentenceList, TestSentencesDraft, UnansweredList, WordingDraft,
};

use super::{Client, Failure, Method, PAGE, Upload, encode, json, push};

impl Client {
    /// The sites in use.
    pub(crate) async fn knowledge_sites(&self) -> Result<KnowledgeSites, Failure> {
        self.get("/api/v1/knowledge/sites".to_owned()).await
    }

    /// Answers and sources of a site.
    pub(crate) async fn knowledge(&self, site: &str) -> Result<KnowledgeList, Failure> {
        self.get(format!("/api/v1/knowledge?site={}", encode(site))).await
    }

    pub(crate) async fn add_answer(&self, draft: &KnownAnswerDraft) -> Result<KnownAnswer, Failure> {
        self.ask(Method::Post, "/api/v1/knowledge/answers".to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn change_answer(&self, id: AnswerId, change: &KnownAnswerChange) -> Result<KnownAnswer, Failure> {
        self.ask(Method::Patch, format!("/api/v1/knowledge/answers/{id}"), Some(json(change)?)).await
    }

    pub(crate) async fn delete_answer(&self, id: &str) -> Result<(), Failure> {
        self.done(Method::Delete, format!("/api/v1/knowledge/answers/{id}"), None).await
    }

    /// Adds another way to ask a known question.
    pub(crate) async fn add_wording(&self, id: AnswerId, draft: &WordingDraft) -> Result<KnownAnswer, Failure> {
        self.ask(Method::Post, format!("/api/v1/knowledge/answers/{id}/wordings"), Some(json(draft)?)).await
    }

    /// Dismisses a wording of leads that is suggested for a known question.
    pub(crate) async fn dismiss_wording(&self, id: AnswerId, text: &str) -> Result<(), Failure> {
        let path = format!("/api/v1/knowledge/answers/{id}/wordings?text={}", encode(text));
        self.done(Method::Delete, path, None).await
    }

    /// Adds a page or a sitemap.
    pub(crate) async fn add_source(&self, draft: &KnowledgeSourceDraft) -> Result<KnowledgeSource, Failure> {
        self.ask(Method::Post, "/api/v1/knowledge/sources".to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn add_file(&self, site: &str, file: Upload) -> Result<KnowledgeSource, Failure> {
        self.upload(format!("/api/v1/knowledge/files?site={}", encode(site)), file).await
    }

    /// Requests a new reading of a page or a sitemap.
    pub(crate) async fn read_again(&self, id: SourceId) -> Result<KnowledgeSource, Failure> {
        self.ask(Method::Post, format!("/api/v1/knowledge/sources/{id}/read"), None).await
    }

    /// Deletes a source with its passages.
    pub(crate) async fn delete_source(&self, id: &str) -> Result<(), Failure> {
        self.done(Method::Delete, format!("/api/v1/knowledge/sources/{id}"), None).await
    }

    /// A source with a page of its passages.
    pub(crate) async fn source(&self, id: SourceId, from: Option<&str>) -> Result<KnowledgeSourceRecord, Failure> {
        let mut path = format!("/api/v1/knowledge/sources/{id}?limit={PAGE}");
        push(&mut path, "from", from);
        self.get(path).await
    }

    /// What the AI agent would do with a question.
    pub(crate) async fn try_question(&self, ask: &KnowledgeTryAsk) -> Result<KnowledgeTried, Failure> {
        self.ask(Method::Post, "/api/v1/knowledge/try".to_owned(), Some(json(ask)?)).await
    }

    /// What the AI agent does with the test sentences of a site.
    pub(crate) async fn run_tests(&self, site: String) -> Result<TestRun, Failure> {
        let ask = TestRunAsk { site };
        self.ask(Method::Post, "/api/v1/knowledge/tests/run".to_owned(), Some(json(&ask)?)).await
    }

    /// Replaces the test sentences of a site.
    pub(crate) async fn save_tests(&self, site: &str, draft: &TestSentencesDraft) -> Result<TestSentenceList, Failure> {
        let path = format!("/api/v1/knowledge/tests?site={}", encode(site));
        self.ask(Method::Put, path, Some(json(draft)?)).await
    }

    /// Questions of leads of a site without an answer.
    pub(crate) async fn unanswered(&self, site: &str) -> Result<UnansweredList, Failure> {
        self.get(format!("/api/v1/knowledge/unanswered?site={}", encode(site))).await
    }

    pub(crate) async fn dismiss_question(&self, dismissal: &QuestionDismissal) -> Result<(), Failure> {
        self.post("/api/v1/knowledge/unanswered/dismiss".to_owned(), json(dismissal)?).await
    }
}
