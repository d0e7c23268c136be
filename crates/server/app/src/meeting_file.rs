//! A meeting as a file for calendars.

use knock_ical::{Invitation, Method, Party};
use knock_model::{MeetingState, Millis, PersonName};
use knock_ports::{Meeting, Member};

/// The file that is sent with mails and downloaded from the page of the meeting.
pub(crate) fn file(meeting: &Meeting, owner: Option<&Member>, at: Millis) -> String {
    let method = if meeting.state == MeetingState::Cancelled { Method::Cancel } else { Method::Request };
    invitation(meeting, owner, at).mailed(method)
}

pub(crate) fn invitation(meeting: &Meeting, owner: Option<&Member>, at: Millis) -> Invitation {
    let details = &meeting.details;
    let organizer =
        owner.map(|owner| Party { name: owner.public_name().to_owned().into(), email: owner.email.clone() });
    Invitation {
        uid: meeting.uid(),
        sequence: meeting.sequence,
        at,
        start: meeting.start,
        end: meeting.end,
        title: details.title.clone(),
        description: details.description.clone(),
        place: details.location.clone(),
        organizer: organizer.unwrap_or(Party { name: PersonName::default(), email: String::new() }),
        guests: vec![Party { name: details.name.clone(), email: details.email.clone() }],
    }
}
