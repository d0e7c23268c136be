//! The word of a member that a lead is no spam: it holds for what the lead writes and for the addresses that they give, until
//! a member marks them again.

use knock_model::LeadId;
use knock_ports::{StoreError, View};
use knock_status::chat::Event as ChatEvent;
use knock_status::meeting::Event as MeetingEvent;

/// Whether the last word of a member about some leads, who are one person, is that they are no spam.
pub(super) fn is_pardoned(view: &dyn View, leads: impl IntoIterator<Item = LeadId>) -> Result<bool, StoreError> {
    let mut words = Vec::new();
    for lead in leads {
        for fact in view.chat_facts(lead)? {
            match fact.what {
                ChatEvent::SpamReversed => words.push((fact.received_at, true)),
                ChatEvent::SpamDetected => words.push((fact.received_at, false)),
                _ => {}
            }
        }
        let of_meetings = view.meeting_facts(lead)?.into_iter().filter(|fact| fact.what == MeetingEvent::SpamReversed);
        words.extend(of_meetings.map(|fact| (fact.received_at, true)));
    }
    Ok(words.into_iter().max().is_some_and(|(_, is_no_spam)| is_no_spam))
}
