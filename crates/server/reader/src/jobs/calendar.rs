//! Answers of calendar servers: properties, and the events of all calendars of a member.

use crate::job::Job;
use knock_caldav::{Found, read_busy, read_found};
use knock_model::Millis;
use knock_ports::{BusyPolicy, BusyQuery, BusyRead, UnreadEvent};
use knock_scheduling::{Block, Extent, Span, date};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(crate) struct Properties;

impl Job for Properties {
    type Read = Vec<Found>;
    type Refused = String;

    fn read(&self, content: &[u8]) -> Result<Vec<Found>, String> {
        read_found(content)
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Events {
    /// The answers in the content, by their ends.
    ends: Vec<u64>,
    start: i64,
    end: i64,
    zone: String,
    owner: String,
    policy: BusyPolicy,
    /// Further addresses of the owner.
    addresses: Vec<String>,
}

/// The busy time on the way back.
#[derive(Serialize, Deserialize)]
pub(crate) struct SentBusy {
    blocks: Vec<SentBlock>,
    unread: Vec<UnreadEvent>,
}

/// A block, with the UID of its event.
#[derive(Serialize, Deserialize)]
struct SentBlock(Option<String>, SentExtent);

#[derive(Serialize, Deserialize)]
enum SentExtent {
    /// In milliseconds.
    Instants(i64, i64),
    Days(String, String),
}

impl Events {
    /// The job, and the content with these answers.
    pub(crate) fn new(answers: Vec<Vec<u8>>, query: BusyQuery, addresses: Vec<String>) -> (Events, Vec<u8>) {
        let BusyQuery { window, zone, owner, policy } = query;
        let ends = answers.iter().scan(0, |end, answer| {
            *end += answer.len() as u64;
            Some(*end)
        });
        let (ends, start, end) = (ends.collect(), window.start.0, window.end.0);
        let job = Events { ends, start, end, zone, owner, policy, addresses };
        // One answer is moved, not copied.
        let content = match <[Vec<u8>; 1]>::try_from(answers) {
            Ok([answer]) => answer,
            Err(answers) => answers.concat(),
        };
        (job, content)
    }
}

impl Job for Events {
    type Read = SentBusy;
    type Refused = String;

    fn read(&self, content: &[u8]) -> Result<SentBusy, String> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        let part = |(begin, end): (u64, &u64)| content.get(usize::try_from(begin).ok()?..usize::try_from(*end).ok()?);
        let answers: Option<Vec<&[u8]>> = begins.zip(&self.ends).map(part).collect();
        let answers = answers.ok_or("the answers of the calendar server are incomplete")?;
        let window = Span { start: Millis(self.start), end: Millis(self.end) };
        let query = BusyQuery { window, zone: self.zone.clone(), owner: self.owner.clone(), policy: self.policy };
        let BusyRead { blocks, unread } = read_busy(&answers, &query, &self.addresses)?;
        let blocks = blocks.into_iter().map(|(uid, block)| SentBlock(uid, SentExtent::of(block.extent)));
        Ok(SentBusy { blocks: blocks.collect(), unread })
    }
}

impl SentExtent {
    fn of(extent: Extent) -> SentExtent {
        match extent {
            Extent::Instants(span) => SentExtent::Instants(span.start.0, span.end.0),
            Extent::Days(from, to) => SentExtent::Days(from.to_string(), to.to_string()),
        }
    }

    fn extent(&self) -> Option<Extent> {
        match self {
            SentExtent::Instants(start, end) => {
                Some(Extent::Instants(Span { start: Millis(*start), end: Millis(*end) }))
            }
            SentExtent::Days(from, to) => Some(Extent::Days(date(from).ok()?, date(to).ok()?)),
        }
    }
}

impl SentBusy {
    /// The busy time of a reply; none if one of its blocks is none.
    pub(crate) fn read(self) -> Option<BusyRead> {
        let none = Millis(0);
        let block = |SentBlock(uid, extent): SentBlock| {
            let extent = extent.extent()?;
            Some((uid, Block { extent, buffer_before: none, buffer_after: none, is_meeting: false }))
        };
        Some(BusyRead { blocks: self.blocks.into_iter().map(block).collect::<Option<_>>()?, unread: self.unread })
    }
}
