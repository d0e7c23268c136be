//! What answers of calendar servers say. They are hostile until they were read: [`read_found`], [`read_busy`] and
//! [`read_entry`] belong into a process of their own, which [`Answers`] leads to.

use crate::failure::Failure;
use crate::multistatus::{Found, read};
use jiff::tz::TimeZone;
use knock_ical::{Budget, BusyTime, MeetingTime, Question, Takes, Unread, busy, meeting};
use knock_model::Millis;
use knock_ports::{BusyPolicy, BusyQuery, BusyRead, EntryFound, EntryThere, UnreadEvent};
use knock_scheduling::{Block, Extent, Span};
use knock_xml::{original, repaired};
use std::pin::Pin;

/// The maximum of unreadable events that are named.
const MOST_NAMED: usize = 200;

/// An answer that is being read.
pub type AnswerFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// Reads answers of calendar servers.
pub trait Answers: Send + Sync {
    /// The properties in an answer.
    fn found(&self, answer: Vec<u8>) -> AnswerFuture<'_, Vec<Found>>;

    /// The busy time in the answers of a member's calendars. Their owner has these addresses beside that of the query.
    fn busy(&self, answers: Vec<Vec<u8>>, query: BusyQuery, addresses: Vec<String>) -> AnswerFuture<'_, BusyRead>;

    /// The event with a UID in an answer.
    fn entry(&self, answer: Vec<u8>, uid: String) -> AnswerFuture<'_, EntryFound>;
}

/// Reads the properties in an answer.
///
/// # Errors
/// When it is no such answer, in plain words.
pub fn read_found(answer: &[u8]) -> Result<Vec<Found>, String> {
    read(&repaired(answer))
}

/// Reads the busy time in the answers of a member's calendars. An event that cannot be read blocks what it may take.
///
/// # Errors
/// When an answer cannot be read: a calendar that cannot be read is never free. In plain words.
pub fn read_busy(answers: &[&[u8]], query: &BusyQuery, addresses: &[String]) -> Result<BusyRead, String> {
    let BusyQuery { window, zone, owner, policy } = query;
    let zone = &TimeZone::get(zone).map_err(|_| format!("the time zone `{zone}` of its owner is not known"))?;
    let addresses: Vec<String> = addresses.iter().chain([owner]).cloned().collect();
    let BusyPolicy { tentative, unanswered, elsewhere } = *policy;
    let takes = Takes { tentative, unanswered, elsewhere };
    let question = Question { window: *window, zone, addresses: &addresses, takes };
    let (mut read, mut budget) = (BusyRead::default(), Budget::default());
    for answer in answers {
        for object in read_found(answer)? {
            if object.refused != 0 {
                kept_back(&object, query, &mut read);
            } else if !object.data.is_empty() {
                add(busy(&original(&object.data), &question, &mut budget), &mut read);
            }
        }
    }
    Ok(read)
}

/// Reads the event with a UID in an answer about it. Gone is what the answer has nothing of, and what is cancelled.
///
/// # Errors
/// When the answer cannot be read, in plain words.
pub fn read_entry(answer: &[u8], uid: &str) -> Result<EntryFound, String> {
    let mut found = EntryFound::Gone;
    for object in read_found(answer)? {
        let time = match (object.refused, object.data.is_empty()) {
            (0, true) => None,
            (0, false) => meeting(&original(&object.data), uid),
            // It may be this one.
            (1.., _) => Some(MeetingTime::Unclear),
        };
        match time {
            Some(MeetingTime::At { span: Span { start, end }, declined }) => {
                return Ok(EntryFound::There(EntryThere { start, end, declined, ..EntryThere::default() }));
            }
            Some(MeetingTime::Unclear) => found = EntryFound::Unclear,
            Some(MeetingTime::Cancelled) | None => {}
        }
    }
    Ok(found)
}

fn add(BusyTime { blocks, unread }: BusyTime, read: &mut BusyRead) {
    let blocks = blocks.into_iter().map(|(uid, block)| (Some(uid).filter(|uid| !uid.is_empty()), block));
    read.blocks.extend(blocks);
    let left = MOST_NAMED.saturating_sub(read.unread.len());
    read.unread.extend(unread.into_iter().take(left).map(|Unread { title, day, reason }| UnreadEvent {
        title,
        day: day.map(|day| day.to_string()).unwrap_or_default(),
        reason,
    }));
}

/// An object that the server lists and does not give: nothing says when it is.
fn kept_back(object: &Found, query: &BusyQuery, read: &mut BusyRead) {
    let none = Millis(0);
    let extent = Extent::Instants(query.window);
    read.blocks.push((None, Block { extent, buffer_before: none, buffer_after: none, is_meeting: false }));
    let reason = format!("the calendar server does not give it ({})", object.refused);
    read.unread.push(UnreadEvent { title: String::new(), day: String::new(), reason });
}
