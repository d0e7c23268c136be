//! Words that stand for themselves in each language: labels of choices, the team, lengths of time.

use crate::act::ForeignLanguage;
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

static FOREIGN: Catalogue = Catalogue(include_str!("../data/words/foreign.txt"));

/// The sentence in a language that the agent does not speak: which ones it speaks, and that a person reads the message.
pub(crate) fn foreign(language: ForeignLanguage) -> &'static str {
    FOREIGN.text(language.as_str())
}

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
    rounded(language, time, "wait")
}

/// How long ago something was, such as "about 5 minutes ago", rounded likewise.
pub(crate) fn ago(language: Language, time: Millis) -> String {
    if time.0 < Millis::MINUTE.0 / 2 { word(language, "ago_now").into() } else { rounded(language, time, "ago") }
}

fn rounded(language: Language, time: Millis, kind: &str) -> String {
    let in_units = |unit: Millis| (time.0 + unit.0 / 2) / unit.0;
    let (minutes, hours, days) =
        (in_units(Millis::MINUTE), in_units(Millis(60 * Millis::MINUTE.0)), in_units(Millis::days(1)));
    let (number, unit) = match (minutes, hours) {
        (..90, _) => (minutes.max(1), "minute"),
        (_, ..36) => (hours, "hour"),
        _ => (days, "day"),
    };
    let key = format!("{kind}_{unit}{}", if number == 1 { "" } else { "s" });
    WORDS[language.index()].filled(&key, &[("n", &number.to_string())])
}

/// A moment to come, such as "on Monday at 9:00": the weekday within the next six days, the date after them.
pub fn moment(language: Language, at: &Moment) -> String {
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
    use alloc::vec::Vec;

    #[test]
    fn every_language_has_the_same_words() {
        for words in &WORDS {
            assert_eq!(words.outline(), WORDS[0].outline());
        }
    }

    #[test]
    fn every_foreign_language_has_a_sentence_of_its_own() {
        let sentences: Vec<&str> = ForeignLanguage::ALL.iter().map(|language| foreign(*language)).collect();
        for (place, sentence) in sentences.iter().enumerate() {
            assert!(sentence.len() > 40 && !sentences[..place].contains(sentence), "{sentence}");
        }
        assert_eq!(FOREIGN.texts().count(), sentences.len());
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
        assert_eq!(ago(Language::De, Millis(60_000)), "vor etwa einer Minute");
        assert_eq!(ago(Language::Fr, Millis(5 * 60_000)), "il y a environ 5 minutes");
        assert_eq!(ago(Language::Es, Millis(20_000)), "hace un momento");
        assert_eq!(ago(Language::En, Millis::days(3)), "about 3 days ago");
    }
}
