//! The order of chats in a view.

use knock_model::{Bucket, Millis};
use knock_status::chat::{InboxView, Urgency};
use std::collections::BTreeSet;

const MINUTE: i64 = 60_000;

fn waits(minutes: i64, score: Bucket) -> Urgency {
    Urgency::of(Some(Millis(1_795_000_000_000 - minutes * MINUTE)), Some(score), Millis(0))
}

fn active(at: i64) -> Urgency {
    Urgency::of(None, Some(Bucket::High), Millis(at))
}

#[test]
fn a_score_is_worth_some_minutes_of_waiting() {
    assert!(waits(5, Bucket::Low) < waits(4, Bucket::Low));
    assert!(waits(1, Bucket::High) < waits(30, Bucket::Low));
    assert!(waits(31, Bucket::Low) < waits(0, Bucket::High));
    assert!(waits(1, Bucket::Medium) < waits(10, Bucket::Low));
    assert!(waits(1, Bucket::High) < waits(20, Bucket::Medium));
    assert_eq!(
        Urgency::of(Some(Millis(7)), None, Millis(1)),
        Urgency::of(Some(Millis(7)), Some(Bucket::Low), Millis(2))
    );
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
