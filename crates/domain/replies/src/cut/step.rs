//! One step of cutting: which lines stay.

use super::attribution::attribution;
use super::head::is_head;
use super::lines::{is_forward, is_phone, is_quoted, is_ruler, is_separator, is_signature};
use alloc::vec::Vec;
use core::ops::Range;

/// The quoted lines that stay above each of several answers between quotes.
const CONTEXT: usize = 3;
/// The longest signature, in lines.
const LONGEST_SIGNATURE: usize = 12;

/// A run of lines of one kind, by their numbers; blank lines at its ends are not in it.
#[derive(Clone, Debug)]
enum Block {
    Own(Range<usize>),
    /// Quoted lines, with the lines before them that name their author.
    Quote(Range<usize>),
}

/// The numbers of the lines that stay.
pub(super) fn step(lines: &[&str]) -> Vec<usize> {
    let end = end_of_own(lines);
    let blocks = blocks(lines.get(..end).unwrap_or(lines));
    let is_last_own = |at: usize| !blocks.iter().skip(at + 1).any(|block| matches!(block, Block::Own(_)));
    let owns = blocks.iter().filter(|block| matches!(block, Block::Own(_))).count();
    let mut kept = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Own(range) => {
                // A blank line between blocks stays one.
                kept.extend(
                    range.start.checked_sub(1).filter(|before| lines.get(*before).is_some_and(|l| l.is_empty())),
                );
                kept.extend(without_signature(lines, range.clone()));
            }
            Block::Quote(range) if owns > 1 && !is_last_own(at) => {
                let quoted: Vec<usize> =
                    range.clone().filter(|at| lines.get(*at).is_some_and(|line| is_quoted(line))).collect();
                kept.extend(
                    range.start.checked_sub(1).filter(|before| lines.get(*before).is_some_and(|l| l.is_empty())),
                );
                kept.extend(quoted.iter().skip(quoted.len().saturating_sub(CONTEXT)));
            }
            Block::Quote(_) => {}
        }
    }
    kept.dedup();
    kept
}

/// The number of the line from which on everything is a quoted mail without marks. What somebody passes on is none.
fn end_of_own(lines: &[&str]) -> usize {
    let forward = lines.iter().position(|line| is_forward(line)).unwrap_or(lines.len());
    let is_end = |at: usize| {
        let rest = lines.get(at..).unwrap_or_default();
        let Some((line, after)) = rest.split_first() else { return false };
        let after =
            after.iter().position(|line| !line.is_empty()).and_then(|next| after.get(next..)).unwrap_or_default();
        is_separator(line) || is_head(rest) || is_ruler(line) && is_head(after)
    };
    (0..forward).find(|at| is_end(*at)).unwrap_or(lines.len())
}

fn blocks(lines: &[&str]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // From a forwarded mail on, all is the sender's.
    let forward = lines.iter().position(|line| is_forward(line)).unwrap_or(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let quote = (at < forward).then(|| quote(lines, at)).flatten();
        match (quote, blocks.last_mut()) {
            (Some(length), Some(Block::Quote(range))) => range.end = at + length,
            (Some(length), _) => blocks.push(Block::Quote(at..at + length)),
            (None, _) if line.is_empty() => {}
            (None, Some(Block::Own(range))) => range.end = at + 1,
            (None, _) => blocks.push(Block::Own(at..at + 1)),
        }
        at += quote.unwrap_or(1);
    }
    blocks
}

/// The number of lines of a quote that begins here: a quoted line, or who wrote it before one, or before nothing.
fn quote(lines: &[&str], at: usize) -> Option<usize> {
    if is_quoted(lines.get(at)?) {
        return Some(1);
    }
    let length = attribution(lines.get(at..)?)?;
    let next = lines.iter().skip(at + length).find(|line| !line.is_empty());
    next.is_none_or(|line| is_quoted(line)).then_some(length)
}

/// The lines of a block without the signature and the lines of a phone at its end.
fn without_signature(lines: &[&str], range: Range<usize>) -> Range<usize> {
    let own = lines.get(range.clone()).unwrap_or_default();
    let has_forward = own.iter().any(|line| is_forward(line));
    if has_forward {
        return range;
    }
    let mut end = own.len();
    if let Some(at) = own.iter().position(|line| is_signature(line)).filter(|at| end - at <= LONGEST_SIGNATURE + 1) {
        end = at;
    }
    while let Some(line) = end.checked_sub(1).and_then(|last| own.get(last)) {
        if !line.is_empty() && !is_phone(line) {
            break;
        }
        end -= 1;
    }
    range.start..range.start + end
}
