//! Contacts merged by hand: rows change their owner, and an undo gives each back, on every database.

use knock_identity::Claim;
use knock_model::{Email, LeadId, Millis, SignalId, SiteId, VisitorId};
use knock_ports::{ContactMerge, Ledger, Store, StoreError};
use knock_store::Scratch;

const SITE: SiteId = SiteId(1);

fn lead(number: u8) -> LeadId {
    LeadId::new([number; 16])
}

fn visitor(number: u8) -> VisitorId {
    VisitorId::new(Millis(1), &[number; 10])
}

fn merge(stays: u8, goes: u8) -> ContactMerge {
    let address = format!("lead{goes}@a.example");
    ContactMerge {
        id: SignalId::new(Millis(i64::from(goes)), &[goes; 10]),
        lead: lead(stays),
        former: lead(goes),
        name: address.clone(),
        email: Some(Email::parse(&address).expect("an address")),
        member: None,
        at: Millis(i64::from(goes)),
    }
}

/// Claims of three contacts, each of a browser of its own.
fn claimed(ledger: &mut dyn Ledger) -> Result<(), StoreError> {
    for number in 1..=3 {
        let cause = SignalId::new(Millis(5), &[number; 10]);
        ledger.append_claim(SITE, visitor(number), Claim { cause, at: Millis(5), lead: lead(number) })?;
    }
    Ok(())
}

/// The contacts that have the three claims.
fn owners(store: &dyn Store) -> Vec<LeadId> {
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        for number in 1..=3 {
            found.extend(view.claims(visitor(number))?.into_iter().map(|claim| claim.lead));
        }
        Ok(())
    });
    read.expect("it reads");
    found
}

#[test]
fn what_moved_is_given_back_and_nothing_else() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let write = |work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>| store.write(work).expect("written");
    write(&mut |ledger| claimed(ledger));
    write(&mut |ledger| {
        ledger.merge_contacts(&merge(2, 3))?;
        ledger.close_contact_merge(&merge(2, 3))
    });
    assert_eq!(owners(&*store), [1, 2, 2].map(lead));
    write(&mut |ledger| {
        ledger.merge_contacts(&merge(1, 2))?;
        ledger.close_contact_merge(&merge(1, 2))
    });
    assert_eq!(owners(&*store), [1, 1, 1].map(lead));
    store
        .read(&mut |view| {
            let found: Vec<_> = view.contact_merges(lead(1))?.into_iter().map(|merge| merge.former).collect();
            assert_eq!(found, [3, 2].map(lead), "also the merges of the former");
            for number in [2, 3] {
                assert_eq!(view.merged_into(lead(number))?, lead(1), "a link to the former goes on");
            }
            assert!(view.is_as_merged(&ContactMerge { lead: lead(1), ..merge(1, 2) })?);
            Ok(())
        })
        .expect("it reads");
    write(&mut |ledger| ledger.undo_contact_merge(&merge(1, 2)));
    assert_eq!(owners(&*store), [1, 2, 2].map(lead));
    write(&mut |ledger| ledger.undo_contact_merge(&merge(2, 3)));
    assert_eq!(owners(&*store), [1, 2, 3].map(lead));
    store
        .read(&mut |view| {
            assert_eq!(view.contact_merges(lead(1))?, []);
            assert_eq!(view.merged_into(lead(3))?, lead(3));
            Ok(())
        })
        .expect("it reads");
}

#[test]
fn another_fact_is_seen() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let merged = store.write(&mut |ledger| {
        claimed(ledger)?;
        ledger.merge_contacts(&merge(1, 2))?;
        ledger.close_contact_merge(&merge(1, 2))?;
        assert!(ledger.is_as_merged(&merge(1, 2))?);
        let cause = SignalId::new(Millis(9), &[9; 10]);
        ledger.append_claim(SITE, visitor(9), Claim { cause, at: Millis(9), lead: lead(1) })?;
        assert!(!ledger.is_as_merged(&merge(1, 2))?);
        Ok(())
    });
    merged.expect("written");
}
