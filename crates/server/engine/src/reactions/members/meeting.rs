//! Notifications of members about their meetings.

use super::alert::push_to;
use crate::changes::Changes;
use crate::contact_details::name_of_meeting;
use crate::notice::{MeetingNotice, Notice};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_model::{Millis, RepId};
use knock_ports::{Ledger, Meeting, MeetingNews, Member, PushAlert, StoreError, View};
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

    /// The same for the live feed.
    const fn kind(self) -> MeetingChangeKind {
        match self {
            Said::Booked => MeetingChangeKind::Booked,
            Said::Moved => MeetingChangeKind::Moved,
            Said::Cancelled => MeetingChangeKind::Cancelled,
            Said::Assigned | Said::GivenTo(_) => MeetingChangeKind::Assigned,
        }
    }

    fn title(self, view: &dyn View) -> Result<String, StoreError> {
        Ok(match self {
            Said::Booked => "Meeting booked".to_owned(),
            Said::Moved => "Meeting moved".to_owned(),
            Said::Cancelled => "Meeting cancelled".to_owned(),
            Said::Assigned => "Meeting assigned to you".to_owned(),
            Said::GivenTo(colleague) => {
                let name = view.member(colleague)?.map(|member| member.display_name());
                format!("Meeting moved to {}", name.as_deref().unwrap_or("a colleague"))
            }
        })
    }
}

/// Tells open dashboards of a change, and sends push notifications to those whom it concerns; `before` is the meeting before a change.
pub(super) fn push_change(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    (news, before): (MeetingNews, Option<&Meeting>),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let devices = ledger.devices(now)?;
    let before = before.map(|before| (before.owner, before.start));
    let concerned = Said::of(news, before, (meeting.owner, meeting.start));
    if let Some((_, said)) = concerned.first() {
        let former = before.map(|(had, _)| had).filter(|had| *had != meeting.owner);
        changes.push(Notice::Meeting(MeetingNotice { meeting: meeting.id, what: said.kind(), former }));
    }
    for (member, said) in concerned {
        let mut own = devices.iter().filter(|device| device.member == member).peekable();
        let settings = ledger.notifications(member)?;
        if own.peek().is_none() || !settings.meeting.push {
            continue;
        }
        let Some(recipient) = ledger.member(member)? else { continue };
        let name = name_of_meeting(ledger, meeting)?;
        let (title, body) = (said.title(ledger)?, body(name, meeting.start, &recipient, &settings));
        let tag = meeting.id.to_string();
        let alert = PushAlert { path: format!("/app/meetings/{tag}"), tag, title, body };
        for device in own {
            push_to(ledger, (device, &settings), (meeting.lead, &alert), now, changes)?;
        }
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
