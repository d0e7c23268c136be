//! Dates and times in words of a language.

use crate::texts::of;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use knock_agent::Language;
use knock_model::Millis;
use knock_scheduling::zone;

/// The time of a meeting in words of a language, in a time zone.
pub fn span(language: Language, zone: &str, start: Millis, end: Millis) -> String {
    Reader::new(language, zone).span(start, end)
}

/// The format of instants for one reader.
pub(crate) struct Reader {
    language: Language,
    zone: TimeZone,
    /// The format of a time of day.
    clock: &'static str,
}

/// Areas of time zones where people read 12 hours.
const AREAS_OF_12_HOURS: [&str; 6] =
    ["US/", "Canada/", "Australia/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/"];
/// Other time zones where they do.
const ZONES_OF_12_HOURS: [&str; 22] = [
    "America/New_York",
    "America/Detroit",
    "America/Chicago",
    "America/Denver",
    "America/Boise",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Juneau",
    "America/Toronto",
    "America/Vancouver",
    "America/Edmonton",
    "America/Winnipeg",
    "America/Halifax",
    "America/Regina",
    "America/St_Johns",
    "Pacific/Honolulu",
    "Pacific/Auckland",
    "Asia/Kolkata",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Asia/Manila",
];

/// Whether people in a time zone read 12 hours; 24 elsewhere, as the dashboard shows them.
fn uses_12_hours(zone: &str) -> bool {
    AREAS_OF_12_HOURS.iter().any(|area| zone.starts_with(area)) || ZONES_OF_12_HOURS.contains(&zone)
}

impl Reader {
    /// A reader of this language in this time zone; in UTC if it is not a time zone.
    pub(crate) fn new(language: Language, named: &str) -> Reader {
        Reader { language, zone: zone(named).unwrap_or(TimeZone::UTC), clock: of(language).text("clock") }
    }

    /// A member in this time zone: English as the dashboard, with the clock of the people there.
    pub(crate) fn of_member(named: &str) -> Reader {
        let clock = if uses_12_hours(named) { "%-I:%M %p" } else { "%H:%M" };
        Reader { clock, ..Reader::new(Language::En, named) }
    }

    /// Such as `Monday, 23 November 2026, 2:00 PM to 2:30 PM (Europe/Berlin, UTC+01:00)`.
    pub(crate) fn span(&self, start: Millis, end: Millis) -> String {
        let (begins, ends) = (self.local(start), self.local(end));
        let texts = of(self.language);
        let places = [("date", &*self.date(&begins)), ("from", &*self.clock(&begins)), ("to", &*self.clock(&ends))];
        format!("{} ({})", texts.filled("meeting.time", &places), self.place(&begins, &ends))
    }

    /// Such as `2:00 PM`.
    pub(crate) fn time(&self, at: Millis) -> String {
        self.clock(&self.local(at))
    }

    /// Such as `Monday, 23 November 2026, 2:00 PM`.
    pub(crate) fn instant(&self, at: Millis) -> String {
        let local = self.local(at);
        format!("{}, {}", self.date(&local), self.clock(&local))
    }

    /// Such as `Monday, 23 November 2026`.
    pub(crate) fn day(&self, at: Millis) -> String {
        self.date(&self.local(at))
    }

    /// The name of the time zone.
    pub(crate) fn zone(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    fn local(&self, at: Millis) -> Zoned {
        Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(self.zone.clone())
    }

    fn date(&self, local: &Zoned) -> String {
        let texts = of(self.language);
        let named = |key: &str, place: i8| {
            let place = usize::try_from(place - 1).unwrap_or_default();
            texts.text(key).split(',').nth(place).unwrap_or_default()
        };
        let (weekday, month) = (local.weekday().to_monday_one_offset(), local.month());
        texts.filled(
            "date",
            &[
                ("weekday", named("weekdays", weekday)),
                ("day", &local.day().to_string()),
                ("month", named("months", month)),
                ("year", &local.year().to_string()),
            ],
        )
    }

    fn clock(&self, local: &Zoned) -> String {
        local.strftime(self.clock).to_string()
    }

    /// The name of the zone, and how far its clocks are from UTC then; at the end too, where they are changed meanwhile.
    fn place(&self, begins: &Zoned, ends: &Zoned) -> String {
        let name = self.zone();
        let from_utc = |local: &Zoned| format!("UTC{}", local.strftime("%:z"));
        let is_changed = begins.offset() != ends.offset();
        let offset = if is_changed { format!("{} → {}", from_utc(begins), from_utc(ends)) } else { from_utc(begins) };
        of(self.language).filled("meeting.zone", &[("zone", name), ("offset", &offset)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Millis {
        Millis(text.parse::<Timestamp>().expect("an instant").as_millisecond())
    }

    #[test]
    fn a_time_is_written_as_its_reader_says_it() {
        let (start, end) = (at("2026-11-23T13:00:00Z"), at("2026-11-23T13:30:00Z"));
        for (language, zone, expected) in [
            (
                Language::En,
                "America/New_York",
                "Monday, 23 November 2026, 8:00 AM to 8:30 AM (America/New_York, UTC-05:00)",
            ),
            (
                Language::De,
                "Europe/Berlin",
                "Montag, 23. November 2026, 14:00 bis 14:30 Uhr (Europe/Berlin, UTC+01:00)",
            ),
            (Language::Fr, "Europe/Paris", "lundi 23 novembre 2026, de 14:00 à 14:30 (Europe/Paris, UTC+01:00)"),
            (
                Language::Es,
                "Asia/Kolkata",
                "lunes, 23 de noviembre de 2026, de 18:30 a 19:00 (Asia/Kolkata, UTC+05:30)",
            ),
            (Language::En, "Nowhere/Else", "Monday, 23 November 2026, 1:00 PM to 1:30 PM (UTC, UTC+00:00)"),
        ] {
            assert_eq!(Reader::new(language, zone).span(start, end), expected);
        }
    }

    #[test]
    fn a_member_reads_the_clock_of_their_zone() {
        let start = at("2026-11-23T13:00:00Z");
        for (zone, expected) in [
            ("Europe/Berlin", "14:00"),
            ("America/New_York", "8:00 AM"),
            ("America/Indiana/Knox", "7:00 AM"),
            ("Australia/Perth", "9:00 PM"),
            ("Asia/Kolkata", "6:30 PM"),
            ("America/Sao_Paulo", "10:00"),
            ("Europe/London", "13:00"),
            ("", "13:00"),
        ] {
            assert_eq!(Reader::of_member(zone).time(start), expected, "{zone}");
        }
        let berlin = Reader::of_member("Europe/Berlin").instant(start);
        assert_eq!(berlin, "Monday, 23 November 2026, 14:00");
    }

    #[test]
    fn summer_time_counts_by_the_day_of_the_meeting() {
        let berlin = Reader::new(Language::De, "Europe/Berlin");
        assert_eq!(berlin.instant(at("2026-07-01T12:00:00Z")), "Mittwoch, 1. Juli 2026, 14:00");
        assert_eq!(berlin.instant(at("2026-12-01T12:00:00Z")), "Dienstag, 1. Dezember 2026, 13:00");
    }

    #[test]
    fn where_clocks_are_changed_meanwhile_both_offsets_are_named() {
        let reader = Reader::new(Language::En, "America/New_York");
        assert_eq!(
            reader.span(at("2026-11-01T05:30:00Z"), at("2026-11-01T06:00:00Z")),
            "Sunday, 1 November 2026, 1:30 AM to 1:00 AM (America/New_York, UTC-04:00 → UTC-05:00)"
        );
    }

    #[test]
    fn every_language_has_twelve_months_and_seven_days() {
        for language in Language::ALL {
            for (key, count) in [("months", 12), ("weekdays", 7)] {
                assert_eq!(of(*language).text(key).split(',').count(), count, "{language:?} {key}");
            }
        }
    }
}
