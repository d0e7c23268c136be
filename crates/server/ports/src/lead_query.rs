//! Filter, order and cursor of a list of persons.

use knock_model::{Bucket, IntentType, LeadId, Millis, vocabulary};
use knock_routing::Condition;

/// A filter for persons, who match all given parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeadFilter {
    /// Words in the address or the name, whatever their case and accents, or the whole label of the browser in which they were first seen.
    pub search: String,
    /// Whether they have given an address.
    pub is_named: Option<bool>,
    /// `Knock: Intent Score`.
    pub bucket: Option<Bucket>,
    /// `Knock: Intent Type`.
    pub intent_type: Option<IntentType>,
    /// Only persons with one of these ids.
    pub ids: Option<Vec<LeadId>>,
    /// The condition on their routing fields. A store may leave out persons that cannot match; the caller decides about
    /// the others.
    pub condition: Option<Condition>,
}

impl LeadFilter {
    /// Returns the filter for persons who have given an address.
    pub fn named() -> LeadFilter {
        LeadFilter { is_named: Some(true), ..LeadFilter::default() }
    }
}

vocabulary! {
    /// The sort key of a list of persons. Texts are sorted without regard to the case of ASCII letters; missing values
    /// are last in both directions.
    LeadSort {
        /// The last signal.
        LastSeen = "last_seen",
        /// The first signal.
        FirstSeen = "first_seen",
        /// The address.
        Contact = "contact",
        /// The name.
        Name = "name",
        /// The domain of the company.
        Account = "account",
        /// `Knock: Intent Score`: Low, Medium, High.
        Score = "score",
        /// `Knock: Intent Type`.
        Type = "type",
        /// The channel of attribution.
        Channel = "channel",
        /// The source of attribution.
        Source = "source",
        /// `utm_campaign`.
        Campaign = "campaign",
        /// The landing page.
        LandingPage = "landing_page",
        /// Signals on the timeline.
        Signals = "signals",
    }
}

impl LeadSort {
    /// Whether the sort key is a text.
    pub const fn is_text(self) -> bool {
        match self {
            LeadSort::LastSeen | LeadSort::FirstSeen | LeadSort::Score | LeadSort::Signals => false,
            LeadSort::Contact
            | LeadSort::Name
            | LeadSort::Account
            | LeadSort::Type
            | LeadSort::Channel
            | LeadSort::Source
            | LeadSort::Campaign
            | LeadSort::LandingPage => true,
        }
    }
}

/// The sort key of the last person of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortKey {
    Number(i64),
    Text(String),
}

/// A position in a list of persons: after this person. Persons with the same key are ordered last seen first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadCursor {
    pub key: SortKey,
    /// The instant of the last activity.
    pub last_seen_at: Millis,
    pub id: LeadId,
}

impl LeadCursor {
    /// Formats the cursor for a query string: the key comes last, as a text can contain any character.
    pub fn to_text(&self) -> String {
        let LeadCursor { key, last_seen_at, id } = self;
        match key {
            SortKey::Number(number) => format!("{}.{id}.{number}", last_seen_at.0),
            SortKey::Text(text) => format!("{}.{id}.{text}", last_seen_at.0),
        }
    }

    /// Parses that form, for a list sorted by `sort`.
    pub fn parse(text: &str, sort: LeadSort) -> Option<LeadCursor> {
        let mut parts = text.splitn(3, '.');
        let last_seen_at = Millis(parts.next()?.parse().ok()?);
        let id = LeadId::parse(parts.next()?).ok()?;
        let key = parts.next()?;
        let key = if sort.is_text() { SortKey::Text(key.to_owned()) } else { SortKey::Number(key.parse().ok()?) };
        Some(LeadCursor { key, last_seen_at, id })
    }
}

/// The query for a page of persons.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadQuery {
    pub filter: LeadFilter,
    pub sort: LeadSort,
    /// Whether the greatest comes first.
    pub is_descending: bool,
    /// The cursor of the page.
    pub after: Option<LeadCursor>,
    pub limit: u32,
}

impl LeadQuery {
    /// The maximum number of persons that a condition is evaluated for in one page; the rest is another page.
    pub const SCANNED: u32 = 10_000;
}

impl Default for LeadQuery {
    fn default() -> LeadQuery {
        LeadQuery {
            filter: LeadFilter::default(),
            sort: LeadSort::LastSeen,
            is_descending: true,
            after: None,
            limit: u32::MAX,
        }
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
            assert_eq!(LeadCursor::parse(&place.to_text(), LeadSort::Name), Some(place));
        }
        let numbered = place(SortKey::Number(-1));
        assert_eq!(LeadCursor::parse(&numbered.to_text(), LeadSort::Signals), Some(numbered));
        for wrong in ["", "1", "1.x.2", "x.y.z", "7"] {
            assert_eq!(LeadCursor::parse(wrong, LeadSort::Signals), None, "{wrong}");
        }
        assert_eq!(LeadCursor::parse(&place(SortKey::Text("x".into())).to_text(), LeadSort::Score), None);
    }
}
