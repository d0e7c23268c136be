//! Whether a lead is on the site now.

use knock_intent::{LONGEST_STAY, on_site_until};
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
