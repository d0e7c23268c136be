//! What the AI agent knows.

use crate::Shape;
use crate::made::AT;
use knock_model::{AnswerId, Millis, SourceId, SourceKind, SourceState};
use knock_wire::{
    FoundAnswer, FoundIn, KnowledgeList, KnowledgePassage, KnowledgeScore, KnowledgeSite, KnowledgeSites,
    KnowledgeSource, KnowledgeSourceDraft, KnowledgeSourceRecord, KnowledgeTried, KnowledgeTryAsk, KnownAnswer,
    KnownAnswerChange, KnownAnswerDraft, OfferedQuestion, SuggestedWording, TestResult, TestRun, TestRunAsk,
    TestSentence, TestSentenceDraft, TestSentenceList, TestSentencesDraft, WordingDraft,
};

const QUESTION: &str = "How long does onboarding take?";
const WORDING: &str = "When can we start?";
const ANSWER: &str = "Most teams are up and running within two weeks.";
const PAGE: &str = "https://www.acme.test/help";

pub(crate) fn shapes() -> Vec<Shape> {
    let sources = SourceKind::ALL.iter().map(|kind| source(*kind)).chain([failed()]).collect();
    let draft =
        KnownAnswerDraft { site: site(), question: QUESTION.into(), wordings: wordings(), answer: ANSWER.into() };
    let change = KnownAnswerChange { question: None, wordings: Some(wordings()), answer: Some(ANSWER.into()) };
    let source_draft =
        KnowledgeSourceDraft { site: site(), kind: SourceKind::Page.into(), address: "www.acme.test/help".into() };
    let question = FoundIn::Question { id: answer_id(), question: QUESTION.into() };
    let page = FoundIn::Page { title: "Help".into(), url: PAGE.into() };
    vec![
        Shape::of("knowledge_list", &KnowledgeList { answers: vec![answer()], sources, suggested: vec![suggested()] }),
        Shape::of(
            "knowledge_sites",
            &KnowledgeSites { sites: vec![KnowledgeSite { key: site(), name: "Acme".into(), is_demo: false }] },
        ),
        Shape::of("known_answer", &answer()),
        Shape::of("known_answer_draft", &draft),
        Shape::of("known_answer_change", &change),
        Shape::of("test_sentence_list", &test_sentences()),
        Shape::of("test_sentences_draft", &test_sentences_draft()),
        Shape::of("test_run_ask", &TestRunAsk { site: site() }),
        Shape::of("test_run", &test_run()),
        Shape::of("wording_draft", &WordingDraft { text: WORDING.into() }),
        Shape::of("knowledge_source", &source(SourceKind::Page)),
        Shape::of("knowledge_source_draft", &source_draft),
        Shape::of("knowledge_source_record", &record()),
        Shape::of("knowledge_try_ask", &try_ask(None)),
        Shape::of("knowledge_try_ask_language", &try_ask(Some("de"))),
        Shape::of("knowledge_tried_question", &tried(ANSWER, question.clone())),
        Shape::of("knowledge_tried_several", &several(question, page.clone())),
        Shape::of("knowledge_tried_page", &tried("Onboarding takes two weeks.", page)),
        Shape::of("knowledge_tried_offered", &offered()),
        Shape::of("knowledge_tried_act", &only_thanks()),
        Shape::of(
            "knowledge_tried_file",
            &tried("Onboarding takes two weeks.", FoundIn::File { name: "help.pdf".into() }),
        ),
        Shape::of(
            "knowledge_tried_nothing",
            &KnowledgeTried { why: "Nothing was close enough.".into(), ..KnowledgeTried::default() },
        ),
    ]
}

fn site() -> String {
    "sitekey".into()
}

fn answer_id() -> AnswerId {
    AnswerId::new(AT, &[1; 10])
}

fn answer() -> KnownAnswer {
    KnownAnswer {
        id: answer_id(),
        question: QUESTION.into(),
        wordings: wordings(),
        answer: ANSWER.into(),
        updated_at: AT,
    }
}

fn wordings() -> Vec<String> {
    vec![WORDING.into()]
}

fn suggested() -> SuggestedWording {
    SuggestedWording { answer: answer_id(), text: "onboarding time".into(), times: 3, last_at: AT }
}

fn source(kind: SourceKind) -> KnowledgeSource {
    let is_file = kind == SourceKind::File;
    let of_file = |text: &str| is_file.then(|| text.to_owned());
    KnowledgeSource {
        id: SourceId::new(AT, &[2; 10]),
        kind: kind.into(),
        address: (!is_file).then(|| PAGE.into()),
        name: of_file("help.pdf"),
        content_type: of_file("application/pdf"),
        bytes: is_file.then_some(48_213),
        state: SourceState::Ready.into(),
        passages: 12,
        last_read_at: Some(AT),
        next_read_at: (!is_file).then(|| AT + Millis::DAY),
        error: None,
        created_at: AT,
    }
}

fn failed() -> KnowledgeSource {
    KnowledgeSource {
        state: SourceState::Failed.into(),
        passages: 0,
        last_read_at: None,
        error: Some("The server answered 404".into()),
        ..source(SourceKind::Sitemap)
    }
}

fn record() -> KnowledgeSourceRecord {
    let passage = KnowledgePassage {
        position: 0,
        title: "Help".into(),
        heading: "Onboarding".into(),
        url: PAGE.into(),
        text: "Onboarding takes two weeks.".into(),
    };
    KnowledgeSourceRecord { source: source(SourceKind::Page), passages: vec![passage], next: Some(1) }
}

fn try_ask(language: Option<&str>) -> KnowledgeTryAsk {
    KnowledgeTryAsk { site: site(), question: "onboarding?".into(), language: language.map(str::to_owned) }
}

fn found(text: &str, source: FoundIn) -> FoundAnswer {
    FoundAnswer { text: text.into(), source, confidence: 83 }
}

fn tried(text: &str, source: FoundIn) -> KnowledgeTried {
    KnowledgeTried {
        found: Some(found(text, source.clone())),
        language: Some("en".into()),
        scores: vec![KnowledgeScore { source, score: 83, words: vec!["onboarding".into()] }],
        why: "Answered: the word 'onboarding' is the one that counts.".into(),
        ..KnowledgeTried::default()
    }
}

fn several(first: FoundIn, second: FoundIn) -> KnowledgeTried {
    KnowledgeTried {
        more: vec![found("Onboarding takes two weeks.", second)],
        act: Some("several_questions".into()),
        ..tried(ANSWER, first)
    }
}

fn offered() -> KnowledgeTried {
    KnowledgeTried {
        offered: vec![OfferedQuestion { id: answer_id(), question: QUESTION.into() }],
        why: "Offered: one question is close, but not close enough to answer.".into(),
        ..KnowledgeTried::default()
    }
}

fn only_thanks() -> KnowledgeTried {
    KnowledgeTried {
        act: Some("thanks".into()),
        language: Some("en".into()),
        why: "Not searched: the message only thanks.".into(),
        ..KnowledgeTried::default()
    }
}

const OUTCOME: &str = "Answer: \u{201c}How long does onboarding take?\u{201d}";

fn test_sentences() -> TestSentenceList {
    let accepted = TestSentence { text: WORDING.into(), accepted: Some(OUTCOME.into()), accepted_at: Some(AT) };
    let new = TestSentence { text: "hi".into(), accepted: None, accepted_at: None };
    TestSentenceList { sentences: vec![accepted, new] }
}

fn test_sentences_draft() -> TestSentencesDraft {
    let draft = |text: &str, accepted: Option<&str>| TestSentenceDraft {
        text: text.into(),
        accepted: accepted.map(str::to_owned),
    };
    TestSentencesDraft { sentences: vec![draft(WORDING, Some(OUTCOME)), draft("hi", None)] }
}

fn test_run() -> TestRun {
    let changed = TestResult {
        text: WORDING.into(),
        now: "No answer".into(),
        accepted: Some(OUTCOME.into()),
        accepted_at: Some(AT),
    };
    let new = TestResult { text: "hi".into(), now: "Act: greeting".into(), accepted: None, accepted_at: None };
    TestRun { results: vec![changed, new] }
}
