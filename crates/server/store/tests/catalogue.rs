//! The catalogue says of every table of the schema what it holds and whose, and its rules fit together.

use knock_store::{CATALOGUE, Erase, Leftovers, Merge, Owner, Scratch, Table};
use std::collections::BTreeSet;

/// Columns that say whose a row is, wherever they stand.
const TELLING: [&str; 5] = ["lead", "account", "visitor", "conversation", "member"];

/// The columns by which a row is an owner's.
fn columns(owner: Owner) -> Vec<&'static str> {
    match owner {
        Owner::Lead(column)
        | Owner::Account(column)
        | Owner::Conversation(column)
        | Owner::Meeting(column)
        | Owner::Reservation(column)
        | Owner::Run(column)
        | Owner::Member(column) => vec![column],
        Owner::Browser | Owner::Visitor => vec!["site", "visitor"],
        Owner::Subject => vec!["kind", "subject"],
    }
}

fn expected(scratch: &Scratch) -> Vec<&'static Table> {
    CATALOGUE.iter().filter(|table| scratch.is_postgres() || !table.is_only_in_postgres).collect()
}

#[test]
fn every_table_is_classified_once_and_every_classified_table_exists() {
    let scratch = Scratch::new();
    drop(scratch.store());
    let stored: BTreeSet<String> = scratch.columns().into_iter().map(|column| column.table).collect();
    let classified = expected(&scratch);
    let names: BTreeSet<String> = classified.iter().map(|table| table.name.to_owned()).collect();
    assert_eq!(names, stored, "each table needs a line in crates/server/store/src/sql/catalogue.rs");
    assert_eq!(names.len(), classified.len());
}

#[test]
fn columns_that_say_whose_a_row_is_are_claimed_and_exist() {
    let scratch = Scratch::new();
    drop(scratch.store());
    let stored = scratch.columns();
    for table in expected(&scratch) {
        let named: BTreeSet<&str> = table.owners.iter().flat_map(|owner| columns(*owner)).collect();
        let here = stored.iter().filter(|column| column.table == table.name);
        let here: BTreeSet<&str> = here.map(|column| column.name.as_str()).collect();
        assert!(named.is_subset(&here), "{} has {here:?}, not {named:?}", table.name);
        let telling: BTreeSet<&str> = TELLING.into_iter().filter(|column| here.contains(column)).collect();
        assert!(telling.is_subset(&named), "of {} is known {named:?}, not {telling:?}", table.name);
    }
}

#[test]
fn columns_that_the_database_numbers_are_known() {
    let scratch = Scratch::new();
    drop(scratch.store());
    let stored = scratch.columns().into_iter().filter(|column| column.is_serial);
    let stored: BTreeSet<_> = stored.map(|column| (column.table, column.name)).collect();
    let known = expected(&scratch).into_iter();
    let known = known.filter_map(|table| Some((table.name.to_owned(), table.serial?.to_owned()))).collect();
    assert_eq!(stored, known);
}

#[test]
fn rows_of_a_lead_have_a_rule_for_its_merge_and_its_erasure() {
    for table @ Table { name, owners, merge, erase, leftovers, .. } in CATALOGUE {
        let is_leads = owners.iter().any(|owner| !matches!(owner, Owner::Member(_)));
        assert!(!is_leads || *erase != Erase::Keep, "{name} keeps what it has of an erased lead");
        assert!(*erase != Erase::Delete || table.of_lead().is_some(), "{name} does not tell whose rows to delete");
        let names_lead = owners.iter().any(|owner| matches!(owner, Owner::Lead(_) | Owner::Subject));
        assert_eq!(*merge != Merge::Keep, names_lead, "{name} and a merge");
        let is_moved = matches!(merge, Merge::Move | Merge::MoveIfNone | Merge::Unite(_));
        assert!(!is_moved || owners.first() == Some(&Owner::Lead("lead")), "{name} is moved by its column lead");
        let is_orphaned = matches!(owners.first(), Some(Owner::Lead(_) | Owner::Account(_) | Owner::Subject));
        assert!(*leftovers != Leftovers::Drop || is_orphaned, "{name} has no left-overs");
    }
}

#[test]
fn an_erasure_deletes_conversations_after_what_hangs_on_them_and_counts_after_all() {
    let place = |name: &str| CATALOGUE.iter().position(|table| table.name == name).expect("it is there");
    for (at, table) in CATALOGUE.iter().enumerate() {
        let hangs_on_one = matches!(table.owners.first(), Some(Owner::Conversation(_)));
        assert!(!hangs_on_one || at < place("conversations"), "{}", table.name);
        assert!(table.erase != Erase::Recount || at > place("decisions"), "{}", table.name);
    }
}
