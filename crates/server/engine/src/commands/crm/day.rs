//! The day of an instant for the member it concerns: a CRM shows a date as it is stored, wherever its reader is.

use crate::working_hours::working_hours;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use knock_model::{Millis, RepId, Role};
use knock_ports::Member;
use knock_scheduling::{Hours, Span};

/// The first day of those that are counted.
const FIRST: Date = Date::constant(1970, 1, 1);

/// Returns the day of an instant in the time zone of a member, also while they travel; without working hours in that of
/// the workspace, which is the first admin's, else in UTC. In days since 1970-01-01.
pub(super) fn day_of(members: &[Member], member: Option<&str>, at: Millis) -> i32 {
    let own = members.iter().find(|one| Some(RepId::to_string(&one.id).as_str()) == member);
    let of_workspace = || members.iter().filter(|one| one.role == Role::Admin).find_map(|one| hours(one, at));
    let instant = Timestamp::from_millisecond(at.0).unwrap_or_default();
    let date = match own.and_then(|one| hours(one, at)).or_else(of_workspace) {
        Some(hours) => date(&hours, instant),
        None => TimeZone::UTC.to_datetime(instant).date(),
    };
    FIRST.until(date).map_or(0, |span| span.get_days())
}

fn hours(member: &Member, at: Millis) -> Option<Hours> {
    working_hours(&member.availability, None, Span { start: at, end: at + Millis(1) })
}

fn date(hours: &Hours, at: Timestamp) -> Date {
    let own = hours.zone.to_datetime(at).date();
    let travel = hours.travel.iter().rev().find(|travel| travel.from <= own && own <= travel.to);
    travel.map_or(own, |travel| travel.zone.to_datetime(at).date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::MemberState;
    use knock_wire::{Availability, TravelDates, WeeklyHours};

    const ANN: [u8; 16] = [1; 16];
    const BO: [u8; 16] = [2; 16];

    fn member(id: [u8; 16], role: Role, zone: Option<&str>) -> Member {
        let hours = zone.map(|zone| WeeklyHours { zone: zone.into(), ..WeeklyHours::default() });
        let availability = Box::new(Availability { hours, ..Availability::default() });
        Member { availability, ..Member::new(RepId::new(id), "ann@us.example".into(), role, MemberState::Active) }
    }

    #[test]
    fn a_day_is_that_of_the_member_else_of_the_workspace_else_of_utc() {
        // 2027-01-11T23:00:00Z: the twelfth in Tokyo, the eleventh in New York.
        let at = Millis(1_799_708_400_000);
        let eleventh = i32::try_from(at.0 / Millis::DAY.0).expect("a day");
        let day = |members: &[Member], of: Option<[u8; 16]>| {
            day_of(members, of.map(|id| RepId::new(id).to_string()).as_deref(), at) - eleventh
        };
        let (tokyo, york) = (Some("Asia/Tokyo"), Some("America/New_York"));
        assert_eq!(day(&[member(ANN, Role::Rep, tokyo), member(BO, Role::Admin, york)], Some(ANN)), 1);
        assert_eq!(day(&[member(ANN, Role::Rep, york), member(BO, Role::Admin, tokyo)], Some(ANN)), 0);
        assert_eq!(day(&[member(ANN, Role::Rep, None), member(BO, Role::Admin, tokyo)], Some(ANN)), 1);
        assert_eq!(day(&[member(ANN, Role::Rep, tokyo), member(BO, Role::Admin, None)], None), 0);
        let mut away = member(ANN, Role::Rep, york);
        let dates = TravelDates { from: "2027-01-10".into(), to: "2027-01-14".into(), zone: "Asia/Tokyo".into() };
        away.availability.travel = vec![dates];
        assert_eq!(day(&[away], Some(ANN)), 1);
    }
}
