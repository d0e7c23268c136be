//! The operators of conditions.

use crate::lead::Kind;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{spelled, vocabulary};

vocabulary! {
    /// The operator of a comparison.
    Operator {
        /// The same.
        Eq = "eq",
        /// Not the same, or missing.
        Neq = "neq",
        /// One of a list.
        In = "in",
        /// None of a list, or missing.
        NotIn = "not_in",
        /// A part of the text.
        Contains = "contains",
        /// No part of the text, or missing.
        NotContains = "not_contains",
        /// The start of the text.
        StartsWith = "starts_with",
        /// The end of the text.
        EndsWith = "ends_with",
        /// Greater.
        Gt = "gt",
        /// Greater or the same.
        Gte = "gte",
        /// Less.
        Lt = "lt",
        /// Less or the same.
        Lte = "lte",
        /// Between two numbers, both included.
        Between = "between",
        /// At least one of a list.
        HasAny = "has_any",
        /// All of a list.
        HasAll = "has_all",
        /// Earlier than an instant.
        Before = "before",
        /// Later than an instant.
        After = "after",
        /// Not longer ago than this.
        WithinLast = "within_last",
        /// Known.
        IsSet = "is_set",
        /// Missing.
        IsNotSet = "is_not_set",
    }
}

spelled!(Operator);

impl Operator {
    /// Whether a field of this kind can be asked so. Times are fields of the customer's own.
    pub const fn asks(self, kind: Kind) -> bool {
        match self {
            Operator::IsSet | Operator::IsNotSet => true,
            Operator::Eq | Operator::Neq => !matches!(kind, Kind::List),
            Operator::In
            | Operator::NotIn
            | Operator::Contains
            | Operator::NotContains
            | Operator::StartsWith
            | Operator::EndsWith => matches!(kind, Kind::Text | Kind::Any),
            Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte | Operator::Between => {
                matches!(kind, Kind::Number | Kind::Any)
            }
            Operator::HasAny | Operator::HasAll => matches!(kind, Kind::List | Kind::Any),
            Operator::Before | Operator::After | Operator::WithinLast => matches!(kind, Kind::Any),
        }
    }

    /// The operators that ask a kind, for an error.
    pub(crate) fn asking(kind: Kind) -> String {
        let words: Vec<&str> = Self::ALL.iter().filter(|one| one.asks(kind)).map(|one| one.as_str()).collect();
        words.join(", ")
    }
}
