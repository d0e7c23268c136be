//! Filter, order and cursor of a list of companies.

use crate::{AccountCursor, KeyKind};
use knock_model::{Bucket, IntentType, Millis, vocabulary};

/// A filter for companies, which match all given parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// A part of the domain.
    pub search: String,
    /// `Knock: Intent Score`.
    pub bucket: Option<Bucket>,
    /// `Knock: Intent Type`: companies with a contact of this type, which need not be the company's type; for
    /// `Unknown`, companies without a contact whose type is known.
    pub intent_type: Option<IntentType>,
}

vocabulary! {
    /// The sort key of a list of companies.
    AccountSort {
        /// The last signal.
        LastSeen = "last_seen",
        /// The first signal.
        FirstSeen = "first_seen",
        /// The domain.
        Account = "account",
        /// The number of contacts.
        Contacts = "contacts",
        /// The score itself.
        Score = "score",
        /// Signals on the timeline.
        Signals = "signals",
    }
}

impl AccountSort {
    /// The kind of its keys.
    pub const fn kind(self) -> KeyKind {
        match self {
            AccountSort::LastSeen | AccountSort::FirstSeen | AccountSort::Contacts | AccountSort::Signals => {
                KeyKind::Number
            }
            AccountSort::Account => KeyKind::Text,
            AccountSort::Score => KeyKind::Score,
        }
    }
}

/// The query for a page of companies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountQuery {
    pub filter: AccountFilter,
    pub sort: AccountSort,
    /// Whether the greatest comes first.
    pub is_descending: bool,
    /// The cursor of the page.
    pub after: Option<AccountCursor>,
    pub limit: u32,
    /// The instant of the scores of a first page.
    pub now: Millis,
}

impl Default for AccountQuery {
    fn default() -> AccountQuery {
        AccountQuery {
            filter: AccountFilter::default(),
            sort: AccountSort::LastSeen,
            is_descending: true,
            after: None,
            limit: u32::MAX,
            now: Millis(0),
        }
    }
}
