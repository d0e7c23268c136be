//! The order of chats in a view.

use knock_model::{Bucket, Millis};
use knock_status::chat::{InboxOrder, InboxView, Urgency};
use std::collections::BTreeSet;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60;

fn waits(minutes: i64, score: Bucket) -> Urgency {
    Urgency::of(Some(Millis(1_795_000_000_000 - minutes * MINUTE)), Some(score), Millis(0))
}

fn active(at: i64) -> Urgency {
    Urgency::of(None, Some(Bucket::High), Millis(at))
}

#[test]
fn a_score_is_worth_some_hours_of_waiting() {
    assert!(waits(5, Bucket::Low) < waits(4, Bucket::Low));
    assert!(waits(1, Bucket::High) < waits(24 * HOUR, Bucket::Low));
    assert!(waits(24 * HOUR + 1, Bucket::Low) < waits(0, Bucket::High));
    assert!(waits(1, Bucket::Medium) < waits(4 * HOUR, Bucket::Low));
    assert!(waits(4 * HOUR + 1, Bucket::Low) < waits(0, Bucket::Medium));
    assert!(waits(1, Bucket::High) < waits(20 * HOUR, Bucket::Medium));
    assert_eq!(
        Urgency::of(Some(Millis(7)), None, Millis(1)),
        Urgency::of(Some(Millis(7)), Some(Bucket::Low), Millis(2))
    );
}

#[test]
fn an_order_weighs_the_score_the_wait_or_the_last_activity_alone() {
    let (since, later) = (Some(Millis(1_000)), Some(Millis(1_001)));
    let place = |order: InboxOrder, waits, score, active_at| order.place(waits, Some(score), Millis(active_at));
    for (order, high_first) in [(InboxOrder::Urgent, true), (InboxOrder::Waiting, false)] {
        let (low, high) = (place(order, since, Bucket::Low, 1), place(order, later, Bucket::High, 1));
        assert_eq!(high < low, high_first, "{order:?}");
        assert!(high.max(low) < place(order, None, Bucket::High, 1 << 50), "{order:?}");
    }
    let active = |waits, score, at| place(InboxOrder::Active, waits, score, at);
    assert!(active(None, Bucket::Low, 2) < active(since, Bucket::High, 1));
    assert_eq!(active(since, Bucket::High, 3), active(None, Bucket::Low, 3));
    assert_eq!(active(since, Bucket::High, 3).active_at(), Some(Millis(3)));
}

#[test]
fn who_does_not_wait_comes_after_all_who_do_last_active_first() {
    assert!(waits(0, Bucket::Low) < active(1 << 50));
    assert!(active(2) < active(1));
    assert_eq!((active(7).active_at(), waits(1, Bucket::Low).active_at()), (Some(Millis(7)), None));
    assert_eq!(Urgency::FIRST.active_at(), None);
}

#[test]
fn every_folder_has_a_view_of_all_its_chats() {
    let folders: BTreeSet<&str> = InboxView::ALL.iter().map(|view| view.folder().as_str()).collect();
    let views: BTreeSet<&str> = InboxView::ALL.iter().map(|view| view.as_str()).collect();
    assert_eq!(folders.len(), 6);
    assert!(folders.is_subset(&views));
}
