//! The terms of a meeting, by the settings of the workspace.

use knock_model::Millis;
use knock_scheduling::{Span, Terms};
use knock_wire::MeetingSettings;

/// The terms of a meeting that is requested at `now`, with starts from `from` up to `to`: no sooner than the minimum
/// notice, and within the booking window (SC-04). The window is empty if no time is left. `duration_min` replaces the
/// default duration.
pub fn terms(settings: &MeetingSettings, duration_min: Option<u32>, now: Millis, from: Millis, to: Millis) -> Terms {
    let duration = duration_min.unwrap_or(settings.duration_min);
    let start = from.max(now + minutes(settings.notice_min));
    let end = to.min(now + Millis::days(settings.horizon_days.into()));
    Terms {
        duration: minutes(duration),
        step: minutes(settings.step_min.unwrap_or(duration)),
        buffer_before: minutes(settings.buffer_before_min),
        buffer_after: minutes(settings.buffer_after_min),
        max_per_day: settings.max_per_day.map(u64::from),
        window: Span { start, end: end.max(start) },
    }
}

fn minutes(count: u32) -> Millis {
    Millis(i64::from(count) * Millis::MINUTE.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_795_388_400_000);
    const HOUR: Millis = Millis(3_600_000);

    fn window(from: Millis, to: Millis) -> (Millis, Millis) {
        let window = terms(&MeetingSettings::default(), None, NOW, NOW + from, NOW + to).window;
        (window.start - NOW, window.end - NOW)
    }

    #[test]
    fn the_window_is_what_is_asked_for_within_notice_and_horizon() {
        let (notice, horizon) = (Millis(4 * HOUR.0), Millis::days(60));
        let (day, week) = (Millis::DAY, Millis::days(7));
        assert_eq!(window(day, week), (day, week));
        assert_eq!(window(Millis(-HOUR.0), day), (notice, day));
        assert_eq!(window(week, Millis::days(90)), (week, horizon));
    }

    #[test]
    fn nothing_is_left_before_the_notice_after_the_horizon_and_backwards() {
        for (from, to) in [(0, 3), (61 * 24, 70 * 24), (48, 24)] {
            let (start, end) = window(Millis(from * HOUR.0), Millis(to * HOUR.0));
            assert_eq!(start, end, "{from} {to}");
        }
    }

    #[test]
    fn starts_are_as_far_apart_as_meetings_are_long_unless_a_step_is_set() {
        let step = |settings: &MeetingSettings, duration| {
            let terms = terms(settings, duration, NOW, NOW, NOW + HOUR);
            (terms.duration.0 / Millis::MINUTE.0, terms.step.0 / Millis::MINUTE.0)
        };
        let usual = MeetingSettings::default();
        let stepped = MeetingSettings { step_min: Some(10), ..MeetingSettings::default() };
        assert_eq!([step(&usual, None), step(&usual, Some(45))], [(30, 30), (45, 45)]);
        assert_eq!([step(&stepped, None), step(&stepped, Some(45))], [(30, 10), (45, 10)]);
    }

    #[test]
    fn buffers_and_the_limit_of_a_day_are_those_of_the_settings() {
        let settings = MeetingSettings {
            buffer_before_min: 5,
            buffer_after_min: 10,
            max_per_day: Some(3),
            ..MeetingSettings::default()
        };
        let terms = terms(&settings, None, NOW, NOW, NOW + HOUR);
        let (before, after) = (Millis(5 * Millis::MINUTE.0), Millis(10 * Millis::MINUTE.0));
        assert_eq!((terms.buffer_before, terms.buffer_after, terms.max_per_day), (before, after, Some(3)));
    }
}
