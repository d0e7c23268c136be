//! The instances of a series that something else names: those that fall away, and those that were changed.

use super::moment::{Clock, When};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use knock_model::Millis;
use std::collections::BTreeSet;

/// Instances of one series.
#[derive(Clone, Debug, Default)]
pub(super) struct Instances {
    days: BTreeSet<Date>,
    /// By the clock of the series.
    local: BTreeSet<DateTime>,
    instants: BTreeSet<Millis>,
}

impl Instances {
    /// Adds the instance that a date or a time names in a series that begins like `first`.
    pub(super) fn add(&mut self, named: &When, first: &When, own: &TimeZone) {
        match (named, first) {
            (When::Day(date), _) => {
                self.days.insert(*date);
            }
            (When::At(..), When::Day(_)) => {
                self.days.insert(named.date_in_series(own));
            }
            // A time without a zone is that of the series.
            (When::At(local, clock), When::At(_, of_series)) if *clock == Clock::Own || clock == of_series => {
                self.local.insert(*local);
            }
            (When::At(..), When::At(..)) => {
                // Of a time whose clock is not known, no instance falls away.
                let certain = named.range(own).filter(|(first, last)| first == last);
                self.instants.extend(certain.map(|(at, _)| at));
            }
        }
    }

    pub(super) fn contains(&self, start: &When, own: &TimeZone) -> bool {
        let is_instant = || start.range(own).is_some_and(|(at, _)| self.instants.contains(&at));
        self.days.contains(&start.local().date())
            || self.local.contains(&start.local())
            || !self.instants.is_empty() && is_instant()
    }
}
