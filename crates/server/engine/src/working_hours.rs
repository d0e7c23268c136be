//! Working hours for scheduling: the week, dates with other hours, public holidays, travel.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_scheduling::{Hours, Override, Range, Span, Travel, WrongHours, date, zone};
use knock_wire::{Availability, DayRange, NO_HOLIDAYS, WeeklyHours};

/// An error in hours: a JSON pointer within the availability, and the reason.
pub type WrongAt<'a> = (String, WrongHours<'a>);

/// The margin around a window: time zones differ by at most 26 hours, which is two dates.
const OTHER_ZONE: Millis = Millis::days(2);

/// Returns the hours of a member in a window of time, with its public holidays as free days; a date with hours of its
/// own keeps them. `workspace` is the region whose holidays count for members who chose none.
///
/// None without working hours, or if this version cannot read them.
pub fn working_hours(availability: &Availability, workspace: Option<&str>, window: Span) -> Option<Hours> {
    let mut hours = own_hours(availability).ok()??;
    let free = free_days(availability.holidays.as_deref().or(workspace), window);
    // The last override of a date counts: the member's own.
    hours.overrides.splice(0..0, free.map(|date| Override { date, ranges: Vec::new() }));
    Some(hours)
}

/// Returns the hours of a member as written, without public holidays; none for a member without hours.
///
/// # Errors
/// The first value that cannot be parsed.
pub fn own_hours(availability: &Availability) -> Result<Option<Hours>, WrongAt<'_>> {
    let mut overrides = Vec::with_capacity(availability.overrides.len());
    for (at, other) in availability.overrides.iter().enumerate() {
        let date = date(&other.date).map_err(|wrong| (format!("/overrides/{at}/date"), wrong))?;
        overrides.push(Override { date, ranges: ranges(&other.ranges, &format!("/overrides/{at}/ranges"))? });
    }
    let mut travel = Vec::with_capacity(availability.travel.len());
    for (at, dates) in availability.travel.iter().enumerate() {
        let parsed = Travel::parse(&dates.from, &dates.to, &dates.zone);
        travel.push(parsed.map_err(|wrong| (format!("/travel/{at}/{}", field(&wrong, &dates.from)), wrong))?);
    }
    let Some(written) = &availability.hours else { return Ok(None) };
    let (zone, weekly) = week(written)?;
    Ok(Some(Hours { zone, weekly, overrides, travel }))
}

/// Returns the wrong field of dates of travel.
fn field(wrong: &WrongHours<'_>, from: &str) -> &'static str {
    match wrong {
        WrongHours::Date(text) if *text == from => "from",
        WrongHours::Date(_) | WrongHours::EndsBefore => "to",
        WrongHours::Zone(_) | WrongHours::Time(_) | WrongHours::Inverted => "zone",
    }
}

fn week(written: &WeeklyHours) -> Result<(TimeZone, [Vec<Range>; 7]), WrongAt<'_>> {
    let zone = zone(&written.zone).map_err(|wrong| ("/hours/zone".to_owned(), wrong))?;
    let mut weekly: [Vec<Range>; 7] = Default::default();
    for (day, (name, written)) in weekly.iter_mut().zip(written.days()) {
        *day = ranges(written, &format!("/hours/{name}"))?;
    }
    Ok((zone, weekly))
}

fn ranges<'a>(written: &'a [DayRange], pointer: &str) -> Result<Vec<Range>, WrongAt<'a>> {
    let parsed = written
        .iter()
        .enumerate()
        .map(|(at, (start, end))| Range::parse(start, end).map_err(|wrong| (format!("{pointer}/{at}"), wrong)));
    parsed.collect()
}

/// Returns the public holidays of a region on all dates that may touch the window, in any time zone.
fn free_days(region: Option<&str>, window: Span) -> impl Iterator<Item = Date> {
    let region = region.filter(|code| *code != NO_HOLIDAYS).and_then(knock_holidays::region);
    let dates = date_of(window.start - OTHER_ZONE).zip(date_of(window.end + OTHER_ZONE));
    let free = region.zip(dates).map(|(region, (first, last))| region.between(first, last).collect::<Vec<_>>());
    free.into_iter().flatten().map(|holiday| holiday.date)
}

fn date_of(at: Millis) -> Option<Date> {
    Some(TimeZone::UTC.to_datetime(Timestamp::from_millisecond(at.0).ok()?).date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::{DateHours, TravelDates};

    fn day(start: &str, end: &str) -> Vec<DayRange> {
        vec![(start.into(), end.into())]
    }

    fn on(date: &str, ranges: Vec<DayRange>) -> DateHours {
        DateHours { date: date.into(), ranges }
    }

    /// Fridays from nine to five in Berlin; the first day of 2027 is a Friday.
    fn fridays() -> Availability {
        let hours = WeeklyHours { zone: "Europe/Berlin".into(), fri: day("09:00", "17:00"), ..WeeklyHours::default() };
        Availability { hours: Some(hours), ..Availability::default() }
    }

    /// An instant of the local time in Berlin, in winter.
    fn berlin(date: &str, hour: i64) -> Millis {
        let midnight: Timestamp = format!("{date}T00:00:00+01:00").parse().expect("an instant");
        Millis(midnight.as_millisecond() + hour * 3_600_000)
    }

    fn works(availability: &Availability, workspace: Option<&str>, at: Millis) -> bool {
        let hours = working_hours(availability, workspace, Span { start: at, end: at + Millis(1) });
        hours.expect("hours").hold(at)
    }

    #[test]
    fn holidays_are_the_members_own_else_those_of_the_workspace() {
        let new_year = berlin("2027-01-01", 10);
        let chose = |code: &str| Availability { holidays: Some(code.into()), ..fridays() };
        for (availability, workspace, expected) in [
            (fridays(), None, true),
            (fridays(), Some("DE"), false),
            (chose("none"), Some("DE"), true),
            (chose("IL"), Some("DE"), true),
            (chose("DE-BY"), None, false),
            (chose("no such region"), None, true),
        ] {
            assert_eq!(
                works(&availability, workspace, new_year),
                expected,
                "{:?} {workspace:?}",
                availability.holidays
            );
        }
        assert!(works(&fridays(), Some("DE"), berlin("2027-01-08", 10)), "the week after");
    }

    #[test]
    fn hours_of_a_date_come_before_its_weekday_and_before_a_holiday() {
        let overrides = vec![on("2027-01-01", day("10:00", "11:00")), on("2027-01-08", Vec::new())];
        let availability = Availability { overrides, ..fridays() };
        let at = |date, hour| works(&availability, Some("DE"), berlin(date, hour));
        assert_eq!([9, 10, 11].map(|hour| at("2027-01-01", hour)), [false, true, false]);
        assert!(!at("2027-01-08", 10) && at("2027-01-15", 10));
    }

    #[test]
    fn travel_moves_the_hours_of_its_dates() {
        let away = TravelDates { from: "2027-01-08".into(), to: "2027-01-08".into(), zone: "America/New_York".into() };
        let availability = Availability { travel: vec![away], ..fridays() };
        let at = |date, hour| works(&availability, None, berlin(date, hour));
        assert_eq!([10, 16, 22].map(|hour| at("2027-01-08", hour)), [false, true, true]);
        assert!(at("2027-01-15", 10));
    }

    #[test]
    fn a_holiday_of_the_next_year_is_seen_from_this_one() {
        let window = Span { start: berlin("2026-12-01", 0), end: berlin("2027-02-01", 0) };
        let hours = working_hours(&fridays(), Some("DE-BY"), window).expect("hours");
        let free: Vec<_> = hours.overrides.iter().map(|free| free.date.to_string()).collect();
        assert_eq!(free, ["2026-12-25", "2026-12-26", "2027-01-01", "2027-01-06"]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |change: fn(&mut Availability)| {
            let mut written = fridays();
            change(&mut written);
            own_hours(&written).map(drop).map_err(|(pointer, wrong)| format!("{pointer}: {wrong}"))
        };
        assert_eq!(wrong(|_| {}), Ok(()));
        let refused =
            |change: fn(&mut Availability), expected: &str| assert_eq!(wrong(change), Err(expected.to_owned()));
        refused(
            |written| written.hours = Some(WeeklyHours { zone: "Berlin".into(), ..WeeklyHours::default() }),
            "/hours/zone: `Berlin` is not a time zone such as `Europe/Berlin`",
        );
        refused(
            |written| written.hours.as_mut().expect("hours").fri[0].0 = "9".into(),
            "/hours/fri/0: `9` is not a time of day such as `09:00`",
        );
        refused(
            |written| written.overrides = vec![on("24.12.2026", Vec::new())],
            "/overrides/0/date: `24.12.2026` is not a date such as `2026-12-24`",
        );
        refused(
            |written| written.overrides = vec![on("2026-12-24", Vec::new()), on("2026-12-25", day("12:00", "9:00"))],
            "/overrides/1/ranges/0: `9:00` is not a time of day such as `09:00`",
        );
        let trip = |from: &str, to: &str, zone: &str| {
            let dates = TravelDates { from: from.into(), to: to.into(), zone: zone.into() };
            let written = Availability { travel: vec![dates], ..fridays() };
            own_hours(&written).map(drop).map_err(|(pointer, _)| pointer)
        };
        assert_eq!(trip("2026-12-24", "2026-12-24", "Asia/Tokyo"), Ok(()));
        assert_eq!(trip("2026-12-32", "2026-12-24", "Asia/Tokyo"), Err("/travel/0/from".to_owned()));
        assert_eq!(trip("2026-12-24", "", "Asia/Tokyo"), Err("/travel/0/to".to_owned()));
        assert_eq!(trip("2026-12-24", "2026-12-23", "Asia/Tokyo"), Err("/travel/0/to".to_owned()));
        assert_eq!(trip("2026-12-24", "2026-12-24", "Tokyo"), Err("/travel/0/zone".to_owned()));
    }
}
