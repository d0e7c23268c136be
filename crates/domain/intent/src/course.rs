//! The course of a score: what it was at instants of a span, and which signals moved it.

use crate::evidence::Evidence;
use crate::history::Weighed;
use crate::score::points_at;
use alloc::vec::Vec;
use knock_model::{Category, Millis, SignalId};

/// The number of equal distances between samples, of which the first is at the beginning and the last at the end.
const EVEN: i64 = 99;
/// The most moves that are shown: each adds two samples.
const MOST_MOVES: usize = 50;
/// Points from which a signal has moved the score.
const MOVED: f64 = 1.0;

/// The score at an instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    pub at: Millis,
    /// 0 to 100, not rounded.
    pub score: f64,
}

/// A signal that moved the score by a point or more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    pub signal: SignalId,
    pub at: Millis,
    pub category: Category,
    /// The points; negative for a job signal.
    pub by: f64,
    /// The score after it.
    pub score: f64,
}

/// A score over a span of time, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// About 200 at most: at equal distances, just before and right after each move, and at the end.
    pub samples: Vec<Sample>,
    /// The signals that moved it most.
    pub moves: Vec<Move>,
    /// Signals that moved it too and are not among them.
    pub left_out: usize,
}

/// The course from `from` up to `now`, of `before` summed up and the signals since, sorted by instant and id. It begins
/// with the first of them where nothing went before.
pub fn course(before: &Evidence, signals: &[Weighed], from: Millis, now: Millis) -> Course {
    let begin = match signals.first() {
        Some(first) if before.is_empty() => from.max(happened(first, now)),
        None if before.is_empty() => return Course::default(),
        _ => from,
    };
    if begin > now {
        return Course::default();
    }
    let mut moves = moves(before.clone(), signals, begin, now);
    let left_out = moves.len().saturating_sub(MOST_MOVES);
    moves.sort_by(|a, b| b.by.abs().total_cmp(&a.by.abs()));
    moves.truncate(MOST_MOVES);
    moves.sort_by_key(|moved| (moved.at, moved.signal));
    let instants = instants(&moves, begin, now);
    Course { samples: samples(before.clone(), signals, &instants, now), moves, left_out }
}

fn moves(mut evidence: Evidence, signals: &[Weighed], begin: Millis, now: Millis) -> Vec<Move> {
    let mut moves = Vec::new();
    for signal in signals {
        let at = happened(signal, now);
        let is_shown = at >= begin && signal.strength > 0.0;
        let before = if is_shown { points_at(&evidence, at) } else { 0.0 };
        evidence.add(signal.category, signal.strength, signal.at);
        if is_shown {
            let score = points_at(&evidence, at);
            if (score - before).abs() >= MOVED {
                moves.push(Move { signal: signal.id, at, category: signal.category, by: score - before, score });
            }
        }
    }
    moves
}

fn instants(moves: &[Move], begin: Millis, now: Millis) -> Vec<Millis> {
    let even = (0..=EVEN).map(|part| begin + Millis((now - begin).0 * part / EVEN));
    let around = moves.iter().flat_map(|moved| [(moved.at - Millis(1)).max(begin), moved.at]);
    let mut instants: Vec<Millis> = even.chain(around).collect();
    instants.sort_unstable();
    instants.dedup();
    instants
}

fn samples(mut evidence: Evidence, signals: &[Weighed], instants: &[Millis], now: Millis) -> Vec<Sample> {
    let mut coming = signals.iter().peekable();
    let sample = |at: &Millis| {
        while let Some(signal) = coming.next_if(|signal| happened(signal, now) <= *at) {
            evidence.add(signal.category, signal.strength, signal.at);
        }
        Sample { at: *at, score: points_at(&evidence, *at) }
    };
    instants.iter().map(sample).collect()
}

/// A signal of a clock that is ahead has age 0 at the end, as in the score.
fn happened(signal: &Weighed, now: Millis) -> Millis {
    signal.at.min(now)
}
