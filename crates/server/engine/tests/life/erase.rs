//! An erased person is deleted, and stays deleted; all others are unchanged.

use crate::audit::RECEIPT;
use crate::story::{Dump, Step, Story, steps};
use knock_engine::commands::{ErasePerson, Whose};
use knock_model::Millis;
use knock_store::{CATALOGUE, Erase, Kind, Owner, Table};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Whether an erasure rewrites rows of others too.
fn is_cut_anew(table: &Table) -> bool {
    let is_by_rule =
        matches!(table.erase, Erase::Recut | Erase::Disown | Erase::Redact | Erase::DeleteWithAccount | Erase::Recount);
    is_by_rule || table.owners.contains(&Owner::Subject)
}

/// The part of a row that does not change: a signal of another person loses the address that it names.
fn kept<'r>(table: &str, row: &'r str) -> &'r str {
    if table == "signals" { row.rsplit_once("|Text(").map_or(row, |(kept, _)| kept) } else { row }
}

fn dump(story: &Story) -> Dump {
    story.dump(|table| matches!(table.kind, Kind::Fact | Kind::Record | Kind::Derived))
}

fn lived(steps: &[Step]) -> Story {
    let mut story = Story::begin();
    steps.iter().for_each(|step| story.step(*step));
    story.fire();
    story
}

fn changed(story: &Story) -> u64 {
    let rebuilt = story.rebuild();
    [rebuilt.browsers, rebuilt.persons, rebuilt.chats, rebuilt.companies].map(|tally| tally.changed).iter().sum::<u64>()
        + rebuilt.leftovers
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_an_erased_person_is_left_and_others_are_untouched(steps in steps(4, 60), email in 0..4usize) {
        let mut story = lived(&steps);
        let before = dump(&story);
        let address = story.erase(email).1;
        let after = dump(&story);
        let rows: Vec<&String> = after.values().flatten().collect();
        prop_assert!(rows.iter().all(|row| !row.contains(&format!("\"email\":\"{address}\""))), "{rows:?}");
        prop_assert!(!after["leads"].iter().any(|row| row.contains(address)));
        for table in CATALOGUE.iter().filter(|table| after.contains_key(table.name) && !is_cut_anew(table)) {
            // All remaining rows existed before: no row of others was added or changed.
            let table = table.name;
            let known: BTreeSet<&str> = before[table].iter().map(|row| kept(table, row)).collect();
            prop_assert!(after[table].iter().all(|row| known.contains(kept(table, row))), "{table}");
        }
        let persons = |dump: &Dump| dump["leads"].len();
        let was_known = before["leads"].iter().any(|row| row.contains(address));
        prop_assert_eq!(persons(&before) - persons(&after), usize::from(was_known));
        prop_assert_eq!(changed(&story), 0);
    }

    #[test]
    fn resent_signals_restore_no_erased_person(steps in steps(4, 60), email in 0..4usize) {
        let mut story = lived(&steps);
        story.erase(email);
        let erased = dump(&story);
        for batch in &story.sent {
            story.commit(batch.clone());
        }
        prop_assert_eq!(dump(&story), erased);
    }

    #[test]
    fn life_goes_on_after_an_erasure(before in steps(4, 40), email in 0..4usize, after in steps(4, 40)) {
        let mut story = lived(&before);
        story.erase(email);
        after.iter().for_each(|step| story.step(*step));
        story.fire();
        prop_assert_eq!(changed(&story), 0);
        story.erase(email);
        prop_assert_eq!(changed(&story), 0);
    }
}

#[test]
fn who_comes_back_is_known_from_then_on_and_nothing_of_before() {
    let mut story = lived(&[Step::Signals { visitor: 0, kind: 3, category: 1, age: 0, email: 0 }]);
    let erased = story.erase(0).0.expect("known");
    assert_eq!((erased.browsers, erased.signals), (1, 2));
    assert_eq!(story.erase(0).0, None);
    for (kind, age) in [(0, 0), (3, 0)] {
        story.step(Step::Wait { ms: 60_000, is_fired: true });
        story.step(Step::Signals { visitor: 0, kind, category: 1, age, email: 0 });
    }
    assert_eq!(story.scratch.rows("leads").len(), 1);
    assert_eq!(story.scratch.rows("signals").len(), 4);
    assert_eq!(story.erase(0).0.expect("known").signals, 4);
}

#[test]
fn a_lead_without_an_address_is_erased_by_their_record_and_others_stay() {
    let mut story =
        lived(&[Step::Signals { visitor: 1, kind: 3, category: 1, age: 0, email: 0 }, Step::Open { visitor: 0 }]);
    story.write(0, "We need a quote");
    let lead = |story: &Story| {
        let conversation = story.conversations[&0];
        let mut found = None;
        let read = story.store().read(&mut |view| {
            found = view.conversation(conversation)?.map(|conversation| conversation.lead);
            Ok(())
        });
        read.expect("it is read");
        found
    };
    let nameless = lead(&story).expect("a lead");
    story.now = story.now + Millis(1);
    let erase = |story: &Story| {
        let (whose, naming, receipt) = (Whose::Lead(nameless), Vec::new(), RECEIPT.to_owned());
        story.change(ErasePerson { whose, naming, receipt, now: story.now })
    };
    let erased = erase(&story).expect("known");
    assert_eq!((erased.conversations, erased.browsers), (1, 1));
    assert_eq!((lead(&story), erase(&story)), (None, None));
    assert_eq!(story.scratch.rows("leads").len(), 1, "the other stays");
    assert_eq!(changed(&story), 0);
}
