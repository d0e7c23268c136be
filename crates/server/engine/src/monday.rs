//! When the mail with the figures of a week is due: from Monday 08:00 of the member's time zone until Wednesday 08:00.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use knock_model::{MemberState, Millis, Permission};
use knock_ports::{Member, ReportMailRow, StoreError, View};

/// The hour at which it comes.
const HOUR: i8 = 8;
/// The days after which it would come too late: then it is left out.
const DAYS: i64 = 2;

/// A mail that is due.
#[derive(Clone, Debug)]
pub(crate) struct DueMail {
    pub(crate) member: Member,
    pub(crate) zone: TimeZone,
    /// The Monday on which its week began.
    pub(crate) week: Date,
}

/// The mail that is due for a member; none for one who may see no reports or is not on the team.
pub(crate) fn due_mail(view: &dyn View, row: &ReportMailRow, now: Millis) -> Result<Option<DueMail>, StoreError> {
    if !row.is_on {
        return Ok(None);
    }
    let Some(member) = reader(view, row)? else { return Ok(None) };
    let zone = zone_of_member(view, &member)?;
    let week = due_week(&row.sent_for, &zone, now);
    Ok(week.map(|week| DueMail { member, zone, week }))
}

/// The member of a row, if they may see reports.
fn reader(view: &dyn View, row: &ReportMailRow) -> Result<Option<Member>, StoreError> {
    let may = |member: &Member| member.state == MemberState::Active && member.role.may(Permission::SeeReports);
    Ok(view.member(row.member)?.filter(may))
}

/// The instant of a member's next mail; none if they have it off, or outside the calendar.
///
/// # Errors
/// When the database fails.
pub fn next_report_mail(view: &dyn View, member: &Member, now: Millis) -> Result<Option<Millis>, StoreError> {
    let Some(row) = view.report_mail(member.id)?.filter(|row| row.is_on) else { return Ok(None) };
    Ok(next_mail(&row.sent_for, &zone_of_member(view, member)?, now))
}

/// The zone of a member's working hours, else of their quiet hours, else UTC.
///
/// # Errors
/// When the database fails.
pub fn zone_of_member(view: &dyn View, member: &Member) -> Result<TimeZone, StoreError> {
    let named = match &member.availability.hours {
        Some(hours) => hours.zone.clone(),
        None => view.notifications(member.id)?.time_zone,
    };
    Ok(TimeZone::get(&named).unwrap_or(TimeZone::UTC))
}

/// The week that is to be mailed now.
fn due_week(sent_for: &str, zone: &TimeZone, now: Millis) -> Option<Date> {
    let monday = Monday::of(zone, now)?;
    (monday.begin()? <= now && monday.is_open(sent_for, now)).then(|| monday.week())?
}

/// The instant of the next mail.
fn next_mail(sent_for: &str, zone: &TimeZone, now: Millis) -> Option<Millis> {
    let monday = Monday::of(zone, now)?;
    if monday.is_open(sent_for, now) { monday.begin() } else { monday.next()?.begin() }
}

/// The week for which a mail was due last, as rows have it: one who turns the mail on gets none for it any more.
pub(crate) fn last_week(zone: &TimeZone, now: Millis) -> String {
    let week = Monday::of(zone, now).and_then(|monday| {
        let week = monday.week()?;
        if monday.begin()? <= now { Some(week) } else { week.checked_sub(7.days()).ok() }
    });
    week.map_or_else(String::new, |week| week.to_string())
}

/// A Monday on which the week before is mailed.
struct Monday<'z> {
    date: Date,
    zone: &'z TimeZone,
}

impl<'z> Monday<'z> {
    /// The one on or before the day of an instant.
    fn of(zone: &'z TimeZone, now: Millis) -> Option<Monday<'z>> {
        let today = Timestamp::from_millisecond(now.0).ok()?.to_zoned(zone.clone()).date();
        let passed = i64::from(today.weekday().to_monday_zero_offset());
        Some(Monday { date: today.checked_sub(passed.days()).ok()?, zone })
    }

    fn next(&self) -> Option<Monday<'z>> {
        Some(Monday { date: self.date.checked_add(7.days()).ok()?, zone: self.zone })
    }

    /// The Monday on which the mailed week began.
    fn week(&self) -> Option<Date> {
        self.date.checked_sub(7.days()).ok()
    }

    fn begin(&self) -> Option<Millis> {
        self.hour_of(0)
    }

    /// The instant of the hour, days later.
    fn hour_of(&self, later: i64) -> Option<Millis> {
        let date = self.date.checked_add(later.days()).ok()?;
        let at = date.at(HOUR, 0, 0, 0).to_zoned(self.zone.clone()).ok()?;
        Some(Millis(at.timestamp().as_millisecond()))
    }

    /// Whether its mail is to be sent still, now or later. Days as text are ordered as they are.
    fn is_open(&self, sent_for: &str, now: Millis) -> bool {
        let is_new = self.week().is_some_and(|week| week.to_string().as_str() > sent_for);
        is_new && self.hour_of(DAYS).is_some_and(|end| now < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect("a zone")
    }

    fn at(text: &str) -> Millis {
        Millis(text.parse::<Timestamp>().expect("an instant").as_millisecond())
    }

    fn due(sent_for: &str, name: &str, now: &str) -> Option<String> {
        due_week(sent_for, &zone(name), at(now)).map(|week| week.to_string())
    }

    #[test]
    fn a_week_is_due_from_monday_at_eight_until_wednesday_at_eight() {
        for (now, expected) in [
            ("2026-06-07T23:00:00Z", None),
            ("2026-06-08T07:59:59Z", None),
            ("2026-06-08T08:00:00Z", Some("2026-06-01")),
            ("2026-06-10T07:59:59Z", Some("2026-06-01")),
            ("2026-06-10T08:00:00Z", None),
            ("2026-06-14T12:00:00Z", None),
        ] {
            assert_eq!(due("", "UTC", now).as_deref(), expected, "{now}");
            assert_eq!(due("2026-06-01", "UTC", now), None, "it was sent: {now}");
            assert_eq!(due("2026-05-25", "UTC", now).as_deref(), expected, "that of before was sent: {now}");
        }
    }

    #[test]
    fn the_hour_is_that_of_the_zone_also_after_clocks_changed() {
        // In Berlin clocks went forward on Sunday, 2026-03-29, and went back on Sunday, 2026-10-25.
        for (before, begin, week) in [
            ("2026-03-23T06:59:59Z", "2026-03-23T07:00:00Z", "2026-03-16"),
            ("2026-03-30T05:59:59Z", "2026-03-30T06:00:00Z", "2026-03-23"),
            ("2026-10-19T05:59:59Z", "2026-10-19T06:00:00Z", "2026-10-12"),
            ("2026-10-26T06:59:59Z", "2026-10-26T07:00:00Z", "2026-10-19"),
        ] {
            let due = |now| due("", "Europe/Berlin", now);
            assert_eq!((due(before), due(begin).as_deref()), (None, Some(week)));
        }
        assert_eq!(due("", "Pacific/Kiritimati", "2026-06-07T18:00:00Z").as_deref(), Some("2026-06-01"));
        assert_eq!(due("", "Pacific/Honolulu", "2026-06-08T17:59:59Z"), None);
    }

    #[test]
    fn the_next_one_is_named() {
        let next = |sent_for: &str, now: &str| next_mail(sent_for, &zone("Europe/Berlin"), at(now));
        let (this, following) = (Some(at("2026-06-08T06:00:00Z")), Some(at("2026-06-15T06:00:00Z")));
        assert_eq!(next("", "2026-06-08T05:00:00Z"), this);
        assert_eq!(next("", "2026-06-08T06:00:00Z"), this, "it is about to be sent");
        assert_eq!(next("2026-06-01", "2026-06-08T06:00:00Z"), following);
        assert_eq!(next("", "2026-06-10T06:00:00Z"), following, "it would be too late");
        assert_eq!(next("2026-06-01", "2026-06-14T12:00:00Z"), following);
    }

    #[test]
    fn one_who_turns_it_on_gets_none_for_a_week_that_was_due() {
        let last = |now: &str| last_week(&zone("UTC"), at(now));
        assert_eq!(last("2026-06-08T07:59:59Z"), "2026-05-25");
        assert_eq!(last("2026-06-08T08:00:00Z"), "2026-06-01");
        assert_eq!(last("2026-06-14T12:00:00Z"), "2026-06-01");
    }
}
