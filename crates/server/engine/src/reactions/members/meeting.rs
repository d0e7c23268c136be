//! Notifications of members about their meetings.

use super::alert::push_to;
use crate::changes::Changes;
use crate::contact_details::name_of_meeting;
use crate::notice::{MeetingNotice, Notice};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_model::{MemberState, Millis, Permission, RepId};
use knock_ports::{Device, Ledger, Meeting, MeetingNews, Member, PushAlert, StoreError, View};
use knock_wire::{MeetingChangeKind, NotificationSettings};

/// What a change of a meeting is to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Booked,
    Moved,
    Cancelled,
    /// It was a colleague's, and is this member's.
    Assigned,
    /// It was this member's, and is that colleague's.
    GivenTo(RepId),
    /// A rep moved its event in their own calendar, and the meeting stays until the team answers.
    CalendarMoved,
    /// A rep deleted its event there, likewise.
    CalendarDeleted,
}

impl Said {
    /// The members whom a change concerns; owner and start before it, if there was a meeting, and after it.
    fn of(news: MeetingNews, before: Option<(RepId, Millis)>, (owner, start): (RepId, Millis)) -> Vec<(RepId, Said)> {
        match (news, before) {
            (MeetingNews::Booked, _) => vec![(owner, Said::Booked)],
            (MeetingNews::Cancelled, _) => vec![(owner, Said::Cancelled)],
            (MeetingNews::Changed, Some((had, _))) if had != owner => {
                vec![(owner, Said::Assigned), (had, Said::GivenTo(owner))]
            }
            (MeetingNews::Changed, Some((_, planned))) if planned != start => vec![(owner, Said::Moved)],
            (MeetingNews::Changed | MeetingNews::Reminder, _) => Vec::new(),
        }
    }

    /// The same for a member whose meeting it is not.
    const fn of_colleague(self, owner: RepId) -> Said {
        match self {
            Said::Assigned => Said::GivenTo(owner),
            Said::Booked
            | Said::Moved
            | Said::Cancelled
            | Said::GivenTo(_)
            | Said::CalendarMoved
            | Said::CalendarDeleted => self,
        }
    }

    /// The same for the live feed.
    const fn kind(self) -> MeetingChangeKind {
        match self {
            Said::Booked => MeetingChangeKind::Booked,
            Said::Moved => MeetingChangeKind::Moved,
            Said::Cancelled => MeetingChangeKind::Cancelled,
            Said::Assigned | Said::GivenTo(_) => MeetingChangeKind::Assigned,
            Said::CalendarMoved => MeetingChangeKind::CalendarMoved,
            Said::CalendarDeleted => MeetingChangeKind::CalendarDeleted,
        }
    }

    fn title(self, view: &dyn View) -> Result<String, StoreError> {
        Ok(match self {
            Said::Booked => "Meeting booked".to_owned(),
            Said::Moved => "Meeting moved".to_owned(),
            Said::Cancelled => "Meeting cancelled".to_owned(),
            Said::Assigned => "Meeting assigned to you".to_owned(),
            Said::CalendarMoved => "Meeting moved in a calendar: apply or undo it".to_owned(),
            Said::CalendarDeleted => "Meeting deleted in a calendar: apply or undo it".to_owned(),
            Said::GivenTo(colleague) => {
                let name = view.member(colleague)?.map(|member| member.display_name());
                format!("Meeting moved to {}", name.as_deref().unwrap_or("a colleague"))
            }
        })
    }
}

/// Notifies of a change: open dashboards, the lists of those whom it concerns, and their browsers. The member who made it
/// knows of it. `before` is the meeting before a change.
pub(super) fn notify_change(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    (news, before): (MeetingNews, Option<&Meeting>),
    by: Option<RepId>,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let before = before.map(|before| (before.owner, before.start));
    let mut concerned = Said::of(news, before, (meeting.owner, meeting.start));
    let Some((_, said)) = concerned.first().copied() else { return Ok(()) };
    let former = before.map(|(had, _)| had).filter(|had| *had != meeting.owner);
    changes.push(Notice::Meeting(MeetingNotice { meeting: meeting.id, what: said.kind(), former, by }));
    concerned
        .extend(colleagues(ledger, &concerned)?.into_iter().map(|member| (member, said.of_colleague(meeting.owner))));
    concerned.retain(|(member, _)| Some(*member) != by);
    notify_each(ledger, meeting, &concerned, now, changes)
}

/// Notifies of a change in the calendar of a member that waits: the owner of the meeting, and that member. Both are to know
/// that the meeting stays as it is until it is answered.
pub(super) fn notify_waiting(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    (member, is_moved): (RepId, bool),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let said = if is_moved { Said::CalendarMoved } else { Said::CalendarDeleted };
    let former = (member != meeting.owner).then_some(member);
    changes.push(Notice::Meeting(MeetingNotice { meeting: meeting.id, what: said.kind(), former, by: None }));
    let concerned: Vec<_> = std::iter::once(meeting.owner).chain(former).map(|member| (member, said)).collect();
    notify_each(ledger, meeting, &concerned, now, changes)
}

/// Notifies members: in their lists, and by their browsers.
fn notify_each(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    concerned: &[(RepId, Said)],
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let devices = ledger.devices(now)?;
    for (member, said) in concerned.iter().copied() {
        ledger.note_meeting_news(member, meeting.id, now)?;
        let own = devices.iter().filter(|device| device.member == member);
        push_change(ledger, meeting, (member, said), own, now, changes)?;
    }
    Ok(())
}

/// The other members who want to know of all meetings.
fn colleagues(ledger: &dyn Ledger, concerned: &[(RepId, Said)]) -> Result<Vec<RepId>, StoreError> {
    let mut colleagues = Vec::new();
    for member in ledger.members()? {
        let is_told = concerned.iter().any(|(other, _)| *other == member.id);
        let may = member.state == MemberState::Active && member.role.may(Permission::UseInbox);
        if may && !is_told && ledger.notifications(member.id)?.all_meetings {
            colleagues.push(member.id);
        }
    }
    Ok(colleagues)
}

/// Sends push notifications to the browsers of a member.
fn push_change<'d>(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    (member, said): (RepId, Said),
    devices: impl Iterator<Item = &'d Device>,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let mut devices = devices.peekable();
    let settings = ledger.notifications(member)?;
    if devices.peek().is_none() || !settings.meeting.push {
        return Ok(());
    }
    let Some(recipient) = ledger.member(member)? else { return Ok(()) };
    let name = name_of_meeting(ledger, meeting)?;
    let (title, body) = (said.title(ledger)?, body(name, meeting.start, &recipient, &settings));
    let tag = meeting.id.to_string();
    let alert = PushAlert { path: format!("/app/meetings/{tag}"), tag, title, body };
    for device in devices {
        push_to(ledger, (device, &settings), (meeting.lead, &alert), now, changes)?;
    }
    Ok(())
}

/// The name of the lead, and the time if the member lets notifications show content.
fn body(name: String, start: Millis, member: &Member, settings: &NotificationSettings) -> String {
    if !settings.shows_text {
        return name;
    }
    let hours = member.availability.hours.as_ref();
    let zone = hours.map_or(&*settings.time_zone, |hours| &*hours.zone);
    format!("{name}: {}", time(start, zone))
}

/// An instant in a time zone, such as `Tue 2 Jun, 10:00 (Europe/Berlin)`; in UTC if the zone is unknown.
fn time(at: Millis, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let place = zone.iana_name().unwrap_or("UTC").to_owned();
    let at = Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone);
    format!("{} ({place})", at.strftime("%a %-d %b, %H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_pushed_to_its_owner_and_to_the_one_before() {
        let [ann, bo] = [1, 2].map(|number| RepId::new([number; 16]));
        let [ten, eleven] = [10, 11].map(Millis);
        for (news, before, after, expected) in [
            (MeetingNews::Booked, None, (ann, ten), vec![(ann, Said::Booked)]),
            (MeetingNews::Cancelled, None, (ann, ten), vec![(ann, Said::Cancelled)]),
            (MeetingNews::Changed, Some((ann, ten)), (ann, eleven), vec![(ann, Said::Moved)]),
            (MeetingNews::Changed, Some((ann, ten)), (bo, ten), vec![(bo, Said::Assigned), (ann, Said::GivenTo(bo))]),
            (MeetingNews::Changed, Some((ann, ten)), (ann, ten), vec![]),
            (MeetingNews::Reminder, None, (ann, ten), vec![]),
        ] {
            assert_eq!(Said::of(news, before, after), expected, "{news:?} {before:?}");
        }
    }

    #[test]
    fn the_time_is_that_of_the_member() {
        let at = Millis(1_780_387_200_000);
        assert_eq!(time(at, "Europe/Berlin"), "Tue 2 Jun, 10:00 (Europe/Berlin)");
        assert_eq!([time(at, ""), time(at, "Mars/Base")], ["Tue 2 Jun, 08:00 (UTC)", "Tue 2 Jun, 08:00 (UTC)"]);
    }
}
