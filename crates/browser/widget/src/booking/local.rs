//! A local time with its offset, as the server writes it: `2026-11-01T01:30:00-04:00`.
//!
//! The text of the server is shown: the browser's own rules for time zones may be older than those of the server.

use super::month::Day;

/// A local time with its offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Local {
    /// The local day.
    pub(crate) day: Day,
    /// The minutes since midnight, in local time.
    pub(crate) minute: i32,
    /// The seconds of the minute.
    second: i32,
    /// The offset from UTC, in minutes, positive to the east.
    pub(crate) offset: i32,
}

impl Local {
    /// Reads a text of RFC 3339.
    pub(crate) fn parse(text: &str) -> Option<Local> {
        let minute = minutes(text.get(11..16)?)?;
        let second = text.get(17..19).and_then(|second| second.parse().ok()).unwrap_or_default();
        let rest = text.get(16..)?;
        let offset = match rest.rfind(['+', '-', 'Z', 'z']) {
            None => return None,
            Some(at) => match rest.get(at..)?.split_at_checked(1)? {
                ("+", offset) => minutes(offset)?,
                ("-", offset) => -minutes(offset)?,
                _ => 0,
            },
        };
        Some(Local { day: Day::parse(text)?, minute, second, offset })
    }

    /// The local time in milliseconds since 1970, as if it were UTC.
    pub(crate) fn clock(self) -> f64 {
        self.day.midnight() + f64::from(self.minute) * 60_000.0
    }

    /// The instant, in milliseconds since 1970.
    pub(crate) fn instant(self) -> i64 {
        i64::from(self.day.0) * 86_400_000 + i64::from((self.minute - self.offset) * 60 + self.second) * 1_000
    }

    /// Its offset in words: `UTC+05:30`.
    pub(crate) fn offset(self) -> String {
        let (sign, ahead) = if self.offset < 0 { ('\u{2212}', -self.offset) } else { ('+', self.offset) };
        let two = |number: i32| format!("{}{number}", if number < 10 { "0" } else { "" });
        format!("UTC{sign}{}:{}", two(ahead / 60), two(ahead % 60))
    }
}

/// The minutes of `05:30`.
fn minutes(text: &str) -> Option<i32> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_clock_and_the_offset_are_those_that_are_written() {
        for (text, minute, offset) in [
            ("2026-11-01T01:30:00-04:00", 90, "UTC\u{2212}04:00"),
            ("2026-11-01T01:30:00-05:00", 90, "UTC\u{2212}05:00"),
            ("2026-11-23T09:00:00+05:30", 540, "UTC+05:30"),
            ("2026-04-05T01:45:00+10:30", 105, "UTC+10:30"),
            ("2026-11-23T09:00:00Z", 540, "UTC+00:00"),
            ("2026-11-23T09:00:00.5-07:00", 540, "UTC\u{2212}07:00"),
        ] {
            let local = Local::parse(text).expect("it is one");
            assert_eq!((local.minute, local.offset().as_str()), (minute, offset), "{text}");
        }
        for wrong in ["", "2026-11-23", "2026-11-23T09:00:00", "2026-11-23T25:00:00Z", "2026-11-23T09:00:00+xx:00"] {
            assert_eq!(Local::parse(wrong), None, "{wrong}");
        }
    }

    #[wasm_bindgen_test]
    fn two_times_of_an_autumn_night_are_two_instants() {
        let instant = |text| Local::parse(text).expect("it is one").instant();
        let (first, second) = (instant("2026-11-01T01:00:00-04:00"), instant("2026-11-01T01:00:00-05:00"));
        assert_eq!(second - first, 3_600_000);
        assert_eq!(first, instant("2026-11-01T05:00:00Z"));
        assert_eq!(instant("2026-11-01T05:00:59.9Z") - first, 59_000);
    }
}
