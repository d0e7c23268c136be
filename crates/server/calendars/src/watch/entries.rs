//! The entries of an account that are to be asked for by themselves.

use knock_engine::commands::WatchedEntry;
use knock_model::{MeetingId, Millis};
use knock_ports::BusyBlocks;
use knock_scheduling::{Extent, Span};
use std::collections::BTreeMap;

/// How often each entry is asked for by itself: answers of guests do not show in busy times.
const ANEW: Millis = Millis(60 * Millis::MINUTE.0);
/// The same after a message of the provider: it does not say which entry changed, and what we write ourselves is
/// followed by one too.
const ANEW_PUSHED: Millis = Millis(2 * Millis::MINUTE.0);
/// How far ahead busy times are read for a comparison. Later entries are asked for by themselves alone.
const COMPARED: Millis = Millis::days(366);
/// The entries that are asked for in one look at most; the others are in the next one.
const MOST: usize = 100;

/// An entry that was asked for by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) at: Millis,
    /// The sequence of the meeting at that time.
    pub(super) sequence: u32,
    /// Whether it was at the time of the meeting.
    pub(super) is_same: bool,
}

/// The span of the entries whose busy times are compared; none if there are no such entries.
pub(super) fn span(entries: &[WatchedEntry], now: Millis) -> Option<Span> {
    let near = || entries.iter().filter(|entry| is_near(entry, now));
    let start = near().map(|entry| entry.start).min()?;
    let end = near().map(|entry| entry.end).max()?;
    Some(Span { start, end })
}

/// The entries to ask for: those that differ from the busy times, which are a hint and no more, those that differed at
/// the last time, and those that were not asked for lately.
pub(super) fn to_ask<'e>(
    entries: &'e [WatchedEntry],
    blocks: &BusyBlocks,
    asked: &BTreeMap<MeetingId, Asked>,
    (now, is_pushed): (Millis, bool),
) -> Vec<&'e WatchedEntry> {
    let anew = if is_pushed { ANEW_PUSHED } else { ANEW };
    let differs = |entry: &WatchedEntry| is_near(entry, now) && !is_in_place(entry, blocks);
    let (mut first, mut then) = (Vec::new(), Vec::new());
    for entry in entries {
        match asked.get(&entry.meeting).filter(|asked| asked.sequence == entry.sequence && asked.at <= now) {
            Some(asked) if entry.is_known && (!asked.is_same || differs(entry)) => first.push(entry),
            Some(asked) if now < asked.at + anew => {}
            Some(_) | None => then.push(entry),
        }
    }
    first.extend(then);
    first.truncate(MOST);
    first
}

/// The instant at which the first entry can be asked for that a message came too early for; none if all can be now.
pub(super) fn owed_at(entries: &[WatchedEntry], asked: &BTreeMap<MeetingId, Asked>, now: Millis) -> Option<Millis> {
    let lately = entries.iter().filter_map(|entry| asked.get(&entry.meeting));
    let at = lately.filter(|asked| asked.at <= now && now < asked.at + ANEW_PUSHED);
    at.map(|asked| asked.at + ANEW_PUSHED).min()
}

fn is_near(entry: &WatchedEntry, now: Millis) -> bool {
    entry.start < now + COMPARED
}

/// Whether the busy times have the entry at exactly the time of its meeting.
fn is_in_place(entry: &WatchedEntry, blocks: &BusyBlocks) -> bool {
    let uid = uid(entry);
    blocks.iter().any(|(of, block)| {
        let is_same = match block.extent {
            Extent::Instants(span) => (span.start, span.end) == (entry.start, entry.end),
            Extent::Days(..) => false,
        };
        is_same && of.as_deref() == Some(&*uid)
    })
}

/// The UID of the entry, that of its meeting.
pub(super) fn uid(entry: &WatchedEntry) -> String {
    format!("{}@knock", entry.meeting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_scheduling::Block;

    const NOW: Millis = Millis(1_780_000_000_000);

    fn entry(number: u8, start: Millis) -> WatchedEntry {
        let meeting = MeetingId::from_bytes([number; 16]);
        let end = start + Millis(1_800_000);
        WatchedEntry { meeting, calendar: "work".to_owned(), sequence: 1, start, end, is_known: true }
    }

    fn block(entry: &WatchedEntry, later: Millis) -> (Option<String>, Block) {
        let extent = Extent::Instants(Span { start: entry.start + later, end: entry.end + later });
        let block = Block { extent, buffer_before: Millis(0), buffer_after: Millis(0), is_meeting: false };
        (Some(uid(entry)), block)
    }

    fn asked(entry: &WatchedEntry, ago: Millis, is_same: bool) -> (MeetingId, Asked) {
        (entry.meeting, Asked { at: NOW - ago, sequence: entry.sequence, is_same })
    }

    #[test]
    fn what_is_in_place_is_asked_for_once_an_hour_and_all_else_at_once() {
        let entries: Vec<WatchedEntry> = (1..=4).map(|number| entry(number, NOW + Millis::DAY)).collect();
        let [same, moved, gone, back] = &entries[..] else { panic!("four") };
        let blocks = vec![block(same, Millis(0)), block(moved, Millis::MINUTE), block(back, Millis(0))];
        // The last one differed when it was asked for, and was moved back since.
        let before = |ago: Millis| -> BTreeMap<MeetingId, Asked> {
            entries.iter().map(|entry| asked(entry, ago, entry.meeting != back.meeting)).collect()
        };
        let numbers = |asked: &BTreeMap<MeetingId, Asked>, is_pushed: bool| {
            let found = to_ask(&entries, &blocks, asked, (NOW, is_pushed));
            found.into_iter().map(|entry| entry.meeting).collect::<Vec<_>>()
        };
        assert_eq!(numbers(&before(Millis::MINUTE), false), [moved.meeting, gone.meeting, back.meeting]);
        let all = [moved.meeting, gone.meeting, back.meeting, same.meeting];
        assert_eq!(numbers(&before(ANEW), false), all);
        assert_eq!(numbers(&before(ANEW_PUSHED), true), all);
        assert_eq!(numbers(&BTreeMap::new(), false).len(), 4, "after a start");
        let owed = |ago: Millis| owed_at(&entries, &before(ago), NOW);
        assert_eq!(owed(Millis::MINUTE), Some(NOW + Millis::MINUTE), "a message came too early");
        assert_eq!(owed(ANEW_PUSHED), None);
    }

    #[test]
    fn a_changed_meeting_and_one_that_is_far_away_are_asked_for_by_themselves() {
        let (mut near, far) = (entry(1, NOW + Millis::DAY), entry(2, NOW + COMPARED));
        let before = BTreeMap::from([asked(&near, Millis::MINUTE, true), asked(&far, Millis::MINUTE, true)]);
        let blocks = vec![block(&near, Millis(0))];
        let count = |entries: &[WatchedEntry]| to_ask(entries, &blocks, &before, (NOW, false)).len();
        assert_eq!(count(&[near.clone(), far.clone()]), 0, "busy times are not read so far ahead");
        near.sequence = 2;
        assert_eq!(count(&[near.clone(), far.clone()]), 1);
        assert_eq!(span(&[near.clone(), far.clone()], NOW), Some(Span { start: near.start, end: near.end }));
        assert_eq!(span(&[far], NOW), None);
    }
}
