//! The time of members: working hours and busy times of calendars, and for the team the meetings beside them.

use crate::commands::{Busy, BusyTimes, answers_chats, elsewhere};
use crate::meeting_pages::all_meetings;
use crate::working_hours::working_hours;
use jiff::tz::TimeZone;
use knock_model::MeetingState;
use knock_ports::{Meeting, MeetingQuery, Member, StoreError, View};
use knock_scheduling::{Hours, Span, union_within, zone};
use knock_wire::{MemberSchedule, Schedule, TeamMeeting, TeamSchedule, TimeSpan};

/// The working hours of a member within a window, and what is in their calendars beside meetings of Knock.
///
/// # Errors
/// When the store fails.
pub fn schedule(view: &dyn View, member: &Member, window: Span, busy: &BusyTimes) -> Result<Schedule, StoreError> {
    Known::load(view, window, busy)?.time_of(member)
}

/// The time of all members who take meetings within a window: working hours, busy times without titles, and meetings.
///
/// # Errors
/// When the store fails.
pub fn team_schedule(view: &dyn View, window: Span, busy: &BusyTimes) -> Result<TeamSchedule, StoreError> {
    let query = MeetingQuery { from: Some(window.start), to: Some(window.end), ..MeetingQuery::default() };
    let mut meetings = all_meetings(view, &query)?;
    meetings.retain(|meeting| meeting.state != MeetingState::Cancelled);
    let known = Known::load(view, window, busy)?;
    let members = view.members()?.into_iter().filter(answers_chats);
    let members = members.map(|member| known.colleague(&member, &meetings));
    let mut members = members.collect::<Result<Vec<MemberSchedule>, StoreError>>()?;
    members.sort_by_key(|member| (member.name.to_lowercase(), member.id));
    Ok(TeamSchedule { members })
}

/// The data from which the time of members is shown.
struct Known<'a> {
    view: &'a dyn View,
    /// The region whose public holidays count for members who chose none.
    holidays: Option<String>,
    window: Span,
    busy: &'a BusyTimes,
}

impl<'a> Known<'a> {
    fn load(view: &'a dyn View, window: Span, busy: &'a BusyTimes) -> Result<Known<'a>, StoreError> {
        Ok(Known { view, holidays: view.meeting_settings()?.holidays, window, busy })
    }

    fn time_of(&self, member: &Member) -> Result<Schedule, StoreError> {
        let hours = working_hours(&member.availability, self.holidays.as_deref(), self.window);
        let working = hours.as_ref().map(|hours| hours.spans(self.window)).unwrap_or_default();
        let hours = match hours {
            Some(hours) => hours,
            None => without_hours(&self.view.notifications(member.id)?.time_zone),
        };
        let busy = self.busy.get(&member.id);
        let blocks = match busy {
            Some(Busy::Known(blocks)) => elsewhere(blocks).filter_map(|block| block.span(&hours)).collect(),
            Some(Busy::Unreachable) | None => Vec::new(),
        };
        Ok(Schedule {
            working: shown(working),
            busy: shown(union_within(blocks, self.window)),
            is_unreachable: busy == Some(&Busy::Unreachable),
        })
    }

    fn colleague(&self, member: &Member, meetings: &[Meeting]) -> Result<MemberSchedule, StoreError> {
        let Schedule { working, busy, is_unreachable } = self.time_of(member)?;
        let attended = meetings.iter().filter(|meeting| meeting.details.reps.contains(&member.id));
        Ok(MemberSchedule {
            id: member.id,
            name: member.display_name(),
            has_calendar: self.busy.contains_key(&member.id),
            working,
            busy,
            meetings: attended.map(meeting_of_team).collect(),
            is_unreachable,
        })
    }
}

fn meeting_of_team(meeting: &Meeting) -> TeamMeeting {
    let title = meeting.details.title.clone().into();
    TeamMeeting { id: meeting.id, title, from: meeting.start, to: meeting.end }
}

/// The time zone for whole days of a member without working hours.
fn without_hours(named: &str) -> Hours {
    let zone = zone(named).unwrap_or(TimeZone::UTC);
    Hours { zone, weekly: Default::default(), overrides: Vec::new(), travel: Vec::new() }
}

fn shown(spans: Vec<Span>) -> Vec<TimeSpan> {
    spans.into_iter().map(|span| TimeSpan { from: span.start, to: span.end }).collect()
}
