//! Limits of meetings per lead and per browser, and of moves of one meeting: one visitor cannot book every free slot,
//! nor flood a member with changes.

use knock_model::{LeadId, Millis, SiteId, VisitorId};
use knock_ports::{Meeting, StoreError, View};
use knock_status::meeting::Event;
use std::collections::BTreeSet;

/// The maximum number of upcoming meetings of one lead, and of one browser under all of its addresses.
pub const MOST_MEETINGS: usize = 5;

/// The maximum number of moves of one meeting in a day after which its visitor can move it no more.
pub const MOST_MOVES: usize = 20;

/// Whether a meeting was moved as often within a day as its visitor may move it.
pub(super) fn is_moved_enough(view: &dyn View, meeting: &Meeting, now: Millis) -> Result<bool, StoreError> {
    let id = meeting.id.to_string();
    let facts = view.meeting_facts(meeting.lead)?;
    let lately = facts.iter().filter(|fact| fact.received_at > now - Millis::days(1));
    let moves = lately.filter(|fact| matches!(&fact.what, Event::Rescheduled { meeting, .. } if *meeting == id));
    Ok(moves.count() >= MOST_MOVES)
}

/// Whether a lead, or the browser under all of the addresses that it gave, has reached the limit of upcoming meetings.
pub(super) fn has_enough(
    view: &dyn View,
    site: SiteId,
    visitor: VisitorId,
    lead: LeadId,
    now: Millis,
) -> Result<bool, StoreError> {
    let mut leads: BTreeSet<LeadId> =
        view.spans_of_visitor(site, visitor)?.into_iter().filter_map(|span| span.lead).collect();
    leads.insert(lead);
    let (mut of_lead, mut of_visitor) = (0, 0);
    for known in leads {
        let meetings = view.meetings_of_lead(known)?;
        let upcoming = meetings.iter().filter(|meeting| meeting.is_upcoming(now));
        for meeting in upcoming {
            of_lead += usize::from(known == lead);
            of_visitor += usize::from(meeting.details.visitor == visitor);
        }
    }
    Ok(of_lead >= MOST_MEETINGS || of_visitor >= MOST_MEETINGS)
}
