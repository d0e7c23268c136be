//! A meeting as an event in the calendar of a rep.

use knock_context::PublicAddress;
use knock_ports::{CalendarEntry, ConnectedCalendar, Meeting};

/// The event with the details of the lead, and a link to the meeting.
pub(crate) fn entry(meeting: &Meeting, calendar: &ConnectedCalendar, address: &PublicAddress) -> CalendarEntry {
    let details = &meeting.details;
    let who =
        if details.name.is_empty() { details.email.clone() } else { format!("{} <{}>", details.name, details.email) };
    let answers = details.answers.iter().map(|answered| format!("{}: {}", answered.question, answered.answer));
    let page = format!("{}/app/meetings/{}", address.url, meeting.id);
    let lines: Vec<String> = [who].into_iter().chain(answers).chain([details.description.to_string(), page]).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    CalendarEntry {
        uid: meeting.uid(),
        sequence: meeting.sequence,
        at: meeting.updated_at,
        start: meeting.start,
        end: meeting.end,
        title: details.title.clone(),
        description: lines.join("\n").into(),
        place: details.location.clone(),
        has_conference: has_conference(meeting, calendar),
    }
}

/// Whether the event of a meeting in an account is to have a conference: that of its owner, without another location.
pub(crate) fn has_conference(meeting: &Meeting, calendar: &ConnectedCalendar) -> bool {
    let details = &meeting.details;
    let is_free = details.location.is_empty() || details.location == details.conference;
    calendar.details.has_conferences && calendar.member == meeting.owner && is_free
}
