//! Validation of notification settings, field by field.

use jiff::tz::TimeZone;
use knock_wire::{FieldError, NotificationSettings, QuietHours};

/// The longest wait before `waiting` applies, in minutes.
const LONGEST_WAIT: u32 = 1_440;
/// The largest number of quiet hours.
const MOST: usize = 10;

/// The settings for storage: the days of quiet hours in order, each once.
pub(super) fn checked(mut settings: NotificationSettings) -> Result<NotificationSettings, FieldError> {
    if settings.wait_minutes > LONGEST_WAIT {
        return Err(wrong("/wait_minutes", "is more than 1440"));
    }
    if settings.quiet.len() > MOST {
        return Err(wrong("/quiet", "has more than 10 entries"));
    }
    for (place, hours) in settings.quiet.iter_mut().enumerate() {
        check_hours(hours).map_err(|(field, reason)| wrong(&format!("/quiet/{place}/{field}"), reason))?;
        hours.days.sort_unstable();
        hours.days.dedup();
    }
    let zone = &*settings.time_zone;
    if !zone.is_empty() && TimeZone::get(zone).is_err() {
        return Err(wrong("/time_zone", "is no time zone such as Europe/Berlin"));
    }
    Ok(settings)
}

fn check_hours(hours: &QuietHours) -> Result<(), (&'static str, &'static str)> {
    if hours.days.is_empty() || hours.days.iter().any(|day| !(1..=7).contains(day)) {
        return Err(("days", "has to name days from 1 (Monday) to 7 (Sunday)"));
    }
    for (field, time) in [("from", &hours.from), ("to", &hours.to)] {
        if !is_time(time) {
            return Err((field, "is no time such as 18:30"));
        }
    }
    Ok(())
}

/// Whether a text is a time of the day such as `18:30`.
fn is_time(text: &str) -> bool {
    let [tens, ones, b':', minutes, last] = text.as_bytes() else { return false };
    let digits = [tens, ones, minutes, last];
    digits.into_iter().all(u8::is_ascii_digit) && (*tens, *ones) < (b'2', b'4') && *minutes < b'6'
}

fn wrong(pointer: &str, reason: &str) -> FieldError {
    FieldError { pointer: pointer.to_owned(), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong_field(change: impl FnOnce(&mut NotificationSettings)) -> String {
        let hours = QuietHours { days: vec![7, 1, 7], from: "18:30".into(), to: "09:00".into() };
        let mut settings = NotificationSettings { quiet: vec![hours], ..NotificationSettings::default() };
        change(&mut settings);
        checked(settings).err().map(|error| error.pointer).unwrap_or_default()
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(wrong_field(|_| {}), "");
        assert_eq!(wrong_field(|settings| settings.time_zone = "Europe/Berlin".into()), "");
        assert_eq!(wrong_field(|settings| settings.time_zone = "Europe/Nowhere".into()), "/time_zone");
        assert_eq!(wrong_field(|settings| settings.wait_minutes = 1_441), "/wait_minutes");
        assert_eq!(wrong_field(|settings| settings.quiet[0].days = vec![]), "/quiet/0/days");
        assert_eq!(wrong_field(|settings| settings.quiet[0].days = vec![0]), "/quiet/0/days");
        for time in ["", "9:00", "24:00", "12:60", "12.30", "1a:00", "12:300"] {
            assert_eq!(wrong_field(|settings| settings.quiet[0].to = time.into()), "/quiet/0/to", "{time}");
        }
        assert_eq!(wrong_field(|settings| settings.quiet = vec![settings.quiet[0].clone(); 11]), "/quiet");
    }

    #[test]
    fn days_are_kept_in_order_and_once() {
        let hours = QuietHours { days: vec![7, 1, 7], from: "00:00".into(), to: "23:59".into() };
        let settings = NotificationSettings { quiet: vec![hours], ..NotificationSettings::default() };
        assert_eq!(checked(settings).expect("they are right").quiet[0].days, [1, 7]);
    }
}
