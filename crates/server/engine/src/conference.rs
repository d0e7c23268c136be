//! The conference that the provider of a calendar makes for a meeting.

use knock_model::Millis;
use knock_ports::{Meeting, StoreError, View};

/// The longest that mails about a meeting wait for its conference.
const PATIENCE: Millis = Millis(30_000);

/// The instant until which mails about a meeting wait for its conference; none where it gets none, or has it.
pub(crate) fn conference_awaited(view: &dyn View, meeting: &Meeting) -> Result<Option<Millis>, StoreError> {
    if !meeting.details.location.is_empty() {
        return Ok(None);
    }
    let calendars = view.calendars_of(meeting.owner)?;
    let gets_one =
        calendars.iter().any(|calendar| calendar.details.has_conferences && !calendar.details.events_in.is_empty());
    Ok(gets_one.then(|| meeting.updated_at + PATIENCE))
}
