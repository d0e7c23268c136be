//! What searches for persons and companies share: conditions, places in a list, and the order by score.
//!
//! A score falls with time, and each category of it with a half-life of its own: no stored number has the order of all
//! scores at every instant. Within a bucket, scores are therefore computed from the evidence while it is read; the
//! buckets themselves are stored, and changed when they are due.

use super::row::{evidence, millis};
use super::{Connection, Db, Value};
use knock_intent::points_at;
use knock_model::{Bucket, Millis};
use knock_ports::{ScoreKey, SortKey, StoreError};
use std::cmp::Reverse;
use std::ops::ControlFlow;

/// Rows read by their ids at once.
pub(super) const AT_ONCE: usize = 200;

/// The conditions of a statement and what their parameters are.
pub(super) struct Conditions {
    pub(super) sql: String,
    pub(super) params: Vec<Value<'static>>,
}

impl Conditions {
    pub(super) fn new(sql: &str) -> Conditions {
        Conditions { sql: sql.to_owned(), params: Vec::new() }
    }

    /// The name of a new parameter.
    pub(super) fn given(&mut self, value: impl Into<Value<'static>>) -> String {
        self.params.push(value.into());
        format!("?{}", self.params.len())
    }

    pub(super) fn and(&mut self, condition: &str) {
        self.sql += " AND (";
        self.sql += condition;
        self.sql += ")";
    }

    /// The parameters for these ids, separated by commas.
    pub(super) fn ids<'i>(&mut self, ids: impl Iterator<Item = &'i [u8; 16]>) -> String {
        let given: Vec<_> = ids.map(|id| self.given(id.to_vec())).collect();
        given.join(", ")
    }

    /// Those after a place in a list sorted by `key`, where that is not its usual order.
    pub(super) fn go_on(&mut self, key: Option<&str>, place: &Place<'_>, is_descending: bool) {
        let (at, id) = (self.given(place.last_seen_at.0), self.given(place.id.to_vec()));
        let tie = format!("(last_seen_at, id) < ({at}, {id})");
        let Some(key) = key else { return self.and(&tie) };
        let given = match place.key {
            SortKey::Number(number) => self.given(*number),
            SortKey::Text(text) => self.given(text.clone()),
            // Such lists are ranked instead.
            SortKey::Score(_) => return,
        };
        let beyond = if is_descending { "<" } else { ">" };
        self.and(&format!("{key} {beyond} {given} OR {key} = {given} AND {tie}"));
    }
}

/// A place in a list: its key, last activity and id.
#[derive(Clone, Copy)]
pub(super) struct Place<'c> {
    pub(super) key: &'c SortKey,
    pub(super) last_seen_at: Millis,
    pub(super) id: &'c [u8; 16],
}

/// A row in the order of scores.
#[derive(Clone, Copy)]
pub(super) struct Ranked {
    pub(super) key: ScoreKey,
    last_seen_at: Millis,
    pub(super) id: [u8; 16],
}

/// The wanted part of the order of scores.
pub(super) struct Ranking {
    at: Millis,
    after: Option<Ranked>,
    is_descending: bool,
    limit: usize,
}

impl Ranking {
    /// The rows after a place, with the scores of the list it is from; without one the first rows, with those of `now`.
    pub(super) fn new(after: Option<Place<'_>>, now: Millis, is_descending: bool, limit: u32) -> Ranking {
        let after = after.and_then(|Place { key, last_seen_at, id }| match key {
            SortKey::Score(key) => Some(Ranked { key: *key, last_seen_at, id: *id }),
            SortKey::Number(_) | SortKey::Text(_) => None,
        });
        let at = after.map_or(now, |after| after.key.at);
        Ranking { at, after, is_descending, limit: usize::try_from(limit).unwrap_or(usize::MAX) }
    }

    /// The place of a row: ascending in the order of the list.
    const fn place(&self, row: &Ranked) -> (u64, Reverse<(i64, [u8; 16])>) {
        let bits = if self.is_descending { !row.key.bits } else { row.key.bits };
        (bits, Reverse((row.last_seen_at.0, row.id)))
    }

    /// Keeps the first `room` rows, in order.
    fn keep_first(&self, rows: &mut Vec<Ranked>, room: usize) {
        rows.sort_unstable_by_key(|row| self.place(row));
        rows.truncate(room);
    }
}

impl<C: Connection> Db<C> {
    /// The rows of a table with evidence that match, by their scores.
    pub(super) fn ranked(
        &self,
        table: &str,
        wanted: &Conditions,
        ranking: &Ranking,
    ) -> Result<Vec<Ranked>, StoreError> {
        let mut buckets = Bucket::ALL.to_vec();
        buckets.sort_by_key(|bucket| bucket.index());
        if ranking.is_descending {
            buckets.reverse();
        }
        let mut found = Vec::new();
        for bucket in buckets {
            let room = ranking.limit.saturating_sub(found.len());
            if room == 0 {
                break;
            }
            found.extend(self.ranked_in(bucket, table, wanted, ranking, room)?);
        }
        Ok(found)
    }

    fn ranked_in(
        &self,
        bucket: Bucket,
        table: &str,
        wanted: &Conditions,
        ranking: &Ranking,
        room: usize,
    ) -> Result<Vec<Ranked>, StoreError> {
        // What has no bucket yet has no evidence.
        let is_in = match bucket {
            Bucket::Low => format!("(bucket = {} OR bucket IS NULL)", bucket.index()),
            Bucket::Medium | Bucket::High => format!("bucket = {}", bucket.index()),
        };
        let sql = format!("SELECT id, last_seen_at, evidence FROM {table} WHERE {} AND {is_in}", wanted.sql);
        let mut rows = Vec::new();
        self.0.each(&sql, &wanted.params, &mut |row| {
            let bits = points_at(&evidence(row, 2)?, ranking.at).to_bits();
            let key = ScoreKey { bits, at: ranking.at };
            let found = Ranked { key, last_seen_at: millis(row, 1)?, id: row.get(0)? };
            if ranking.after.is_none_or(|after| ranking.place(&after) < ranking.place(&found)) {
                rows.push(found);
            }
            if rows.len() >= room.saturating_mul(2) {
                ranking.keep_first(&mut rows, room);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        ranking.keep_first(&mut rows, room);
        Ok(rows)
    }
}
