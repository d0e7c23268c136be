//! A week of the team, by member and day.

use knock_model::Millis;
use knock_wire::{MemberSchedule, TeamMeeting, TimeSpan};
use std::ops::Range;

use super::day_layout::span_on;
use super::{MeetingsQuery, midnight};
use crate::api::{Client, Failure};
use crate::kit::civil::{Civil, Day};

/// What the view of the team shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TeamShown {
    pub(crate) asked: MeetingsQuery,
    pub(crate) members: Vec<MemberSchedule>,
}

impl TeamShown {
    /// Loads the shown days of a query.
    pub(crate) async fn load(asked: MeetingsQuery, client: Client, today: Day) -> Result<TeamShown, Failure> {
        let (first, count) = asked.days(today);
        let (Some(from), Some(to)) = (midnight(first), midnight(first.plus(count))) else {
            return Err(Failure::NotFound);
        };
        let members = client.team_schedule(from, to).await?.members;
        Ok(TeamShown { asked, members })
    }
}

/// A day of a member, in minutes of the day.
pub(crate) struct MemberDay {
    pub(crate) day: Day,
    pub(crate) working: Vec<Range<i64>>,
    pub(crate) busy: Vec<Range<i64>>,
    pub(crate) meetings: Vec<(Range<i64>, TeamMeeting)>,
}

impl MemberDay {
    /// What a member has on a day of the reader's local time.
    pub(crate) fn of(day: Day, member: &MemberSchedule, local: impl Fn(Millis) -> Civil + Copy) -> MemberDay {
        let span = |span: &TimeSpan| span_on(day, (span.from, span.to), local);
        let on = |meeting: &TeamMeeting| Some((span_on(day, (meeting.from, meeting.to), local)?, meeting.clone()));
        MemberDay {
            day,
            working: member.working.iter().filter_map(span).collect(),
            busy: member.busy.iter().filter_map(span).collect(),
            meetings: member.meetings.iter().filter_map(on).collect(),
        }
    }

    /// The minutes that must be in sight: busy times outside of them are cut off.
    pub(crate) fn shown_minutes(&self) -> impl Iterator<Item = &Range<i64>> {
        self.meetings.iter().map(|(minutes, _)| minutes).chain(&self.working)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::civil::civil;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_day_has_what_is_on_it_in_the_time_of_the_reader() {
        let member = sample::member_schedule();
        let start = sample::meeting().start_at;
        for (offset, working, busy, meeting) in
            [(120, 540..1_020, 780..900, 600..630), (-420, 0..480, 240..360, 60..90)]
        {
            let local = |at| civil(at, offset);
            let day = local(start).day;
            let on = MemberDay::of(day, &member, local);
            assert_eq!((on.working, on.busy), (vec![working], vec![busy]));
            assert_eq!(on.meetings, [(meeting, member.meetings[0].clone())]);
            let next = MemberDay::of(day.plus(1), &member, local);
            assert!(next.shown_minutes().next().is_none() && next.busy.is_empty());
        }
    }

    #[wasm_bindgen_test]
    fn busy_times_outside_of_work_and_meetings_widen_nothing() {
        let member = sample::member_schedule();
        let local = |at| civil(at, 120);
        let day = MemberDay::of(local(sample::meeting().start_at).day, &member, local);
        let shown: Vec<_> = day.shown_minutes().cloned().collect();
        assert_eq!(shown, [600..630, 540..1_020]);
    }
}
