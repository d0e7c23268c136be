//! The choices of a snooze: instants in the reader's local time.

use knock_model::Millis;

use crate::kit::browser;
use crate::kit::civil::{Civil, Day};
use crate::words::instant::input_value;

/// The longest snooze.
const LONGEST: Millis = Millis::days(365);
/// The second of the day at which work begins.
const MORNING: i64 = 9 * 3_600;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Snooze {
    Hours,
    Tomorrow,
    Monday,
    Week,
}

/// The end of a snooze.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wake {
    /// So much later.
    After(Millis),
    /// At a local time, as in a field for date and time: its instant depends on the time zone's changes until then.
    At(String),
}

impl Snooze {
    pub(crate) const ALL: [Snooze; 4] = [Snooze::Hours, Snooze::Tomorrow, Snooze::Monday, Snooze::Week];

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Snooze::Hours => "In 3 hours",
            Snooze::Tomorrow => "Tomorrow, 9:00",
            Snooze::Monday => "Next Monday, 9:00",
            Snooze::Week => "In a week",
        }
    }

    /// The end, by the local time of now.
    pub(crate) fn wake(self, now: Civil) -> Wake {
        let morning = |day: Day| Wake::At(input_value(Civil { day, second_of_day: MORNING, ..now }));
        match self {
            Snooze::Hours => Wake::After(Millis(3 * 60 * Millis::MINUTE.0)),
            Snooze::Tomorrow => morning(now.day.plus(1)),
            Snooze::Monday => morning(now.day.monday().plus(7)),
            Snooze::Week => Wake::At(input_value(Civil { day: now.day.plus(7), ..now })),
        }
    }

    /// The instant of the end.
    pub(crate) fn until(self, now: Millis) -> Option<Millis> {
        match self.wake(browser::local(now)) {
            Wake::After(span) => Some(now + span),
            Wake::At(text) => browser::instant(&text),
        }
    }
}

/// The instant of a typed date and time, if a conversation can be snoozed until then.
pub(crate) fn typed_until(text: &str, now: Millis) -> Option<Millis> {
    browser::instant(text).filter(|until| is_possible(*until, now))
}

fn is_possible(until: Millis, now: Millis) -> bool {
    now < until && until <= now + LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::civil::civil;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// Friday, 20 November 2026, 08:38:27 UTC.
    const FRIDAY: Millis = Millis(1_795_163_907_123);

    fn ends(now: Civil) -> [Wake; 4] {
        Snooze::ALL.map(|snooze| snooze.wake(now))
    }

    fn at(text: &str) -> Wake {
        Wake::At(text.to_owned())
    }

    #[wasm_bindgen_test]
    fn the_ends_are_in_local_time() {
        let hours = || Wake::After(Millis(10_800_000));
        let friday = [hours(), at("2026-11-21T09:00"), at("2026-11-23T09:00"), at("2026-11-27T09:38")];
        assert_eq!(ends(civil(FRIDAY, 60)), friday);
        // It is still Thursday evening there.
        let thursday = [hours(), at("2026-11-20T09:00"), at("2026-11-23T09:00"), at("2026-11-26T23:08")];
        assert_eq!(ends(civil(FRIDAY, -570)), thursday);
    }

    #[wasm_bindgen_test]
    fn the_next_monday_is_never_today() {
        for (ahead, expected) in [(2, "2026-11-23T09:00"), (3, "2026-11-30T09:00"), (4, "2026-11-30T09:00")] {
            assert_eq!(Snooze::Monday.wake(civil(FRIDAY + Millis::days(ahead), 0)), at(expected), "{ahead}");
        }
    }

    #[wasm_bindgen_test]
    fn three_hours_are_exact_and_all_ends_are_to_come() {
        assert_eq!(Snooze::Hours.until(FRIDAY), Some(FRIDAY + Millis(10_800_000)));
        for snooze in Snooze::ALL {
            assert!(snooze.until(FRIDAY).is_some_and(|until| is_possible(until, FRIDAY)), "{snooze:?}");
        }
    }

    #[wasm_bindgen_test]
    fn only_an_instant_of_the_next_year_can_be_typed() {
        assert_eq!(
            [0, 1, 365, 366].map(|days| is_possible(FRIDAY + Millis::days(days), FRIDAY)),
            [false, true, true, false]
        );
        assert_eq!(typed_until("", FRIDAY), None);
        assert!(typed_until("2026-12-01T09:00", FRIDAY).is_some());
        assert_eq!(typed_until("2026-11-01T09:00", FRIDAY), None);
    }
}
