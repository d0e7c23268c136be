//! What calendars say about the time of their owner.

use crate::provider::{Event, Kept, Provider, Series, When, busy, meeting};
use jiff::civil::date;

fn event(uid: &'static str, when: When, kept: Kept) -> Event {
    Event { uid, when, kept }
}

/// Each with its id, and a calendar that was just made is among them.
pub async fn calendars_are_listed_with_their_names(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    let mut expected = vec![(work.clone(), "Work".to_owned())];
    let listed = async || {
        let found = provider.account().calendars().await.expect("they are listed").into_iter();
        found.map(|calendar| (calendar.id, calendar.name)).collect::<Vec<_>>()
    };
    assert_eq!(listed().await, expected);
    expected.push((provider.add_calendar("Private"), "Private".to_owned()));
    let mut found = listed().await;
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(busy(provider, &[work]).await, [""; 0]);
}

/// Busy and tentative events block; free, declined and cancelled ones do not.
pub async fn what_occupies_the_owner_blocks_and_nothing_else_does(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    for (uid, start, end, kept) in [
        ("busy", "2026-11-10T09:00:00Z", "2026-11-10T09:30:00Z", Kept::Busy),
        ("tentative", "2026-11-10T10:00:00Z", "2026-11-10T10:30:00Z", Kept::Tentative),
        ("free", "2026-11-10T11:00:00Z", "2026-11-10T11:30:00Z", Kept::Free),
        ("declined", "2026-11-10T12:00:00Z", "2026-11-10T12:30:00Z", Kept::Declined),
        ("cancelled", "2026-11-10T13:00:00Z", "2026-11-10T13:30:00Z", Kept::Cancelled),
    ] {
        provider.add_event(&work, &event(uid, When::Instants(start, end), kept));
    }
    assert_eq!(busy(provider, &[work]).await, ["11-10T09:00/11-10T09:30", "11-10T10:00/11-10T10:30"]);
}

/// They begin and end at midnight where their owner is, which is not the provider's to say.
pub async fn whole_days_are_dates(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.add_event(&work, &event("fair", When::Days("2026-11-12", "2026-11-14"), Kept::Busy));
    assert_eq!(busy(provider, &[work]).await, ["2026-11-12/2026-11-14"]);
}

/// Every Sunday evening in New York, over the change of clocks of 1 November, but for one date, and another one moved.
pub async fn a_series_keeps_its_local_time_without_its_exceptions(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.add_series(
        &work,
        &Series {
            uid: "weekly",
            zone: "America/New_York",
            first: date(2026, 10, 4).at(20, 30, 0, 0),
            minutes: 45,
            except: vec![date(2026, 11, 15)],
            moved: Some((date(2026, 11, 22), date(2026, 11, 23).at(8, 0, 0, 0))),
        },
    );
    // In UTC it is the next day, and an hour later than in October.
    let expected =
        ["11-02T01:30/11-02T02:15", "11-09T01:30/11-09T02:15", "11-23T13:00/11-23T13:45", "11-30T01:30/11-30T02:15"];
    assert_eq!(busy(provider, &[work]).await, expected);
}

/// The calendars that are named, and no other.
pub async fn calendars_count_together_and_the_others_do_not(provider: &impl Provider) {
    let [work, private, other] = ["Work", "Private", "Other"].map(|name| provider.add_calendar(name));
    for (calendar, uid, start, end) in [
        (&work, "one", "2026-11-10T09:00:00Z", "2026-11-10T09:30:00Z"),
        (&private, "two", "2026-11-11T09:00:00Z", "2026-11-11T09:30:00Z"),
        (&other, "three", "2026-11-12T09:00:00Z", "2026-11-12T09:30:00Z"),
    ] {
        provider.add_event(calendar, &event(uid, When::Instants(start, end), Kept::Busy));
    }
    let expected = ["11-10T09:00/11-10T09:30", "11-11T09:00/11-11T09:30"];
    assert_eq!(busy(provider, &[work, private]).await, expected);
    assert_eq!(busy(provider, &[]).await, [""; 0]);
}

/// An event that began before the window and ends in it counts.
pub async fn only_what_touches_the_window_counts(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    for (uid, start, end) in [
        ("long", "2026-10-30T09:00:00Z", "2026-11-02T09:00:00Z"),
        ("before", "2026-10-31T09:00:00Z", "2026-10-31T10:00:00Z"),
        ("after", "2026-12-02T09:00:00Z", "2026-12-02T10:00:00Z"),
    ] {
        provider.add_event(&work, &event(uid, When::Instants(start, end), Kept::Busy));
    }
    provider.account().put(&work, &meeting("m@knock", "2026-12-03T09:00:00Z", 0)).await.expect("put");
    assert_eq!(busy(provider, &[work]).await, ["10-30T09:00/11-02T09:00"]);
}
