//! Meetings as activities, named by our own key: the same key is the same meeting, also after an answer was lost.

use crate::batch::{self, Item, Settled, Way};
use crate::note::associate;
use crate::outcome::{Fault, Kind};
use crate::schema::Hub;
use knock_ports::{CrmMeeting, CrmMeetingState};

const MEETINGS: &str = "meetings";
/// Our own key of a meeting.
const KEY: &str = "knock_meeting_id";

/// Creates the meeting or makes it as it is now.
pub(crate) async fn write(hub: Hub<'_>, meeting: &CrmMeeting) -> Result<String, Fault> {
    hub.schema.unique(hub.api, MEETINGS, KEY).await?;
    let way = Way { object: MEETINGS, unique: Some(KEY) };
    let id = match batch::write(hub.api, way, &[item(meeting)]).await.pop() {
        Some(Settled::Done(id)) => id,
        Some(Settled::Not(fault)) => return Err(fault),
        None => return Err(Fault::new(Kind::Later(None), "the meeting was not sent")),
    };
    let pairs: Vec<(String, String)> = meeting.contacts.iter().map(|contact| (id.clone(), contact.clone())).collect();
    match associate(hub.api, MEETINGS, "contacts", &pairs).await.remove(&id) {
        Some(fault) => Err(fault),
        None => Ok(id),
    }
}

fn item(meeting: &CrmMeeting) -> Item {
    let outcome = match meeting.state {
        CrmMeetingState::Scheduled => "SCHEDULED",
        CrmMeetingState::Rescheduled => "RESCHEDULED",
        CrmMeetingState::Completed => "COMPLETED",
        CrmMeetingState::NoShow => "NO_SHOW",
        CrmMeetingState::Cancelled => "CANCELED",
    };
    let properties = [
        (KEY, meeting.key.clone()),
        ("hs_timestamp", meeting.start.0.to_string()),
        ("hs_meeting_title", meeting.title.to_string()),
        ("hs_meeting_start_time", meeting.start.0.to_string()),
        ("hs_meeting_end_time", meeting.end.0.to_string()),
        ("hs_meeting_outcome", outcome.to_owned()),
        ("hubspot_owner_id", meeting.owner.clone().unwrap_or_default()),
    ];
    let properties = properties.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Item { key: meeting.key.clone(), properties }
}
