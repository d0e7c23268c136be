//! The disk space of requests about meetings, for the limit of bytes of an address. Measured on SQLite, log included.

use knock_ports::MeetingDetails;
use serde::Serialize;

/// Bytes beside the text of the request, and for each byte of it.
#[derive(Clone, Copy)]
pub(super) struct Room {
    fixed: usize,
    times: usize,
}

/// The opening of a booking: its browser, its lead and the click.
pub(super) const OPEN: Room = Room { fixed: 6_000, times: 2 };
/// An address with its answers, and a hold: the lead, the verdict and the answers as custom fields.
pub(super) const EMAIL: Room = Room { fixed: 8_000, times: 4 };
/// A booking: also the meeting, two mails, and deliveries to calendars, Slack and the CRM, most with the answers.
pub(super) const BOOKING: Room = Room { fixed: 24_000, times: 7 };
/// Activity: a fact.
pub(super) const ACTIVITY: Room = Room { fixed: 1_000, times: 2 };
/// A change: the meeting, a fact, and the mails and deliveries about it.
const CHANGE: Room = Room { fixed: 12_000, times: 3 };

impl Room {
    /// The bytes that a request takes.
    pub(super) fn of(self, request: &impl Serialize) -> usize {
        // A request that was parsed can be written.
        self.of_text(serde_json::to_string(request).map_or(0, |text| text.len()))
    }

    fn of_text(self, length: usize) -> usize {
        self.fixed + self.times * length
    }
}

/// The bytes that a change of a meeting takes, with this reason.
pub(in crate::http) fn of_change(details: &MeetingDetails, reason: &str) -> usize {
    let answers = details.answers.iter().map(|answered| answered.question.len() + answered.answer.len());
    CHANGE.of_text(answers.sum::<usize>() + details.description.len() + reason.len())
}
