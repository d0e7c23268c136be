//! The index has the stored version, whichever server changed it.

use knock_agent::{Language, understand};
use knock_knowledge::Knowledge;
use knock_model::{AnswerId, Millis, SiteId};
use knock_ports::{FoundIn, KnownAnswer, Ledger, Store, StoreError};
use knock_store::Scratch;
use std::sync::Arc;

fn answer(site: SiteId, number: i64, question: &str) -> KnownAnswer {
    let id = AnswerId::new(Millis(number), &[0; 10]);
    KnownAnswer {
        id,
        site,
        question: question.into(),
        wordings: Vec::new(),
        answer: format!("answer {number}"),
        updated_at: Millis(0),
    }
}

fn save(store: &dyn Store, answer: &KnownAnswer) {
    let save = |ledger: &mut dyn Ledger| {
        ledger.save_answer(answer)?;
        ledger.raise_knowledge_version(answer.site)
    };
    store.write(&mut |ledger| save(ledger)).expect("it is stored");
}

fn found(knowledge: &Knowledge, site: SiteId) -> Option<String> {
    let found = knowledge.consult(site, "Do you ship to Norway?", Language::En).expect("it is read");
    found.found.into_iter().next().map(|found| found.text)
}

const QUESTION: &str = "Do you ship to Norway?";
const SITE: SiteId = SiteId(1);
const OTHER: SiteId = SiteId(2);

#[test]
fn what_another_server_stored_is_found_at_once_and_what_it_deleted_is_not() {
    let scratch = Scratch::new();
    let (store, other) = (scratch.store(), scratch.store());
    let knowledge = Knowledge::new(Arc::clone(&store));
    assert_eq!(found(&knowledge, SITE), None);
    save(&*other, &answer(SITE, 1, "Do you ship to Norway?"));
    assert_eq!(found(&knowledge.clone(), SITE).as_deref(), Some("answer 1"));
    assert_eq!(found(&knowledge, OTHER), None, "it is of one site alone");
    save(&*other, &KnownAnswer { answer: "changed".into(), ..answer(SITE, 1, "Do you ship to Norway?") });
    assert_eq!(found(&knowledge, SITE).as_deref(), Some("changed"));
    let dropped = other.write(&mut |ledger| {
        ledger.drop_knowledge(SITE)?;
        ledger.raise_knowledge_version(SITE)
    });
    dropped.expect("it is stored");
    assert_eq!(found(&knowledge, SITE), None);
}

#[test]
fn a_snapshot_of_before_finds_what_was_known_before() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let knowledge = Knowledge::new(Arc::clone(&store));
    save(&*store, &answer(SITE, 1, "Do you ship to Norway?"));
    let mut seen = Vec::new();
    let read = store.read(&mut |view| {
        let find = |seen: &mut Vec<String>| -> Result<(), StoreError> {
            let found = knowledge.consult_in(view, SITE, QUESTION, &understand(QUESTION), Language::En)?.found;
            seen.extend(found.into_iter().map(|found| found.text));
            Ok(())
        };
        find(&mut seen)?;
        save(&*store, &KnownAnswer { answer: "later".into(), ..answer(SITE, 1, "Do you ship to Norway?") });
        seen.extend(found(&knowledge, SITE));
        find(&mut seen)
    });
    read.expect("it is read");
    assert_eq!(seen, ["answer 1", "later", "answer 1"]);
    assert_eq!(found(&knowledge, SITE).as_deref(), Some("later"));
}

#[test]
fn of_equal_answers_the_one_that_was_added_first_is_found() {
    let scratch = Scratch::new();
    let store = scratch.store();
    for number in [3, 1, 2] {
        save(&*store, &answer(SITE, number, "Do you ship to Norway?"));
    }
    for _ in 0..5 {
        let knowledge = Knowledge::new(Arc::clone(&store));
        let found = knowledge.consult(SITE, "ship to norway", Language::De).expect("it is read").found;
        let found = found.into_iter().next().expect("an answer");
        assert_eq!((found.text.as_str(), found.confidence), ("answer 1", 99), "not all its words");
        assert!(matches!(found.source, FoundIn::Question { id, .. } if id == answer(SITE, 1, "").id));
    }
}
