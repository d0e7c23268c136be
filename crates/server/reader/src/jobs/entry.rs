//! Answers of calendar servers about the event of one meeting.

use crate::job::Job;
use knock_caldav::read_entry;
use knock_model::Millis;
use knock_ports::{EntryFound, EntryThere};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) uid: String,
}

/// What was found, on the way back.
#[derive(Serialize, Deserialize)]
pub(crate) enum SentEntry {
    There {
        /// In milliseconds.
        start: i64,
        end: i64,
        declined: Vec<String>,
    },
    Unclear,
    Gone,
}

impl Job for Entry {
    type Read = SentEntry;
    type Refused = String;

    fn read(&self, content: &[u8]) -> Result<SentEntry, String> {
        Ok(match read_entry(content, &self.uid)? {
            EntryFound::There(EntryThere { start, end, declined, .. }) => {
                SentEntry::There { start: start.0, end: end.0, declined }
            }
            EntryFound::Unclear => SentEntry::Unclear,
            EntryFound::Gone => SentEntry::Gone,
        })
    }
}

impl SentEntry {
    /// The event of a reply.
    pub(crate) fn found(self) -> EntryFound {
        match self {
            SentEntry::There { start, end, declined } => EntryFound::There(EntryThere {
                start: Millis(start),
                end: Millis(end),
                declined,
                ..EntryThere::default()
            }),
            SentEntry::Unclear => EntryFound::Unclear,
            SentEntry::Gone => EntryFound::Gone,
        }
    }
}
