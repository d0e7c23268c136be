//! Absences of members: since when, and from when on a hand-over of their chats is offered (7.3).

use crate::working_hours::working_hours;
use knock_model::{AvailabilityState, Millis};
use knock_ports::{Member, StoreError, View};
use knock_scheduling::Span;
use knock_wire::{Absence, Availability, DayRange, TeamNotifications, WeeklyHours};

/// The days in which the next working day of a member is looked for.
const AHEAD: i64 = 60;
const AHEAD_DAYS: usize = 60;

/// Whether a member is away at an instant by their own word, whatever their working hours are.
pub(crate) fn is_away(availability: &Availability, now: Millis) -> bool {
    let is_back = availability.away_until.is_some_and(|until| until <= now);
    availability.state == AvailabilityState::Away && !is_back
}

/// The begin of an absence once `was` was changed at `now`: an absence that goes on keeps its own.
pub(crate) fn since(was: &Availability, state: AvailabilityState, now: Millis) -> Option<Millis> {
    match state {
        AvailabilityState::Active => None,
        AvailabilityState::Away if is_away(was, now) => was.away_since,
        AvailabilityState::Away => Some(now),
    }
}

/// The absence of a member with the chats they have; none while they are not away. `holidays` are those of the
/// workspace.
///
/// # Errors
/// When the store fails.
pub fn absence(
    view: &dyn View,
    member: &Member,
    settings: &TeamNotifications,
    holidays: Option<&str>,
    now: Millis,
) -> Result<Option<Absence>, StoreError> {
    let availability = &*member.availability;
    if !is_away(availability, now) {
        return Ok(None);
    }
    let chats = view.count_chats_of(member.id)?;
    let limit = limit(availability, settings, holidays, now);
    Ok(Some(Absence {
        since: availability.away_since,
        is_long: limit.is_some_and(|limit| limit <= now),
        will_be_long: limit.is_some_and(|limit| availability.away_until.is_none_or(|until| limit < until)),
        open_chats: chats.open,
        waiting_chats: chats.waiting,
    }))
}

/// The instant from which on a hand-over is offered; none if it never is. An absence that began before its begin was
/// stored has passed it.
fn limit(
    availability: &Availability,
    settings: &TeamNotifications,
    holidays: Option<&str>,
    now: Millis,
) -> Option<Millis> {
    if settings.absence_hours == Some(0) {
        return None;
    }
    let Some(since) = availability.away_since else { return Some(now) };
    Some(match settings.absence_hours {
        Some(hours) => since + Millis(Millis::MINUTE.0 * 60 * i64::from(hours)),
        None => end_of_next_working_day(availability, holidays, since),
    })
}

/// The end of the working day after that of an instant. Members without working hours have those of
/// [`usual_days`].
fn end_of_next_working_day(availability: &Availability, holidays: Option<&str>, at: Millis) -> Millis {
    let window = Span { start: at, end: at + Millis::days(AHEAD) };
    let usual =
        Availability { hours: Some(usual_days()), holidays: availability.holidays.clone(), ..Availability::default() };
    let hours = working_hours(availability, holidays, window).or_else(|| working_hours(&usual, holidays, window));
    hours.and_then(|hours| hours.end_of_next_day(at, AHEAD_DAYS)).unwrap_or(window.end)
}

/// Monday to Friday, all day, in UTC.
fn usual_days() -> WeeklyHours {
    let day = || -> Vec<DayRange> { vec![("00:00".into(), "24:00".into())] };
    let zone = "UTC".into();
    WeeklyHours { zone, mon: day(), tue: day(), wed: day(), thu: day(), fri: day(), ..WeeklyHours::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Millis {
        Millis(text.parse::<jiff::Timestamp>().expect("an instant").as_millisecond())
    }

    fn away(since: &str) -> Availability {
        Availability { state: AvailabilityState::Away, away_since: Some(at(since)), ..Availability::default() }
    }

    /// From nine to five in Berlin, on Mondays and Thursdays.
    fn part_time() -> WeeklyHours {
        let day = || -> Vec<DayRange> { vec![("09:00".into(), "12:00".into()), ("13:00".into(), "17:00".into())] };
        WeeklyHours { zone: "Europe/Berlin".into(), mon: day(), thu: day(), ..WeeklyHours::default() }
    }

    #[test]
    fn the_limit_is_the_end_of_the_next_working_day_unless_the_team_sets_hours() {
        let usual = TeamNotifications::default();
        let hours = |hours| TeamNotifications { absence_hours: Some(hours), ..usual };
        // 2027-01-04 is a Monday.
        let monday = away("2027-01-04T10:00:00Z");
        let berlin = Availability { hours: Some(part_time()), ..monday.clone() };
        let with_holiday = Availability { hours: Some(part_time()), ..away("2026-12-31T10:00:00Z") };
        let closed = Availability {
            hours: Some(WeeklyHours { zone: "UTC".into(), ..WeeklyHours::default() }),
            ..monday.clone()
        };
        for (availability, settings, holidays, expected) in [
            (&monday, usual, None, "2027-01-06T00:00:00Z"),
            (&away("2027-01-08T10:00:00Z"), usual, None, "2027-01-12T00:00:00Z"),
            (&away("2026-12-31T10:00:00Z"), usual, Some("DE"), "2027-01-05T00:00:00Z"),
            (&berlin, usual, None, "2027-01-07T16:00:00Z"),
            (&with_holiday, usual, None, "2027-01-04T16:00:00Z"),
            (&closed, usual, None, "2027-03-05T10:00:00Z"),
            (&berlin, hours(6), None, "2027-01-04T16:00:00Z"),
        ] {
            let found = limit(availability, &settings, holidays, at("2027-01-01T00:00:00Z"));
            assert_eq!(found, Some(at(expected)), "{availability:?}");
        }
        assert_eq!(limit(&monday, &hours(0), None, at("2030-01-01T00:00:00Z")), None);
        let unknown = Availability { away_since: None, ..monday };
        assert_eq!(limit(&unknown, &usual, None, Millis(7)), Some(Millis(7)), "it began before it was stored");
    }

    #[test]
    fn an_absence_that_goes_on_keeps_its_begin() {
        let was = away("2027-01-04T10:00:00Z");
        let (begin, later) = (was.away_since, at("2027-01-05T10:00:00Z"));
        assert_eq!(since(&was, AvailabilityState::Away, later), begin);
        assert_eq!(since(&was, AvailabilityState::Active, later), None);
        let came_back = Availability { away_until: Some(later), ..was };
        assert_eq!(since(&came_back, AvailabilityState::Away, later), Some(later));
        assert_eq!(since(&Availability::default(), AvailabilityState::Away, later), Some(later));
    }
}
