//! Whether a lead is on the site now.

use knock_intent::{LONGEST_STAY, Visit, last_visit, on_site_until};
use knock_model::{Millis, SignalType};

const NOW: Millis = Millis(1_795_000_000_000);

#[test]
fn a_page_is_open_until_it_is_left_or_half_an_hour_old() {
    let until = |signals: &[(SignalType, i64)]| {
        let signals = signals.iter().map(|(kind, ago)| (*kind, NOW - Millis(*ago)));
        on_site_until(signals, NOW).map(|until| (until - NOW).0)
    };
    let (viewed, left, wrote) = (SignalType::PageView, SignalType::Engagement, SignalType::ChatMessage);
    let half_an_hour = LONGEST_STAY.0;
    assert_eq!(half_an_hour, 1_800_000);
    for (signals, expected) in [
        (&[][..], None),
        (&[(viewed, 2)], Some(half_an_hour - 2)),
        (&[(wrote, 1), (viewed, 2), (viewed, 9)], Some(half_an_hour - 2)),
        (&[(left, 1), (viewed, 2)], None),
        // With a form that was not sent.
        (&[(SignalType::FormAbandon, 1), (left, 1), (viewed, 2)], None),
        // They came back to the page that they had left.
        (&[(wrote, 1), (left, 2), (viewed, 3)], Some(half_an_hour - 3)),
        (&[(viewed, 1), (left, 2), (viewed, 3)], Some(half_an_hour - 1)),
        (&[(viewed, half_an_hour - 1)], Some(1)),
        (&[(wrote, 1), (viewed, half_an_hour)], None),
        (&[(wrote, 1)], None),
    ] {
        assert_eq!(until(signals), expected, "{signals:?}");
    }
}

#[test]
fn a_visit_ends_with_half_an_hour_without_a_page_view() {
    let visit = |ago: &[i64]| last_visit(ago.iter().map(|ago| NOW - Millis(*ago)));
    let of = |since: i64, viewed: i64, pages| {
        Some(Visit { since: NOW - Millis(since), viewed_at: NOW - Millis(viewed), pages })
    };
    let stay = LONGEST_STAY.0;
    assert_eq!(visit(&[]), None);
    assert_eq!(visit(&[5]), of(5, 5, 1));
    assert_eq!(visit(&[5, 9, 9 + stay - 1]), of(9 + stay - 1, 5, 3));
    assert_eq!(visit(&[5, 9, 9 + stay, 10 + stay]), of(9, 5, 2));
}
