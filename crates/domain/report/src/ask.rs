//! What is asked of a report.

use crate::calendar::CalendarKind;
use crate::dimension::Dimension;
use crate::metric::Anchor;
use crate::period::Period;
use alloc::string::String;
use alloc::vec::Vec;

/// A question to a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    pub period: Period,
    /// The rows; none is the usual one of the report.
    pub group: Option<Dimension>,
    /// At which instant an item counts; metrics without it count at their usual one.
    pub anchor: Option<Anchor>,
    /// In which time durations are measured.
    pub calendar: CalendarKind,
    /// All of them have to fit.
    pub filters: Vec<Filter>,
}

/// Only what has this value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub dimension: Dimension,
    /// A key of the dimension, as rows have it.
    pub value: String,
}
