//! Cursors of tables: the place in a sorted list after which its next page begins.

use knock_model::{AccountId, LeadId, Millis};
use std::fmt::Display;

/// The kind of a sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    Number,
    Text,
    /// The score, which changes with time.
    Score,
}

/// The sort key of the last row of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortKey {
    Number(i64),
    Text(String),
    Score(ScoreKey),
}

/// A score as a sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoreKey {
    /// The bits of the score, 0 to 100: in this range they have the order of the numbers.
    pub bits: u64,
    /// The instant at which all scores of this list are computed, so that its pages fit together.
    pub at: Millis,
}

/// A position in a table: after this row. Rows with the same key are ordered last seen first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableCursor<Id> {
    pub key: SortKey,
    /// The instant of the last activity.
    pub last_seen_at: Millis,
    pub id: Id,
}

/// A position in a list of persons.
pub type LeadCursor = TableCursor<LeadId>;

/// A position in a list of companies.
pub type AccountCursor = TableCursor<AccountId>;

impl<Id: Display> TableCursor<Id> {
    /// Formats the cursor for a query string: the key comes last, as a text can contain any character.
    pub fn to_text(&self) -> String {
        let TableCursor { key, last_seen_at, id } = self;
        let key = match key {
            SortKey::Number(number) => number.to_string(),
            SortKey::Text(text) => text.clone(),
            SortKey::Score(ScoreKey { bits, at }) => format!("{bits}@{}", at.0),
        };
        format!("{}.{id}.{key}", last_seen_at.0)
    }
}

impl<Id> TableCursor<Id> {
    /// Parses that form.
    fn read(text: &str, kind: KeyKind, id_of: impl Fn(&str) -> Option<Id>) -> Option<TableCursor<Id>> {
        let mut parts = text.splitn(3, '.');
        let last_seen_at = Millis(parts.next()?.parse().ok()?);
        let id = id_of(parts.next()?)?;
        let key = parts.next()?;
        let key = match kind {
            KeyKind::Number => SortKey::Number(key.parse().ok()?),
            KeyKind::Text => SortKey::Text(key.to_owned()),
            KeyKind::Score => {
                let (bits, at) = key.split_once('@')?;
                SortKey::Score(ScoreKey { bits: bits.parse().ok()?, at: Millis(at.parse().ok()?) })
            }
        };
        Some(TableCursor { key, last_seen_at, id })
    }
}

impl LeadCursor {
    /// Parses the text of a cursor, for a list sorted by keys of a kind.
    pub fn parse(text: &str, kind: KeyKind) -> Option<LeadCursor> {
        TableCursor::read(text, kind, |id| LeadId::parse(id).ok())
    }
}

impl AccountCursor {
    /// Parses the text of a cursor, for a list sorted by keys of a kind.
    pub fn parse(text: &str, kind: KeyKind) -> Option<AccountCursor> {
        TableCursor::read(text, kind, |id| AccountId::parse(id).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written_whatever_its_text_holds() {
        let place = |key| LeadCursor { key, last_seen_at: Millis(-7), id: LeadId::new([9; 16]) };
        for text in ["", "a.b.c", "é %&=.", "\u{10ffff}"] {
            let place = place(SortKey::Text(text.to_owned()));
            assert_eq!(LeadCursor::parse(&place.to_text(), KeyKind::Text), Some(place));
        }
        let numbered = place(SortKey::Number(-1));
        assert_eq!(LeadCursor::parse(&numbered.to_text(), KeyKind::Number), Some(numbered));
        let scored = place(SortKey::Score(ScoreKey { bits: 56.9_f64.to_bits(), at: Millis(12) }));
        assert_eq!(LeadCursor::parse(&scored.to_text(), KeyKind::Score), Some(scored));
        for wrong in ["", "1", "1.x.2", "x.y.z", "7"] {
            assert_eq!(LeadCursor::parse(wrong, KeyKind::Number), None, "{wrong}");
        }
        assert_eq!(LeadCursor::parse(&place(SortKey::Text("x".into())).to_text(), KeyKind::Score), None);
    }

    #[test]
    fn a_place_among_companies_is_read_too() {
        let id = AccountId::new([8; 16]);
        let place = AccountCursor { key: SortKey::Text("globex.test".into()), last_seen_at: Millis(3), id };
        assert_eq!(AccountCursor::parse(&place.to_text(), KeyKind::Text), Some(place));
    }
}
