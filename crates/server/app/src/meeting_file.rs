//! A meeting as a file for calendars.

use crate::connectors::mail::{manage_meeting, manage_words, with_link};
use crate::context::AppContext;
use crate::manage_token::ManageToken;
use knock_ical::{ALARM_MIN, Invitation, Method, Party};
use knock_model::{MeetingState, PersonName};
use knock_ports::{Meeting, Member};

/// The file that is downloaded from the page of the meeting, as the lead's mails have it.
pub(crate) fn file(core: &AppContext, meeting: &Meeting, reps: &[Member]) -> String {
    let is_cancelled = meeting.state == MeetingState::Cancelled;
    invitation(core, meeting, reps).mailed(if is_cancelled { Method::Cancel } else { Method::Request })
}

fn invitation(core: &AppContext, meeting: &Meeting, reps: &[Member]) -> Invitation {
    let details = &meeting.details;
    let party = |member: &Member| Party { name: member.public_name().to_owned().into(), email: member.email.clone() };
    let owner = reps.iter().find(|rep| rep.id == meeting.owner).map(party).filter(Party::is_reachable);
    let lead = Party { name: details.name.clone(), email: details.email.clone() };
    let link = manage_meeting(&core.address, ManageToken::sign(meeting.id, &core.key).reveal());
    let description = match meeting.state {
        MeetingState::Cancelled => details.description.clone(),
        _ => with_link(&details.description, manage_words(details.language), &link),
    };
    Invitation {
        uid: meeting.uid(),
        sequence: meeting.sequence,
        at: core.clock.now(),
        start: meeting.start,
        end: meeting.end,
        title: details.title.clone(),
        description,
        place: details.location.clone(),
        url: if meeting.state == MeetingState::Cancelled { String::new() } else { link },
        organizer: owner.unwrap_or(Party { name: PersonName::default(), email: String::new() }),
        guests: [lead].into_iter().chain(reps.iter().map(party)).filter(Party::is_reachable).collect(),
        alarm_min: Some(ALARM_MIN),
    }
}
