//! A figure: what it counts, from when to when, at which instant, in which time, and how it is put together.

use crate::condition::Condition;
use crate::population::Population;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::vocabulary;

vocabulary! {
    /// The instant at which an item counts.
    Anchor {
        /// The person was seen first.
        FirstSeen = "first_seen",
        /// The person reached the step.
        Reached = "reached",
        /// The wait began.
        Asked = "asked",
        /// The wait ended with an answer.
        Answered = "answered",
        /// The meeting was booked.
        Booked = "booked",
        /// The meeting begins.
        Start = "start",
        /// The status began.
        Entered = "entered",
        /// It happened.
        Happened = "happened",
    }
}

impl Anchor {
    /// Its name on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Anchor::FirstSeen => "When the person was first seen",
            Anchor::Reached => "When the step was reached",
            Anchor::Asked => "When the lead began to wait",
            Anchor::Answered => "When a person answered",
            Anchor::Booked => "When the meeting was booked",
            Anchor::Start => "When the meeting begins",
            Anchor::Entered => "When the status began",
            Anchor::Happened => "When it happened",
        }
    }

    /// The same within a sentence.
    const fn words(self) -> &'static str {
        match self {
            Anchor::FirstSeen => "when the person was first seen",
            Anchor::Reached => "when the step was reached",
            Anchor::Asked => "when the lead began to wait",
            Anchor::Answered => "when a person answered",
            Anchor::Booked => "when the meeting was booked",
            Anchor::Start => "when the meeting begins",
            Anchor::Entered => "when the status began",
            Anchor::Happened => "when it happened",
        }
    }
}

/// How items become a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregator {
    /// The number of items.
    Count,
    /// The part of the items for which a condition holds as well.
    Share(Condition),
    /// The middle value, of an even number the mean of the two in the middle.
    Median,
    /// The value that nine of ten do not exceed, by nearest rank.
    P90,
    Mean,
    /// All values together.
    Sum,
}

vocabulary! {
    /// The unit of a figure.
    Unit {
        /// A number of things.
        Count = "count",
        /// Per cent, with two decimals.
        Percent = "percent",
        /// Minutes, with two decimals.
        Minutes = "minutes",
    }
}

vocabulary! {
    /// Which of two figures is better.
    Better {
        /// The higher.
        Higher = "higher",
        /// The lower.
        Lower = "lower",
        /// Neither.
        Neither = "",
    }
}

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// The name in paths, which no other figure has.
    pub name: &'static str,
    /// The name on pages.
    pub label: &'static str,
    /// The items.
    pub population: Population,
    /// Of these, the ones that count.
    pub only: Condition,
    /// What is measured of each, in words; empty where items are only counted.
    pub measured: &'static str,
    /// The instants at which an item can count, the usual one first.
    pub anchors: &'static [Anchor],
    /// Whether it is measured in the chosen calendar; else in all time.
    pub calendar: bool,
    /// What never counts, in words.
    pub exclusions: &'static str,
    pub aggregator: Aggregator,
    pub unit: Unit,
    pub better: Better,
}

impl Metric {
    /// The whole definition in words.
    pub fn definition(&self) -> String {
        let items = match self.only {
            Condition::All => String::from(self.population.words()),
            only => format!("{}, only those {}", self.population.words(), only.as_str()),
        };
        let what = match self.aggregator {
            Aggregator::Count => format!("The number of {items}."),
            Aggregator::Share(hit) => format!("Of {items}, the share of those {}.", hit.as_str()),
            Aggregator::Median => self.measure("The median", &items),
            Aggregator::P90 => self.measure("The 90th percentile", &items),
            Aggregator::Mean => self.measure("The mean", &items),
            Aggregator::Sum => self.measure("The sum", &items),
        };
        let calendar = if self.calendar { " In all time, or in the working hours of the rep or the team." } else { "" };
        format!("{what} Counts {}.{calendar} {}", self.instants(), self.exclusions)
    }

    fn measure(&self, aggregate: &str, items: &str) -> String {
        format!("{aggregate} of {}, of {items}.", self.measured)
    }

    fn instants(&self) -> String {
        let words: Vec<&str> = self.anchors.iter().map(|anchor| anchor.words()).collect();
        words.join(" or, where so chosen, ")
    }

    /// Whether its numbers open the list of what they count: visitors are counted without being known.
    pub fn opens(&self) -> bool {
        self.population != Population::Visitors
    }

    /// Whether it measures something of its items; only those count of which it is known.
    pub(crate) const fn is_measure(&self) -> bool {
        match self.aggregator {
            Aggregator::Median | Aggregator::P90 | Aggregator::Mean | Aggregator::Sum => true,
            Aggregator::Count | Aggregator::Share(_) => false,
        }
    }
}
