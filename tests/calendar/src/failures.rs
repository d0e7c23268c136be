//! The errors of a provider. None of them is free time.

use crate::provider::{Event, Kept, Mishap, Provider, When, at, busy, meeting, november, read};
use knock_model::Millis;
use knock_ports::{BusyRead, CalendarFailure};
use knock_scheduling::{Block, Extent, Span};
use std::slice::from_ref;

const UID: &str = "0198f2a4-meeting@knock";
const TEN: &str = "2026-11-10T09:00:00Z";

fn is_later(failure: &CalendarFailure) -> bool {
    matches!(failure, CalendarFailure::Later { .. })
}

/// Every request says that a person has to look, in words.
pub async fn an_access_that_was_taken_away_is_said(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.revoke();
    let account = provider.account();
    for failure in [
        account.calendars().await.expect_err("no access"),
        read(provider, from_ref(&work)).await.expect_err("no access"),
        account.put(&work, &meeting(UID, TEN, 0)).await.expect_err("no access"),
        account.remove(&work, UID).await.expect_err("no access"),
        account.entry(&work, UID).await.expect_err("no access"),
    ] {
        assert!(matches!(&failure, CalendarFailure::Unauthorized(words) if !words.is_empty()), "{failure:?}");
    }
}

/// It is not empty: it is unknown.
pub async fn a_calendar_that_is_gone_is_said(provider: &impl Provider) {
    let [work, private] = ["Work", "Private"].map(|name| provider.add_calendar(name));
    provider.remove_calendar(&work);
    let failure = read(provider, &[private, work.clone()]).await.expect_err("one is gone");
    assert!(matches!(failure, CalendarFailure::Gone(_)), "{failure:?}");
    let removed = provider.account().remove(&work, UID).await;
    assert!(matches!(removed, Ok(()) | Err(CalendarFailure::Gone(_))), "{removed:?}");
}

/// With the provider's own delay.
pub async fn a_provider_that_asks_to_wait_is_tried_again_then(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    let wait = Some(Millis(7_000));
    provider.fail(Mishap::Limited(7));
    let failure = read(provider, from_ref(&work)).await.expect_err("limited");
    assert!(matches!(&failure, CalendarFailure::Later { after, .. } if *after == wait), "{failure:?}");
    provider.fail(Mishap::Limited(7));
    let failure = provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect_err("limited");
    assert!(matches!(&failure, CalendarFailure::Later { after, .. } if *after == wait), "{failure:?}");
    assert_eq!(busy(provider, &[work]).await, [""; 0]);
}

/// The next request is a request like any other.
pub async fn a_provider_that_is_down_or_silent_is_tried_again(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    for mishap in [Mishap::Down, Mishap::Silent] {
        provider.fail(mishap);
        let failure = read(provider, from_ref(&work)).await.expect_err("no answer");
        assert!(is_later(&failure), "{mishap:?}: {failure:?}");
        assert_eq!(busy(provider, from_ref(&work)).await, [""; 0], "{mishap:?}");
        provider.fail(mishap);
        let failure = provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect_err("no answer");
        assert!(is_later(&failure), "{mishap:?}: {failure:?}");
    }
    assert_eq!(provider.events(&work).len(), 0);
}

/// Whether the request was executed is unknown; tried again, it is one entry, or none.
pub async fn a_lost_answer_makes_no_second_entry(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    let account = provider.account();
    provider.fail(Mishap::Lost);
    let failure = account.put(&work, &meeting(UID, TEN, 0)).await.expect_err("no answer");
    assert!(is_later(&failure), "{failure:?}");
    assert_eq!(provider.events(&work).len(), 1, "it was executed all the same");
    account.put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    assert_eq!(provider.events(&work).len(), 1);
    account.remove(&work, UID).await.expect("removed");
    assert_eq!(provider.events(&work).len(), 0);
}

/// An event whose time cannot be known blocks what it may take and is named; the others are read.
pub async fn what_cannot_be_read_is_never_free(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.add_unreadable(&work);
    let instants = When::Instants("2026-11-20T09:00:00Z", "2026-11-20T09:30:00Z");
    provider.add_event(&work, &Event { uid: "readable", when: instants, kept: Kept::Busy });
    let BusyRead { blocks, unread } = provider.account().busy(&[work], november()).await.expect("the others are read");
    let start = at("2026-11-05T08:00:00Z");
    let covers =
        |block: &Block| matches!(block.extent, Extent::Instants(span) if span.start <= start && start < span.end);
    assert!(blocks.iter().any(|(_, block)| covers(block)), "{blocks:?}");
    let readable = Extent::Instants(Span { start: at("2026-11-20T09:00:00Z"), end: at("2026-11-20T09:30:00Z") });
    assert!(blocks.iter().any(|(_, block)| block.extent == readable), "{blocks:?}");
    let named: Vec<_> = unread.iter().map(|event| (&*event.title, &*event.day, event.reason.is_empty())).collect();
    assert_eq!(named, [("Unreadable", "2026-11-05", false)]);
}
