//! Words that stand for themselves in each language: labels of choices, the team, lengths of time.

use crate::known::Moment;
use crate::language::Language;
use alloc::format;
use alloc::string::{String, ToString};
use knock_model::Millis;
use knock_model::catalogue::Catalogue;

static WORDS: [Catalogue; 4] = [
    Catalogue(include_str!("../data/words/en.txt")),
    Catalogue(include_str!("../data/words/de.txt")),
    Catalogue(include_str!("../data/words/fr.txt")),
    Catalogue(include_str!("../data/words/es.txt")),
];

/// The word under a key; empty where there is none.
pub(crate) fn word(language: Language, key: &str) -> &'static str {
    WORDS[language.index()].text(key)
}

/// The text under a key with its placeholders filled in.
pub(crate) fn filled(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    WORDS[language.index()].filled(key, values)
}

/// A length of time, such as "about 5 minutes": minutes up to an hour and a half, hours up to a day and a half, then
/// days, each rounded.
pub(crate) fn span(language: Language, time: Millis) -> String {
    let in_units = |unit: Millis| (time.0 + unit.0 / 2) / unit.0;
    let (minutes, hours, days) =
        (in_units(Millis::MINUTE), in_units(Millis(60 * Millis::MINUTE.0)), in_units(Millis::days(1)));
    let (number, one, more) = match (minutes, hours) {
        (..90, _) => (minutes.max(1), "wait_minute", "wait_minutes"),
        (_, ..36) => (hours, "wait_hour", "wait_hours"),
        _ => (days, "wait_day", "wait_days"),
    };
    let key = if number == 1 { one } else { more };
    WORDS[language.index()].filled(key, &[("n", &number.to_string())])
}

/// A moment to come, such as "on Monday at 9:00": the weekday within the next six days, the date after them.
pub(crate) fn moment(language: Language, at: &Moment) -> String {
    let words = &WORDS[language.index()];
    let key = match at.days {
        ..=0 => "moment_today",
        1..=6 => "moment_weekday",
        _ => "moment_date",
    };
    let (weekday, month) = (words.text(&format!("weekday_{}", at.weekday)), words.text(&format!("month_{}", at.month)));
    let (day, time) = (at.day.to_string(), format!("{}:{:02}", at.hour, at.minute));
    let moment = words.filled(key, &[("weekday", weekday), ("day", &day), ("month", month), ("time", &time)]);
    match &at.zone {
        Some(zone) => words.filled("moment_zone", &[("moment", &moment), ("zone", zone)]),
        None => moment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_words() {
        for words in &WORDS {
            assert_eq!(words.outline(), WORDS[0].outline());
        }
    }

    #[test]
    fn the_usual_title_of_a_meeting_is_in_each_language() {
        for (language, expected) in [
            (Language::En, "{{name}} and {{rep}}"),
            (Language::De, "{{name}} und {{rep}}"),
            (Language::Fr, "{{name}} et {{rep}}"),
            (Language::Es, "{{name}} y {{rep}}"),
        ] {
            assert_eq!(crate::meeting_title(language), expected);
        }
    }

    #[test]
    fn a_moment_to_come_is_a_weekday_or_a_date() {
        let at = Moment { days: 3, weekday: 1, day: 7, month: 12, hour: 9, minute: 0, zone: None };
        let of = |language, at: &Moment| moment(language, at);
        assert_eq!(of(Language::En, &at), "on Monday at 9:00");
        assert_eq!(of(Language::De, &at), "am Montag um 9:00 Uhr");
        assert_eq!(of(Language::Fr, &at), "lundi à 9:00");
        assert_eq!(of(Language::Es, &at), "el lunes a las 9:00");
        let today = Moment { days: 0, hour: 14, minute: 5, zone: Some("Europe/Berlin".into()), ..at.clone() };
        assert_eq!(of(Language::En, &today), "today at 14:05 (Europe/Berlin)");
        let later = Moment { days: 7, ..at };
        assert_eq!(of(Language::En, &later), "on Monday, 7 December, at 9:00");
        assert_eq!(of(Language::De, &later), "am Montag, 7. Dezember, um 9:00 Uhr");
        assert_eq!(of(Language::Es, &later), "el lunes 7 de diciembre a las 9:00");
    }

    #[test]
    fn a_length_of_time_is_rounded() {
        let of = |seconds: i64| span(Language::En, Millis(seconds * 1_000));
        assert_eq!(of(5), "about a minute");
        assert_eq!(of(150), "about 3 minutes");
        assert_eq!(of(89 * 60), "about 89 minutes");
        assert_eq!(of(90 * 60), "about 2 hours");
        assert_eq!(of(35 * 3_600), "about 35 hours");
        assert_eq!(of(40 * 3_600), "about 2 days");
        assert_eq!(span(Language::De, Millis(60_000)), "etwa eine Minute");
    }
}
