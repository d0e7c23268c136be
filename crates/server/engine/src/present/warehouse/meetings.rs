//! Meetings as they are now.

use super::cells::{Cell, Column, flag, instant, integer, text};
use super::cursor::Place;
use super::{Placed, Reader, WarehouseError};
use knock_ports::{Answered, Marked, Meeting, StoreError};
use knock_status::meeting::Canceller;
use serde::Serialize;

pub(super) const COLUMNS: &[Column] = &[
    text("id", "The id of the meeting."),
    instant("booked_at", "The instant of booking."),
    text("lead", "The id of the lead."),
    flag("is_spam", "Whether the lead is marked as spam."),
    text("site", "The key of the site on which it was booked."),
    text("link", "The link by which it was booked; empty for one that the team entered."),
    text("conversation", "The id of the conversation in which it was booked."),
    text("owner", "The id of the member in whose calendar it is."),
    text("owner_name", "The name of that member now."),
    instant("start_at", "The instant at which it begins."),
    instant("end_at", "The instant at which it ends."),
    text("state", "Its state now."),
    instant("updated_at", "The instant of the last change."),
    integer("changes", "The number of changes: the sequence of its invitation."),
    text("cancelled_by", "`Rep` or `Lead`, for one that is cancelled."),
    text("cancel_reason", "The reason, in their words."),
    flag("is_by_hand", "Whether the team entered it."),
    text("email", "The e-mail address that the lead gave."),
    text("name", "The name that the lead gave."),
    text("time_zone", "The time zone of the lead."),
    text("language", "The language of the lead."),
    text("title", "The title in the invitation."),
    text("location", "The location; that of the conference where it has no other."),
    text("detail", "The members who attend, and the answers to the questions of the link, as JSON."),
];

#[derive(Serialize)]
struct Detail<'m> {
    reps: Vec<String>,
    answers: &'m [Answered],
}

pub(super) fn rows(reader: &Reader<'_>, after: Option<&Place>) -> Result<Vec<Placed>, WarehouseError> {
    let after = after.map(Place::cursor).transpose()?;
    let found = reader.view.warehouse_meetings(reader.stretch, after)?;
    let place = |meeting: &Meeting| Place::new(meeting.booked_at, meeting.id.as_bytes());
    found.iter().map(|meeting| Ok((place(&meeting.row), row(reader, meeting)?))).collect()
}

fn row(reader: &Reader<'_>, Marked { row, is_spam }: &Marked<Meeting>) -> Result<Vec<Cell>, StoreError> {
    let Meeting { id, lead, owner, start, end, state, sequence, booked_at, updated_at, details } = row;
    let reps: Vec<String> = details.reps.iter().map(ToString::to_string).collect();
    let location = if details.location.as_str().is_empty() { &details.conference } else { &details.location };
    Ok(vec![
        Cell::id(id),
        Cell::Instant(*booked_at),
        Cell::id(lead),
        Cell::Flag(*is_spam),
        Cell::text(&reader.presenter.site_key(details.site)),
        Cell::text(if details.by_hand.is_some() { "" } else { &details.link }),
        Cell::maybe_id(details.conversation),
        Cell::id(owner),
        Cell::text(&reader.presenter.rep_name(*owner)?),
        Cell::Instant(*start),
        Cell::Instant(*end),
        Cell::text(state.as_str()),
        Cell::Instant(*updated_at),
        Cell::count(*sequence),
        Cell::text(details.cancelled_by.map_or("", Canceller::as_str)),
        Cell::text(details.reason.as_str()),
        Cell::Flag(details.by_hand.is_some()),
        Cell::text(&details.email),
        Cell::text(details.name.as_str()),
        Cell::text(&details.zone),
        Cell::text(details.language.as_str()),
        Cell::text(details.title.as_str()),
        Cell::text(location.as_str()),
        Cell::json(&Detail { reps, answers: &details.answers })?,
    ])
}
