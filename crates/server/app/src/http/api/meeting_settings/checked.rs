//! Validation of the settings of meetings, field by field.

use crate::http::api::working_hours::check_holidays;
use knock_model::{Email, MEETING, Placeholder, places};
use knock_wire::{FieldError, MeetingSettings};
use std::cmp::Reverse;
use std::ops::RangeInclusive;

/// The duration of a meeting and the interval of its starts, in minutes.
pub(in crate::http::api) const LENGTH: RangeInclusive<u32> = 5..=480;
const BUFFER: RangeInclusive<u32> = 0..=240;
/// The minimum notice in minutes, up to thirty days.
const NOTICE: RangeInclusive<u32> = 0..=43_200;
const HORIZON_DAYS: RangeInclusive<u32> = 1..=365;
const PER_DAY: RangeInclusive<u32> = 1..=50;
/// The cutoff in minutes, up to a week.
const CUTOFF: RangeInclusive<u32> = 0..=10_080;
/// The delay of a drop-off in minutes, up to a day.
const DROPOFF: RangeInclusive<u32> = 0..=1_440;
/// The time of a reminder before the meeting in minutes, up to four weeks.
const REMINDER: RangeInclusive<u32> = 5..=40_320;
const MOST_REMINDERS: usize = 5;
const MOST_DOMAINS: usize = 100;
const MINUTES_OF_A_DAY: u32 = 1_440;
/// The longest texts, in characters.
pub(in crate::http::api) const LONGEST_TITLE: usize = 200;
pub(in crate::http::api) const LONGEST_LOCATION: usize = 500;
const LONGEST_DESCRIPTION: usize = 2_000;

/// The settings for storage: texts trimmed, reminders in order.
///
/// # Errors
/// The first invalid field.
pub(super) fn checked(mut settings: MeetingSettings) -> Result<MeetingSettings, FieldError> {
    check_numbers(&settings)?;
    check_reminders(&mut settings.reminders_min)?;
    settings.never_spam = domains(&settings.never_spam)?;
    if settings.title.trim().is_empty() {
        return Err(wrong("/title", "is empty"));
    }
    let MeetingSettings { title, location, description, .. } = &mut settings;
    for (pointer, text, longest, has_lines) in [
        ("/title", title, LONGEST_TITLE, false),
        ("/location", location, LONGEST_LOCATION, false),
        ("/description", description, LONGEST_DESCRIPTION, true),
    ] {
        *text = checked_text(text, longest, has_lines).map_err(|reason| wrong(pointer, reason))?;
    }
    settings.holidays.as_deref().map_or(Ok(()), |code| check_holidays(code, "/holidays"))?;
    Ok(settings)
}

/// The domains in small letters, each once; empty lines are none.
fn domains(given: &[String]) -> Result<Vec<String>, FieldError> {
    let mut domains = Vec::new();
    for text in given.iter().map(|text| text.trim().trim_start_matches('@')).filter(|text| !text.is_empty()) {
        let reason = || wrong("/never_spam", format!("{text} is no domain"));
        let domain = Email::parse(&format!("a@{text}")).map_err(|_| reason())?.domain().to_owned();
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    if domains.len() > MOST_DOMAINS {
        return Err(wrong("/never_spam", format!("expected at most {MOST_DOMAINS}")));
    }
    Ok(domains)
}

fn check_numbers(settings: &MeetingSettings) -> Result<(), FieldError> {
    for (pointer, number, range) in [
        ("/duration_min", Some(settings.duration_min), LENGTH),
        ("/step_min", settings.step_min, LENGTH),
        ("/buffer_before_min", Some(settings.buffer_before_min), BUFFER),
        ("/buffer_after_min", Some(settings.buffer_after_min), BUFFER),
        ("/notice_min", Some(settings.notice_min), NOTICE),
        ("/horizon_days", Some(settings.horizon_days), HORIZON_DAYS),
        ("/max_per_day", settings.max_per_day, PER_DAY),
        ("/cutoff_min", Some(settings.cutoff_min), CUTOFF),
        ("/dropoff_min", Some(settings.dropoff_min), DROPOFF),
    ] {
        if number.is_some_and(|number| !range.contains(&number)) {
            return Err(wrong(pointer, expected(&range)));
        }
    }
    if settings.notice_min >= settings.horizon_days * MINUTES_OF_A_DAY {
        return Err(wrong("/notice_min", "leaves nothing to book before `horizon_days` ends"));
    }
    Ok(())
}

fn check_reminders(reminders: &mut [u32]) -> Result<(), FieldError> {
    if reminders.len() > MOST_REMINDERS {
        return Err(wrong("/reminders_min", format!("expected at most {MOST_REMINDERS}")));
    }
    for (at, minutes) in reminders.iter().enumerate() {
        if !REMINDER.contains(minutes) {
            return Err(wrong(format!("/reminders_min/{at}"), expected(&REMINDER)));
        }
        if reminders[..at].contains(minutes) {
            return Err(wrong(format!("/reminders_min/{at}"), "is there twice"));
        }
    }
    reminders.sort_unstable_by_key(|minutes| Reverse(*minutes));
    Ok(())
}

/// A text of an invitation, trimmed, or the reason why it is invalid.
pub(in crate::http::api) fn checked_text(text: &str, longest: usize, has_lines: bool) -> Result<String, String> {
    let text = text.trim();
    if text.chars().count() > longest {
        return Err(format!("expected at most {longest} characters"));
    }
    let is_line_end = |letter: char| has_lines && matches!(letter, '\n' | '\r' | '\t');
    if text.chars().any(|letter| letter.is_control() && !is_line_end(letter)) {
        let lines = if has_lines { "has control characters" } else { "has control characters or more than one line" };
        return Err(lines.to_owned());
    }
    let is_known = |name: &str| name == MEETING || Placeholder::parse(name).is_some();
    if let Some(unknown) = places(text).find(|place| !is_known(place.name)) {
        let names = Placeholder::ALL.iter().map(|place| place.as_str()).chain([MEETING]);
        let known: Vec<String> = names.map(|name| format!("{{{{{name}}}}}")).collect();
        return Err(format!("has {}, which is none of {}", unknown.text, known.join(", ")));
    }
    Ok(text.to_owned())
}

fn expected(range: &RangeInclusive<u32>) -> String {
    format!("expected {} to {}", range.start(), range.end())
}

fn wrong(pointer: impl Into<String>, reason: impl Into<String>) -> FieldError {
    FieldError { pointer: pointer.into(), reason: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: impl FnOnce(&mut MeetingSettings)) -> (String, String) {
        let mut settings = MeetingSettings::default();
        change(&mut settings);
        let FieldError { pointer, reason } = checked(settings).expect_err("refused");
        (pointer, reason)
    }

    #[test]
    fn the_default_is_taken_as_it_is() {
        assert_eq!(checked(MeetingSettings::default()), Ok(MeetingSettings::default()));
    }

    #[test]
    fn numbers_have_bounds() {
        let pointer = |change: fn(&mut MeetingSettings)| refused(change).0;
        assert_eq!(pointer(|settings| settings.duration_min = 4), "/duration_min");
        assert_eq!(pointer(|settings| settings.duration_min = 481), "/duration_min");
        assert_eq!(pointer(|settings| settings.step_min = Some(0)), "/step_min");
        assert_eq!(pointer(|settings| settings.buffer_before_min = 241), "/buffer_before_min");
        assert_eq!(pointer(|settings| settings.buffer_after_min = 241), "/buffer_after_min");
        assert_eq!(pointer(|settings| settings.notice_min = 43_201), "/notice_min");
        assert_eq!(pointer(|settings| settings.horizon_days = 0), "/horizon_days");
        assert_eq!(pointer(|settings| settings.max_per_day = Some(0)), "/max_per_day");
        assert_eq!(pointer(|settings| settings.cutoff_min = 10_081), "/cutoff_min");
        assert_eq!(pointer(|settings| settings.dropoff_min = 1_441), "/dropoff_min");
        let (pointer, reason) = refused(|settings| (settings.notice_min, settings.horizon_days) = (1_440, 1));
        assert_eq!(pointer, "/notice_min", "{reason}");
    }

    #[test]
    fn reminders_are_few_different_and_in_order() {
        let settings = MeetingSettings { reminders_min: vec![60, 1_440, 5], ..MeetingSettings::default() };
        assert_eq!(checked(settings).expect("taken").reminders_min, [1_440, 60, 5]);
        let pointer = |reminders: &[u32]| refused(|settings| settings.reminders_min = reminders.to_vec()).0;
        assert_eq!(pointer(&[60, 4]), "/reminders_min/1");
        assert_eq!(pointer(&[60, 40_321]), "/reminders_min/1");
        assert_eq!(pointer(&[60, 120, 60]), "/reminders_min/2");
        assert_eq!(pointer(&[5, 6, 7, 8, 9, 10]), "/reminders_min");
    }

    #[test]
    fn texts_are_trimmed_and_have_known_places_only() {
        let settings =
            MeetingSettings { title: " {{name|Visitor}} and {{rep}}\n".into(), ..MeetingSettings::default() };
        assert_eq!(checked(settings).expect("taken").title, "{{name|Visitor}} and {{rep}}");
        let (pointer, reason) = refused(|settings| settings.location = "https://meet.example/{{room}}".into());
        assert_eq!(pointer, "/location");
        assert_eq!(
            reason,
            "has {{room}}, which is none of {{name}}, {{first_name}}, {{company}}, {{rep}}, {{site}}, {{meeting}}"
        );
        let room =
            MeetingSettings { location: "https://meet.example/{{meeting}}".into(), ..MeetingSettings::default() };
        assert_eq!(checked(room.clone()), Ok(room));
        let pointer = |change: fn(&mut MeetingSettings)| refused(change).0;
        assert_eq!(pointer(|settings| settings.title = " ".into()), "/title");
        assert_eq!(pointer(|settings| settings.title = "a\nb".into()), "/title");
        assert_eq!(pointer(|settings| settings.title = "x".repeat(201)), "/title");
        assert_eq!(pointer(|settings| settings.location = "x".repeat(501)), "/location");
        assert_eq!(pointer(|settings| settings.description = "x".repeat(2_001)), "/description");
        assert_eq!(pointer(|settings| settings.description = "\u{0}".repeat(3)), "/description");
        assert_eq!(pointer(|settings| settings.holidays = Some("Germany".into())), "/holidays");
        let lines = MeetingSettings { description: "One\nTwo".into(), ..MeetingSettings::default() };
        assert_eq!(checked(lines).expect("taken").description, "One\nTwo");
    }
}
