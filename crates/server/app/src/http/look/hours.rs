//! The line about the hours in which the team answers.

use super::words::text;
use knock_agent::{Language, Moment, Presence, moment};
use knock_engine::TeamHours;
use knock_model::catalogue::filled;
use knock_scheduling::{Days, Week};
use knock_wire::Look;

/// The most groups of days that are a line; more of them say less than the present state.
const MOST: usize = 3;

/// The usual week where members share one, and when the team is back while it is away; empty if neither is known.
pub(super) fn line(hours: &TeamHours, look: &Look, language: Language) -> String {
    let said = |key: &str| text(look, language, key);
    let usual = hours.week.as_ref().and_then(|week| usual(week, said)).map(|usual| match &hours.zone {
        Some(zone) => filled(said("page.hours.zone"), &[("hours", &usual), ("zone", zone)]),
        None => usual,
    });
    let now = match &hours.presence {
        Presence::Here if usual.is_none() => Some(said("page.hours.here").to_owned()),
        Presence::Back(at) => {
            // A zone that the line has named already is not named again.
            let zone = at.zone.clone().filter(|_| usual.is_none());
            let at = moment(language, &Moment { zone, ..at.clone() });
            Some(filled(said("page.hours.back"), &[("moment", &at)]))
        }
        Presence::Here | Presence::Unknown => None,
    };
    usual.into_iter().chain(now).collect::<Vec<_>>().join(" \u{b7} ")
}

/// The days with their hours, such as `Mon–Fri 09:00–17:00`.
fn usual<'t>(week: &Week, said: impl Fn(&str) -> &'t str) -> Option<String> {
    let days = week.days();
    if days.is_empty() || days.len() > MOST {
        return None;
    }
    let names: Vec<&str> = said("page.hours.days").split_whitespace().collect();
    if names.len() != 7 {
        return None;
    }
    let group = |days: &Days| {
        let name = |day: usize| names.get(day).copied().unwrap_or_default();
        let names = match days.last - days.first {
            0 => name(days.first).to_owned(),
            1 => format!("{}, {}", name(days.first), name(days.last)),
            _ => format!("{}\u{2013}{}", name(days.first), name(days.last)),
        };
        let times: Vec<String> =
            days.ranges.iter().map(|(start, end)| format!("{}\u{2013}{}", time(*start), time(*end))).collect();
        filled(said("page.hours.times"), &[("days", &names), ("times", &times.join(", "))])
    };
    Some(days.iter().map(group).collect::<Vec<_>>().join("; "))
}

fn time(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_scheduling::Range;

    const MONDAY: Moment = Moment { days: 3, weekday: 1, day: 7, month: 12, hour: 9, minute: 0, zone: None };

    fn week(ranges: &[(&str, &str)]) -> Week {
        let day: Vec<Range> = ranges.iter().map(|(start, end)| Range::parse(start, end).expect("a range")).collect();
        Week::of([&std::array::from_fn(|place| if place < 5 { day.clone() } else { Vec::new() })])
    }

    fn said(week: Option<Week>, zone: Option<&str>, presence: Presence, language: Language) -> String {
        let zone = zone.map(str::to_owned);
        let hours = TeamHours { takes_chats: true, changes_at: None, presence, week, zone };
        line(&hours, &Look::default(), language)
    }

    #[test]
    fn the_line_has_the_usual_week_and_the_return() {
        let day = || Some(week(&[("09:00", "17:00")]));
        let lunch = Some(week(&[("09:00", "12:00"), ("13:00", "17:00")]));
        let back = || Presence::Back(MONDAY);
        for (week, zone, presence, language, expected) in [
            (day(), None, Presence::Here, Language::En, "Mon–Fri 09:00–17:00"),
            (day(), Some("Europe/Berlin"), Presence::Here, Language::De, "Mo–Fr 09:00–17:00 Uhr (Europe/Berlin)"),
            (lunch, None, Presence::Unknown, Language::Es, "lun–vie 09:00–12:00, 13:00–17:00"),
            (day(), None, back(), Language::Fr, "lun.–ven. 09:00–17:00 · Nous serons de retour lundi à 9:00"),
            (None, None, Presence::Here, Language::En, "We are here now"),
            (None, None, back(), Language::De, "Wir sind am Montag um 9:00 Uhr wieder da"),
            (None, None, Presence::Unknown, Language::En, ""),
        ] {
            assert_eq!(said(week, zone, presence, language), expected);
        }
    }

    #[test]
    fn a_week_that_is_split_by_the_zone_names_its_days() {
        let moved = week(&[("09:00", "17:00")]).moved(600);
        let expected = "Mon 19:00–24:00; Tue–Fri 00:00–03:00, 19:00–24:00; Sat 00:00–03:00";
        assert_eq!(said(Some(moved), None, Presence::Here, Language::En), expected);
    }
}
