//! The queue as a text in the browser's storage, so that a reload or a crash loses nothing.
//!
//! Each page has a key of its own, so that tabs never overwrite each other. A page that ends leaves
//! its text released (stamp 0); the next page takes it over. What a crashed tab left is taken over
//! when its stamp has grown old. Two takers at once send the same ids: the server counts them once.

use crate::outbox::json::{number, push_number};
use crate::outbox::queue::{Entry, Queue, Way};
use crate::visit::is_id;
use alloc::borrow::ToOwned;
use alloc::string::String;
use knock_model::Millis;

/// A living page refreshes its stamp at least this often while it has anything to send.
const STALE: i64 = 120_000;
/// The stamp of what nobody holds.
pub(crate) const RELEASED: Millis = Millis(0);

/// The text of a queue held by a page that is alive at `stamp`.
pub(crate) fn to_text(queue: &Queue, stamp: Millis) -> String {
    let mut out = String::new();
    push_number(&mut out, stamp.0);
    for entry in &queue.entries {
        out.push('\n');
        push_number(&mut out, entry.at.0);
        out.push(' ');
        push_number(&mut out, entry.seq);
        out.push(' ');
        out.push_str(&entry.owner);
        out.push_str(&entry.members);
    }
    out
}

/// Whether a page may take over this text.
pub(crate) fn is_free(text: &str, now: Millis) -> bool {
    let stamp = text.split('\n').next().map_or(0, number);
    // A stamp of the future was made by a clock that has been put right since.
    now.0.abs_diff(stamp) >= STALE.unsigned_abs()
}

/// Adds the entries of a text to a queue; what cannot be read is skipped.
pub(crate) fn adopt(queue: &mut Queue, text: &str, now: Millis) {
    for entry in text.split('\n').filter_map(parse) {
        queue.push(entry, now);
    }
}

fn parse(line: &str) -> Option<Entry> {
    let (at, rest) = line.split_once(' ')?;
    let (seq, rest) = rest.split_once(' ')?;
    let (owner, members) = rest.split_at_checked(73)?;
    let (visitor, session) = owner.split_once(' ')?;
    if !is_id(visitor) || !is_id(session) || !members.starts_with("\"id\":\"") {
        return None;
    }
    let (owner, members) = (owner.to_owned(), members.to_owned());
    Some(Entry { at: Millis(number(at)), seq: number(seq), owner, members, way: Way::Waiting })
}
