//! Test sentences: kept in order, replaced as a whole, gone with their site's knowledge.

use knock_model::{Millis, SiteId};
use knock_ports::{Ledger, Store, StoreError, TestSentence};
use knock_store::Scratch;
use std::sync::Arc;

fn sentence(text: &str, accepted: &str) -> TestSentence {
    let accepted_at = (!accepted.is_empty()).then_some(Millis(7));
    TestSentence { text: text.into(), accepted: accepted.into(), accepted_at }
}

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is kept");
}

fn of(store: &Arc<dyn Store>, site: i64) -> Vec<TestSentence> {
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        found = view.test_sentences(SiteId(site))?;
        Ok(())
    });
    read.expect("it is read");
    found
}

#[test]
fn sentences_of_a_site_are_read_in_their_order_until_its_knowledge_goes() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let first = [sentence("where is my parcel?", "Page: Shipping"), sentence("\u{e5} \"hi\"", "")];
    let other = [sentence("hi", "Act: greeting")];
    write(&store, |ledger| {
        ledger.save_test_sentences(SiteId(1), &first)?;
        ledger.save_test_sentences(SiteId(2), &other)
    });
    assert_eq!((of(&store, 1), of(&store, 2)), (first.to_vec(), other.to_vec()));
    let turned = [first[1].clone(), first[0].clone(), sentence("bye", "")];
    write(&store, |ledger| ledger.save_test_sentences(SiteId(1), &turned));
    assert_eq!(of(&store, 1), turned);
    write(&store, |ledger| ledger.drop_knowledge(SiteId(1)));
    assert_eq!((of(&store, 1), of(&store, 2)), (Vec::new(), other.to_vec()));
}
