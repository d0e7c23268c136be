//! Destinations: kept with their events and the sites to which they are limited, and found by an event.

use knock_model::{AccountId, Destination, EventType, LeadId, Millis, SiteId, WebhookId};
use knock_ports::{Effect, Endpoint, Ledger, NewDelivery, Store, StoreError, Subscriber, View};
use knock_store::Scratch;
use std::sync::Arc;

fn endpoint(number: u8, sites: &[i64], is_active: bool) -> Endpoint {
    Endpoint {
        destination: Destination::webhook(WebhookId::from_bytes([number; 16])),
        settings: "{}".to_owned(),
        events: vec![EventType::MeetingBooked, EventType::MessageCreated],
        sites: sites.iter().copied().map(SiteId).collect(),
        is_active,
        why_stopped: String::new(),
        created_at: Millis(i64::from(number)),
    }
}

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is kept");
}

fn read<T>(store: &Arc<dyn Store>, work: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    let read = store.read(&mut |view| {
        found = Some(work(view)?);
        Ok(())
    });
    read.expect("it is read");
    found.expect("something")
}

fn subscribers(store: &Arc<dyn Store>, event: EventType) -> Vec<Subscriber> {
    read(store, |view| view.subscribers(event))
}

#[test]
fn a_destination_keeps_its_sites_and_a_subscriber_has_them() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let all = [endpoint(1, &[], true), endpoint(2, &[3, 1], true), endpoint(3, &[1], false)];
    write(&store, |ledger| all.iter().try_for_each(|one| ledger.save_endpoint(one)));
    assert_eq!(read(&store, |view| view.endpoints(None)), all);
    let limited = |number: usize| {
        let Endpoint { destination, sites, .. } = all[number].clone();
        Subscriber { destination, sites }
    };
    assert_eq!(subscribers(&store, EventType::MeetingBooked), [limited(0), limited(1)], "in the order of creation");
    assert_eq!(subscribers(&store, EventType::LinkClicked), []);

    let widened = endpoint(2, &[], true);
    write(&store, |ledger| ledger.save_endpoint(&widened));
    let sites: Vec<_> = subscribers(&store, EventType::MessageCreated).into_iter().map(|known| known.sites).collect();
    assert_eq!(sites, [Vec::new(), Vec::new()]);
}

#[test]
fn deliveries_about_a_company_go_with_it_and_no_others() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let Endpoint { destination: to, .. } = endpoint(1, &[], true);
    let delivery = |key: [u8; 16], lead: Option<LeadId>| {
        let effect = Effect { kind: EventType::AccountChanged.into(), data: "{}".to_owned(), at: Millis(1) };
        NewDelivery { to, effect, lead, ordering_key: key, stored_at: Millis(1) }
    };
    let (company, other, lead) = (AccountId::new([5; 16]), AccountId::new([6; 16]), LeadId::new([7; 16]));
    write(&store, |ledger| {
        ledger.save_endpoint(&endpoint(1, &[], true))?;
        ledger.enqueue(&delivery(*company.as_bytes(), None))?;
        ledger.enqueue(&delivery(*company.as_bytes(), None))?;
        ledger.enqueue(&delivery(*other.as_bytes(), None))?;
        ledger.enqueue(&delivery(*lead.as_bytes(), Some(lead)))
    });
    write(&store, |ledger| ledger.erase_account(company));
    let left: Vec<i64> = read(&store, |view| view.deliveries(to, i64::MAX, 10)).iter().map(|one| one.number).collect();
    assert_eq!(left, [4, 3]);
}
