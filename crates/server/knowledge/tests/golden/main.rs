//! Golden questions: a small handbook and the team's answers in each language, and the result of each question. A
//! changed rule shows here as another answer.

use knock_agent::Language;
use knock_knowledge::{Knowledge, read_document};
use knock_model::{AnswerId, Millis, SiteId, SourceId, SourceKind, SourceState};
use knock_ports::{Found, FoundIn, KnowledgeSource, KnownAnswer, Store, StoreError};
use knock_store::Scratch;
use std::sync::Arc;

const SITE: SiteId = SiteId(1);

/// The handbook, and the team's answers with the questions.
const GOLDEN: [(Language, &str, &str); 4] = [
    (Language::En, include_str!("en.md"), include_str!("en.txt")),
    (Language::De, include_str!("de.md"), include_str!("de.txt")),
    (Language::Fr, include_str!("fr.md"), include_str!("fr.txt")),
    (Language::Es, include_str!("es.md"), include_str!("es.txt")),
];

fn source(number: i64, name: &str) -> KnowledgeSource {
    KnowledgeSource {
        id: SourceId::new(Millis(number), &[0; 10]),
        site: SITE,
        kind: SourceKind::File,
        name: name.into(),
        content_type: "text/markdown".into(),
        bytes: 1,
        state: SourceState::Ready,
        passages: 0,
        last_read_at: None,
        due_at: None,
        error: String::new(),
        failures: 0,
        claim: 0,
        created_at: Millis(0),
    }
}

/// Stores a handbook and the answers of a file; returns the questions with the expected result of each.
fn learn(store: &dyn Store, number: i64, handbook: &str, file: &'static str) -> Vec<(&'static str, &'static str)> {
    let passages = read_document(handbook.as_bytes(), "", "").expect("a handbook").passages;
    assert_eq!(passages.len(), 20, "one a heading");
    let lines: Vec<&str> = file.lines().collect();
    let pairs = lines.windows(2).filter_map(|pair| Some((pair[0].strip_prefix("? ")?, pair[1].strip_prefix("= ")?)));
    let answers: Vec<KnownAnswer> = (number * 1_000..)
        .zip(pairs)
        .map(|(id, (question, answer))| KnownAnswer {
            id: AnswerId::new(Millis(id), &[0; 10]),
            site: SITE,
            question: question.into(),
            wordings: Vec::new(),
            answer: answer.into(),
            updated_at: Millis(0),
        })
        .collect();
    assert_eq!(answers.len(), 12);
    let write = |ledger: &mut dyn knock_ports::Ledger| -> Result<(), StoreError> {
        let source = source(number, "handbook.md");
        ledger.save_source(&source)?;
        ledger.save_passages(source.id, &passages)?;
        answers.iter().try_for_each(|answer| ledger.save_answer(answer))?;
        ledger.raise_knowledge_version(SITE)
    };
    store.write(&mut |ledger| write(ledger)).expect("it is stored");
    lines.into_iter().filter_map(|line| line.strip_prefix("> ")?.split_once(" => ")).collect()
}

/// The found answer, in the notation of the files.
fn named(found: Option<&Found>, handbook: &str) -> String {
    match found {
        None => "-".into(),
        Some(Found { source: FoundIn::Question { question, .. }, .. }) => format!("? {question}"),
        Some(Found { source: FoundIn::File { .. }, text, .. }) => {
            // The heading above the excerpt's first sentence.
            let first = text.split(['.', '?']).next().unwrap_or_default();
            let above = handbook.find(first).and_then(|at| handbook[..at].rsplit_once("## "));
            above.and_then(|(_, rest)| rest.lines().next()).unwrap_or(text).into()
        }
        Some(found) => format!("{:?}", found.source),
    }
}

fn check(knowledge: &Knowledge, language: Language, handbook: &str, questions: &[(&str, &str)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (question, expected) in questions {
        let found = knowledge.consult(SITE, question, language).expect("it is found").found.into_iter().next();
        assert!(found.iter().all(|found| found.confidence <= 100 && found.text.chars().count() <= 300), "{found:?}");
        let name = named(found.as_ref(), handbook);
        if name != *expected {
            let confidence = found.map(|found| found.confidence);
            wrong.push(format!("{}: {question}: {name} ({confidence:?}), expected {expected}", language.as_str()));
        }
    }
    wrong
}

#[test]
fn each_question_finds_its_answer_or_nothing() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (language, handbook, file) in GOLDEN {
        let scratch = Scratch::new();
        let store = scratch.store();
        let questions = learn(&*store, 1, handbook, file);
        count += questions.len();
        wrong.extend(check(&Knowledge::new(Arc::clone(&store)), language, handbook, &questions));
    }
    assert!(count >= 120, "{count} questions");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn other_languages_beside_change_no_answer() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let all: Vec<_> =
        (1..).zip(GOLDEN).map(|(number, (_, handbook, file))| learn(&*store, number, handbook, file)).collect();
    let knowledge = Knowledge::new(Arc::clone(&store));
    let mut wrong = Vec::new();
    for ((language, handbook, _), questions) in GOLDEN.into_iter().zip(all) {
        // Knowledge missing in one language may exist in another one.
        let clear: Vec<_> = questions.into_iter().filter(|(_, expected)| *expected != "-").collect();
        wrong.extend(check(&knowledge, language, handbook, &clear));
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
