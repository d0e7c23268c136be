//! What answers of calendar servers say. They are hostile until they were read: [`read_found`] and [`read_busy`] belong
//! into a process of their own, which [`Answers`] leads to.

use crate::failure::Failure;
use crate::multistatus::{Found, read};
use jiff::tz::TimeZone;
use knock_ical::{Budget, busy};
use knock_ports::BusyQuery;
use knock_scheduling::Block;
use std::pin::Pin;

/// The busy blocks in answers, each with the UID of its event; empty if it has none.
pub type AnsweredBlocks = Vec<(String, Block)>;
/// An answer that is being read.
pub type AnswerFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// Reads answers of calendar servers.
pub trait Answers: Send + Sync {
    /// The properties in an answer.
    fn found(&self, answer: Vec<u8>) -> AnswerFuture<'_, Vec<Found>>;

    /// The busy time in the answers of a member's calendars.
    fn busy(&self, answers: Vec<Vec<u8>>, query: BusyQuery) -> AnswerFuture<'_, AnsweredBlocks>;
}

/// Reads the properties in an answer.
///
/// # Errors
/// When it is no such answer, in plain words.
pub fn read_found(answer: &[u8]) -> Result<Vec<Found>, String> {
    let text = str::from_utf8(answer).map_err(|_| "the answer is no text".to_owned())?;
    read(text)
}

/// Reads the busy time in the answers of a member's calendars.
///
/// # Errors
/// When an event cannot be read: a calendar that cannot be read is never free. In plain words.
pub fn read_busy(answers: &[&[u8]], query: &BusyQuery) -> Result<AnsweredBlocks, String> {
    let BusyQuery { window, zone, owner } = query;
    let zone = TimeZone::get(zone).map_err(|_| format!("the time zone `{zone}` of its owner is not known"))?;
    let (mut blocks, mut budget) = (Vec::new(), Budget::default());
    for answer in answers {
        for object in read_found(answer)?.iter().filter(|object| !object.data.is_empty()) {
            let found = busy(&object.data, *window, &zone, owner, &mut budget);
            blocks.extend(found.map_err(|unreadable| unreadable.to_string())?);
        }
    }
    Ok(blocks)
}
