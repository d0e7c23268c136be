//! The contract of every database: all or nothing, serial, snapshot reads, unchanged texts.

use knock_model::{AnswerId, IdentifyPolicy, Millis, SiteId};
use knock_ports::{KnownAnswer, LeadFilter, Ledger, Site, Store, StoreError};
use knock_store::Scratch;
use std::panic::{AssertUnwindSafe, catch_unwind};

fn answer(number: usize, text: &str) -> KnownAnswer {
    let id = AnswerId::new(Millis(i64::try_from(number).expect("a small number")), &[0; 10]);
    KnownAnswer {
        id,
        site: SITE,
        question: text.into(),
        wordings: Vec::new(),
        answer: text.into(),
        updated_at: Millis(0),
    }
}

fn site(name: &str) -> Site {
    Site {
        id: SiteId(0),
        key: name.into(),
        name: name.into(),
        origins: vec![name.into()],
        base: String::new(),
        demo: false,
        categories: Vec::new(),
        identify: IdentifyPolicy::Open,
        identify_round: 1,
        removed_at: None,
    }
}

/// The site of the answers.
const SITE: SiteId = SiteId(1);

/// Adds one more answer to those that are known.
fn add(ledger: &mut dyn Ledger, text: &str) -> Result<(), StoreError> {
    let number = ledger.answers(SITE)?.len();
    ledger.save_answer(&answer(number, text))
}

fn known(store: &dyn Store) -> Vec<String> {
    let mut known = Vec::new();
    let read = store.read(&mut |view| {
        known = view.answers(SITE)?.into_iter().map(|answer| answer.question).collect();
        Ok(())
    });
    read.expect("it reads");
    known
}

#[test]
fn what_fails_or_panics_is_not_kept_and_the_next_write_is() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let failed = store.write(&mut |ledger| {
        add(ledger, "failed")?;
        Err(StoreError::Broken("refused".into()))
    });
    assert!(matches!(failed, Err(StoreError::Broken(reason)) if reason == "refused"));
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        store.write(&mut |ledger| {
            add(ledger, "panicked")?;
            panic!("a bug")
        })
    }));
    assert!(panicked.is_err());
    store.write(&mut |ledger| add(ledger, "good")).expect("written");
    assert_eq!(known(&*store), ["good"]);
}

#[test]
fn servers_that_share_a_database_overwrite_nothing_of_each_other() {
    let scratch = Scratch::new();
    let stores = [scratch.store(), scratch.store()];
    std::thread::scope(|scope| {
        for store in &stores {
            scope.spawn(|| (0..40).for_each(|_| store.write(&mut |ledger| add(ledger, "one")).expect("written")));
        }
    });
    assert_eq!(known(&*stores[0]).len(), 80);
}

#[test]
fn a_read_sees_one_instant() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let mut seen = Vec::new();
    let read = store.read(&mut |view| {
        seen.push(view.answers(SITE)?.len());
        store.write(&mut |ledger| add(ledger, "meanwhile"))?;
        seen.push(view.answers(SITE)?.len());
        Ok(())
    });
    read.expect("it reads");
    assert_eq!(seen, [0, 0]);
    assert_eq!(known(&*store), ["meanwhile"]);
}

#[test]
fn a_connection_that_ends_costs_nothing_that_was_written() {
    let scratch = Scratch::new();
    let store = scratch.store();
    store.write(&mut |ledger| add(ledger, "before")).expect("written");
    scratch.cut();
    store.write(&mut |ledger| add(ledger, "after")).expect("written");
    let mut is_cut = false;
    let written = store.write(&mut |ledger| {
        add(ledger, "during")?;
        if !std::mem::replace(&mut is_cut, true) {
            scratch.cut();
        }
        add(ledger, "then")
    });
    written.expect("written, at the second time");
    assert_eq!(known(&*store), ["before", "after", "during", "then"]);
}

#[test]
fn no_text_brings_nul_into_a_table_and_none_fails_by_it() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let written = store.write(&mut |ledger| {
        ledger.create_site(&site("\0Shop\0"), Millis(0))?;
        add(ledger, "a\0b")
    });
    written.expect("written");
    let read = store.read(&mut |view| {
        let sites = view.sites()?;
        assert_eq!((sites[0].name.as_str(), &sites[0].origins[..]), ("Shop", &["Shop".to_owned()][..]));
        assert_eq!(view.leads(&LeadFilter { search: "\0".into(), ..LeadFilter::default() }, None, 10)?, []);
        Ok(())
    });
    read.expect("it reads");
    assert_eq!(known(&*store), ["ab"]);
}

#[test]
fn texts_sort_by_their_bytes_and_are_found_by_any_case() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let link = |slug: &str| knock_ports::Link::new(slug, "", knock_routing::Funnel::Chat, "");
    let slugs = ["b", "a-c", "B", "ab", "_"];
    let written = store.write(&mut |ledger| slugs.iter().try_for_each(|slug| ledger.save_link(&link(slug), Millis(0))));
    written.expect("written");
    let read = store.read(&mut |view| {
        let sorted: Vec<_> = view.links()?.into_iter().map(|link| link.slug).collect();
        assert_eq!(sorted, ["B", "_", "a-c", "ab", "b"]);
        Ok(())
    });
    read.expect("it reads");
}

#[test]
fn the_footprint_is_reported() {
    let (empty, full) = (Scratch::new(), Scratch::new());
    let taken = |store: &dyn Store| {
        let footprint = store.footprint().expect("a footprint");
        footprint.data + footprint.log.unwrap_or_default()
    };
    let before = taken(&*empty.store());
    assert!(before > 0);
    let store = full.store();
    let long: String = (0..200_000).map(|number| format!("{number:x}")).collect();
    store.write(&mut |ledger| add(ledger, &long)).expect("written");
    let after = taken(&*store);
    assert!(after > before + 100_000, "{before} {after}");
}
