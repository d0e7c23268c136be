//! Where a workspace is and with which key; what waits in its outbox can be discarded.

use knock_model::{Destination, DestinationKind, EventType, Millis, WebhookId};
use knock_ports::{Completion, Effect, NewDelivery, OutboxCounts, Store};
use knock_store::{PostgresStore, Scratch};
use std::sync::Arc;

const TO: Destination = Destination::webhook(WebhookId::from_bytes([9; 16]));
const NOW: Millis = Millis(1_795_163_907_123);

/// The stored place and the stored fingerprint.
fn stored(store: &Arc<dyn Store>) -> (Option<String>, Option<String>) {
    let mut found = (None, None);
    let read = store.read(&mut |view| {
        found = (view.place()?, view.key_fingerprint()?);
        Ok(())
    });
    read.expect("it is read");
    found
}

#[test]
fn the_place_and_the_key_of_a_workspace_are_kept_and_replaced() {
    let scratch = Scratch::new();
    let store = scratch.store();
    assert_eq!(stored(&store), (None, None));
    for place in ["here", "there"] {
        let written = store.write(&mut |ledger| {
            ledger.save_place(place)?;
            ledger.save_key_fingerprint(&format!("key of {place}"))?;
            assert_eq!(ledger.place()?.as_deref(), Some(place), "it is read where it is written");
            Ok(())
        });
        written.expect("it is kept");
        assert_eq!(stored(&store), (Some(place.to_owned()), Some(format!("key of {place}"))));
    }
}

#[test]
fn deliveries_that_wait_or_are_under_way_are_discarded_and_ended_ones_stay() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (mut discarded, mut counts, mut all) = (0, Vec::new(), 0);
    let written = store.write(&mut |ledger| {
        for key in [[1; 16], [1; 16], [2; 16], [3; 16]] {
            let effect = Effect { kind: EventType::WebhookTest.into(), data: "{}".to_owned(), at: NOW };
            ledger.enqueue(&NewDelivery { to: TO, effect, lead: None, ordering_key: key, stored_at: NOW })?;
        }
        // One of the first key waits behind the other, one is done, one is under way.
        let claimed = ledger.claim(TO, NOW, NOW + Millis::MINUTE, Millis::DAY, 3)?;
        let done = claimed.last().expect("three are due");
        ledger.complete_attempt(done.number, done.attempts, &Completion::Delivered, "200", NOW)?;
        discarded = ledger.discard_waiting()?;
        counts = ledger.outbox_totals()?;
        all = ledger.deliveries(TO, i64::MAX, 10)?.len();
        Ok(())
    });
    written.expect("it is done");
    assert_eq!((discarded, all), (3, 1));
    let none = OutboxCounts { waiting: 0, parked: 0 };
    assert!(counts.contains(&(DestinationKind::Webhook, none)), "{counts:?}");
}

#[test]
fn a_postgresql_database_has_an_identity_and_tables_once_it_was_opened() {
    let scratch = Scratch::bare();
    if !scratch.is_postgres() {
        return;
    }
    assert!(!PostgresStore::has_tables(scratch.database()).expect("it answers"));
    let of = || PostgresStore::open(scratch.database()).expect("it opens").identity().expect("it has one");
    let identity = of();
    assert!(identity.contains(" database "), "{identity}");
    assert_eq!(of(), identity);
    assert!(PostgresStore::has_tables(scratch.database()).expect("it answers"));
}
