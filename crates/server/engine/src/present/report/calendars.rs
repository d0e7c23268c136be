//! The working time in which durations are measured.

use crate::working_hours::working_hours;
use knock_model::{HoursFor, MemberState, Millis, Permission};
use knock_ports::{Member, StoreError, View};
use knock_report::{Ask, CalendarKind, Calendars, Opening};
use knock_scheduling::Span;

/// The time before both periods that is known too: what ends in one of them may have begun before.
const BEFORE: Millis = Millis::days(100);

/// Returns the working hours of the team and of each member for a question, by the hours as they are now: earlier ones are
/// not kept. The team works while any member works that answers chats; a member without hours for chats always does.
pub(super) fn calendars(view: &dyn View, ask: &Ask, now: Millis) -> Result<Calendars, StoreError> {
    if ask.calendar == CalendarKind::Elapsed {
        return Ok(Calendars::default());
    }
    let window = Span { start: ask.period.before().start() - BEFORE, end: now };
    let holidays = view.meeting_settings()?.holidays;
    let (mut calendars, mut team) = (Calendars::default(), Vec::new());
    for member in view.members()? {
        let hours = hours(&member, holidays.as_deref(), window);
        if answers(&member) {
            team.extend(hours.clone().unwrap_or_else(|| vec![window]));
        }
        calendars.reps.extend(hours.map(|hours| (member.id, Opening::new(hours))));
    }
    calendars.team = Opening::new(team);
    Ok(calendars)
}

fn answers(member: &Member) -> bool {
    member.state == MemberState::Active && member.role.may(Permission::UseInbox)
}

/// Returns the spans in which a member works on chats; none for a member without hours for them.
fn hours(member: &Member, holidays: Option<&str>, window: Span) -> Option<Vec<Span>> {
    let is_for_chats = member.availability.hours_for != HoursFor::Meetings;
    let hours = is_for_chats.then(|| working_hours(&member.availability, holidays, window)).flatten()?;
    Some(hours.spans(window))
}
