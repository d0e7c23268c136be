//! Inspects the write-ahead log after a crash, before SQLite truncates it at the first invalid frame.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Bytes before the first frame, and before each page.
const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// The first word of a log; its last bit says which way round the words of checksums are.
const MAGIC: u32 = 0x377f_0682;
/// The position of the salts, which identify the log, in a log and in each of its frames.
const SALTS: Range<usize> = 16..24;
const FRAME_SALTS: Range<usize> = 8..16;

/// A log with a wrong frame in front of frames that were written after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TornLog {
    /// Frames (changed pages) that are ignored: the wrong one and all behind it.
    pub frames: u64,
    /// Transactions that ended among them, as far as their frames still say so.
    pub transactions: u64,
}

/// Whether frames of the log beside a database will be ignored, and how many. `None`: nothing is known to be lost.
///
/// A transaction that was under way leaves frames without an end, and what an earlier round of the log left behind
/// is recognised by its salt; neither is a loss. A log that was cut off at its end says nothing of what is missing.
pub(super) fn torn(database: &Path) -> Option<TornLog> {
    read(&fs::read(of(database)).ok()?)
}

/// The log of a database.
pub(super) fn of(database: &Path) -> PathBuf {
    beside(database, "-wal")
}

/// The index of that log, which connections share.
pub(super) fn index_of(database: &Path) -> PathBuf {
    beside(database, "-shm")
}

fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn read(log: &[u8]) -> Option<TornLog> {
    let magic = word(log, 0)?;
    let is_big_endian = magic & 1 == 1;
    let header = log.get(..HEADER)?;
    let page = usize::try_from(word(log, 8)?).ok()?;
    let mut sum = checksum(&header[..24], (0, 0), is_big_endian);
    // With a wrong header SQLite ignores all frames, also those that were good.
    let is_header_good = magic & !1 == MAGIC && (word(log, 24)?, word(log, 28)?) == sum;
    let mut frames = log[HEADER..].chunks_exact(FRAME_HEADER.checked_add(page)?);
    let mut is_good = |frame: &[u8]| {
        sum = checksum(&frame[..8], sum, is_big_endian);
        sum = checksum(&frame[FRAME_HEADER..], sum, is_big_endian);
        let is_of_this_log = frame[FRAME_SALTS] == header[SALTS];
        is_header_good && is_of_this_log && (word(frame, 16), word(frame, 20)) == (Some(sum.0), Some(sum.1))
    };
    let first_wrong = frames.find(|frame| !is_good(frame))?;
    let ignored = std::iter::once(first_wrong).chain(frames).filter(|frame| frame[FRAME_SALTS] == header[SALTS]);
    let ends = ignored.clone().filter(|frame| word(frame, 4).is_some_and(|pages| pages > 0));
    let torn = TornLog { frames: ignored.count() as u64, transactions: ends.count() as u64 };
    (torn.transactions > 0).then_some(torn)
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The checksum of the log's format: two sums over pairs of words.
fn checksum(bytes: &[u8], (mut first, mut second): (u32, u32), is_big_endian: bool) -> (u32, u32) {
    for pair in bytes.chunks_exact(8) {
        let [one, two] = [0, 4].map(|at| {
            let word = [pair[at], pair[at + 1], pair[at + 2], pair[at + 3]];
            if is_big_endian { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) }
        });
        first = first.wrapping_add(one).wrapping_add(second);
        second = second.wrapping_add(two).wrapping_add(first);
    }
    (first, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log of `many` transactions as SQLite writes it, one page or more each.
    fn written(many: i64) -> Vec<u8> {
        let dir = tempfile::tempdir().expect("a directory");
        let file = dir.path().join("knock.db");
        let open = rusqlite::Connection::open(&file).expect("it opens");
        open.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (a)").expect("it runs");
        for number in 1..many {
            open.execute("INSERT INTO t VALUES (?1)", [number]).expect("it is kept");
        }
        fs::read(dir.path().join("knock.db-wal")).expect("it is there")
    }

    #[test]
    fn a_log_as_it_was_written_is_not_torn_wherever_it_ends() {
        let log = written(5);
        for end in 0..=log.len() {
            assert_eq!(read(&log[..end]), None, "{end}");
        }
    }

    #[test]
    fn a_wrong_byte_loses_its_frame_and_all_behind_it() {
        let log = written(5);
        let page = usize::try_from(word(&log, 8).expect("there")).expect("small");
        let frames = (log.len() - HEADER) / (FRAME_HEADER + page);
        for wrong in 0..frames {
            let mut log = log.clone();
            log[HEADER + wrong * (FRAME_HEADER + page) + FRAME_HEADER + 100] ^= 1;
            let torn = read(&log).expect("it is torn");
            assert_eq!(torn.frames, (frames - wrong) as u64);
            assert!((1..=5).contains(&torn.transactions));
        }
    }

    #[test]
    fn a_wrong_header_loses_all_of_it() {
        let mut log = written(2);
        log[13] ^= 1;
        let torn = read(&log).expect("it is torn");
        assert_eq!(torn.transactions, 2);
        assert!(torn.frames >= 2);
    }
}
