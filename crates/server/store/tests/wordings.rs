//! Other wordings of known questions: kept, suggested, counted, gone with their question.

use knock_model::{AnswerId, LeadId, Millis, SiteId};
use knock_ports::{KnownAnswer, Ledger, Store, StoreError, SuggestedWording, View};
use knock_store::Scratch;
use std::sync::Arc;

const SITE: SiteId = SiteId(1);
const ANN: LeadId = LeadId::from_bytes([1; 16]);
const BOB: LeadId = LeadId::from_bytes([2; 16]);

fn answer(number: u8, wordings: &[&str]) -> KnownAnswer {
    KnownAnswer {
        id: AnswerId::new(Millis(i64::from(number)), &[number; 10]),
        site: SITE,
        question: "Do you ship to Norway?".into(),
        wordings: wordings.iter().map(|text| (*text).to_owned()).collect(),
        answer: "Yes.".into(),
        updated_at: Millis(1),
    }
}

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is kept");
}

fn read<T>(store: &Arc<dyn Store>, query: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    let read = store.read(&mut |view| {
        found = Some(query(view)?);
        Ok(())
    });
    read.expect("it is read");
    found.expect("it was found")
}

fn suggested(store: &Arc<dyn Store>) -> Vec<SuggestedWording> {
    read(store, |view| view.suggested_wordings(SITE))
}

#[test]
fn wordings_are_read_as_they_were_saved() {
    let scratch = Scratch::new();
    let store = scratch.store();
    for wordings in [&["Oslo?", "\"Norge\", \u{e5}?"][..], &["Fjord?"], &[]] {
        let answer = answer(1, wordings);
        write(&store, |ledger| ledger.save_answer(&answer));
        assert_eq!(read(&store, |view| view.known_answer(answer.id)), Some(answer.clone()));
        assert_eq!(read(&store, |view| view.answers(SITE)), [answer]);
    }
}

#[test]
fn suggestions_are_counted_and_listed_by_their_number() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (first, second) = (answer(1, &[]), answer(2, &[]));
    write(&store, |ledger| {
        ledger.save_answer(&first)?;
        ledger.save_answer(&second)?;
        ledger.suggest_wording(first.id, "Oslo?", ANN, Millis(5))?;
        ledger.suggest_wording(second.id, "Bergen?", ANN, Millis(6))?;
        ledger.suggest_wording(second.id, "Bergen?", BOB, Millis(7))
    });
    let of = |answer: &KnownAnswer, text: &str, times, lead, at| SuggestedWording {
        answer: answer.id,
        text: text.into(),
        times,
        lead,
        at: Millis(at),
    };
    assert_eq!(suggested(&store), [of(&second, "Bergen?", 2, BOB, 7), of(&first, "Oslo?", 1, ANN, 5)]);
    assert_eq!(read(&store, |view| view.suggested_wordings(SiteId(2))), []);
    assert_eq!(read(&store, |view| view.suggested_wordings_of(ANN)), [of(&first, "Oslo?", 1, ANN, 5)]);
    write(&store, |ledger| {
        assert!(ledger.drop_suggested_wording(first.id, "Oslo?")?);
        assert!(!ledger.drop_suggested_wording(first.id, "Oslo?")?, "it is gone");
        assert!(!ledger.drop_suggested_wording(first.id, "Bergen?")?, "it is of the other question");
        ledger.drop_answer(second.id).map(drop)
    });
    assert_eq!(suggested(&store), []);
}

#[test]
fn a_question_has_at_most_a_hundred_suggestions_and_known_ones_are_counted_further() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let known = answer(1, &[]);
    write(&store, |ledger| {
        ledger.save_answer(&known)?;
        for number in 0..100 {
            ledger.suggest_wording(known.id, &format!("wording {number}"), ANN, Millis(1))?;
        }
        ledger.suggest_wording(known.id, "one more", ANN, Millis(2))?;
        ledger.suggest_wording(known.id, "wording 7", ANN, Millis(3))
    });
    let all = suggested(&store);
    assert_eq!((all.len(), all[0].text.as_str(), all[0].times), (100, "wording 7", 2));
}
