//! Ids of items. They are opaque to clients; a mutable one changes when its item moves to another calendar.
//!
//! <https://learn.microsoft.com/graph/outlook-immutable-id>

use crate::errors::{Refusal, malformed_id};
use jiff::civil::Date;

const MUTABLE: &str = "AAMkAGI1";
const IMMUTABLE: &str = "AAkALgAA";
const OCCURRENCE: &str = "FRAAgI";
const END: &str = "AAA=";
const CALENDAR: &str = "AQMkADAw";

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) number: u64,
    /// Of a mutable id: the number of calendars that the item was in before.
    pub(crate) moves: Option<u64>,
    /// Of an occurrence: the date that its series gives it.
    pub(crate) date: Option<Date>,
}

pub(crate) fn calendar(number: u64) -> String {
    format!("{CALENDAR}{number:08}{END}")
}

pub(crate) fn calendar_of(id: &str) -> Result<u64, Refusal> {
    let digits = id.strip_prefix(CALENDAR).and_then(|rest| rest.strip_suffix(END));
    digits.and_then(|digits| digits.parse().ok()).ok_or_else(malformed_id)
}

pub(crate) fn item(number: u64, moves: u64, date: Option<Date>, is_immutable: bool) -> String {
    let date = date.map_or(String::new(), |date| format!("{OCCURRENCE}{}", date.strftime("%Y%m%d")));
    match is_immutable {
        true => format!("{IMMUTABLE}{number:08}{date}{END}"),
        false => format!("{MUTABLE}{moves:04}{number:08}{date}{END}"),
    }
}

pub(crate) fn item_of(id: &str) -> Result<Item, Refusal> {
    read(id).ok_or_else(malformed_id)
}

fn read(id: &str) -> Option<Item> {
    let rest = id.strip_suffix(END)?;
    let (rest, date) = match rest.split_once(OCCURRENCE) {
        Some((rest, date)) => (rest, Some(Date::strptime("%Y%m%d", date).ok()?)),
        None => (rest, None),
    };
    if let Some(number) = rest.strip_prefix(IMMUTABLE) {
        return Some(Item { number: number.parse().ok()?, moves: None, date });
    }
    let (moves, number) = rest.strip_prefix(MUTABLE)?.split_at_checked(4)?;
    Some(Item { number: number.parse().ok()?, moves: Some(moves.parse().ok()?), date })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_back_to_their_items() {
        let date = Some(jiff::civil::date(2026, 1, 5));
        for (moves, date, is_immutable) in [(0, None, false), (2, date, false), (0, None, true), (0, date, true)] {
            let item = Item { number: 42, moves: (!is_immutable).then_some(moves), date };
            assert_eq!(item_of(&super::item(42, moves, date, is_immutable)), Ok(item));
        }
        assert_eq!(calendar_of(&calendar(7)), Ok(7));
    }

    #[test]
    fn other_ids_are_malformed() {
        for id in ["", "1", "AAMkAGI1", "AAMkAGI1xxxx00000001AAA=", "AQMkADAw00000001AAA="] {
            assert!(item_of(id).is_err(), "{id}");
        }
        assert!(calendar_of("primary").is_err());
    }
}
