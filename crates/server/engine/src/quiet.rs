//! The quiet hours of a member, in their time zone.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_wire::NotificationSettings;

/// The length of the search for the end of the quiet hours, as they may never end.
const FARTHEST: Millis = Millis::days(8);

/// The end of the quiet hours that contain an instant; none outside of them.
pub(crate) fn quiet_until(settings: &NotificationSettings, now: Millis) -> Option<Millis> {
    if settings.quiet.is_empty() {
        return None;
    }
    // A zone unknown to this version was valid when it was set.
    let zone = TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC);
    let is_quiet = |at: Millis| {
        let local = Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone.clone());
        let day = local.weekday().to_monday_one_offset().unsigned_abs();
        settings.is_quiet(day, &format!("{:02}:{:02}", local.hour(), local.minute()))
    };
    if !is_quiet(now) {
        return None;
    }
    let minute = Millis::MINUTE.0;
    let next = Millis((now.0.div_euclid(minute) + 1) * minute);
    let mut minutes = (next.0..(now + FARTHEST).0).step_by(60_000).map(Millis);
    Some(minutes.find(|at| !is_quiet(*at)).unwrap_or(now + FARTHEST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::QuietHours;

    fn at(text: &str) -> Millis {
        Millis(text.parse::<Timestamp>().expect("an instant").as_millisecond())
    }

    fn quiet(days: &[u8], from: &str, to: &str, zone: &str) -> NotificationSettings {
        let hours = QuietHours { days: days.to_vec(), from: from.into(), to: to.into() };
        NotificationSettings { quiet: vec![hours], time_zone: zone.into(), ..NotificationSettings::default() }
    }

    #[test]
    fn quiet_hours_end_by_the_clock_of_the_zone() {
        // 2026-11-23 is a Monday; Berlin is an hour ahead of UTC.
        let nights = quiet(&[1, 2, 3, 4, 5], "18:00", "09:00", "Europe/Berlin");
        assert_eq!(quiet_until(&nights, at("2026-11-23T16:59:59Z")), None);
        assert_eq!(quiet_until(&nights, at("2026-11-23T17:00:30Z")), Some(at("2026-11-24T08:00:00Z")));
        assert_eq!(quiet_until(&nights, at("2026-11-24T08:00:00Z")), None);
        let utc = quiet(&[1], "18:00", "09:00", "");
        assert_eq!(quiet_until(&utc, at("2026-11-23T17:30:00Z")), None);
        assert_eq!(quiet_until(&NotificationSettings::default(), at("2026-11-23T17:30:00Z")), None);
    }

    #[test]
    fn a_night_in_which_the_clocks_change_ends_by_the_clock() {
        let nights = quiet(&[6], "22:00", "08:00", "Europe/Berlin");
        assert_eq!(quiet_until(&nights, at("2026-10-24T21:00:00Z")), Some(at("2026-10-25T07:00:00Z")));
    }

    #[test]
    fn hours_that_never_end_are_looked_at_for_eight_days() {
        let always = quiet(&[1, 2, 3, 4, 5, 6, 7], "00:00", "00:00", "UTC");
        let now = at("2026-11-23T17:00:00Z");
        assert_eq!(quiet_until(&always, now), Some(now + FARTHEST));
    }
}
