//! Form state of dates with other hours and of travel.

use knock_wire::{Availability, DateHours, DayRange, TravelDates};
use leptos::prelude::*;

/// The hours of one date.
#[derive(Clone)]
pub(crate) struct OtherDate {
    /// The date, as in its field.
    pub(crate) date: ArcRwSignal<String>,
    /// Its ranges; empty for a free day.
    pub(crate) ranges: ArcRwSignal<Vec<DayRange>>,
}

/// Both lists.
#[derive(Clone, Copy)]
pub(crate) struct OtherHours {
    pub(crate) dates: RwSignal<Vec<OtherDate>>,
    /// Dates in another time zone.
    pub(crate) travel: RwSignal<Vec<ArcRwSignal<TravelDates>>>,
}

impl OtherHours {
    pub(crate) fn new() -> OtherHours {
        OtherHours { dates: RwSignal::new(Vec::new()), travel: RwSignal::new(Vec::new()) }
    }

    /// Fills the lists from the stored availability.
    pub(crate) fn fill(self, availability: &Availability) {
        let dates = availability.overrides.iter().cloned();
        self.dates.set(dates.map(|DateHours { date, ranges }| other_date(date, ranges)).collect());
        self.travel.set(availability.travel.iter().cloned().map(ArcRwSignal::new).collect());
    }

    /// Adds a free day without a date.
    pub(crate) fn add_date(self) {
        self.dates.update(|dates| dates.push(other_date(String::new(), Vec::new())));
    }

    pub(crate) fn add_travel(self, zone: String) {
        let dates = TravelDates { zone, ..TravelDates::default() };
        self.travel.update(|travel| travel.push(ArcRwSignal::new(dates)));
    }

    pub(crate) fn dates(self) -> Vec<DateHours> {
        let value =
            |other: &OtherDate| DateHours { date: other.date.get_untracked(), ranges: other.ranges.get_untracked() };
        self.dates.with_untracked(|dates| dates.iter().map(value).collect())
    }

    /// Travel in the form.
    pub(crate) fn travel(self) -> Vec<TravelDates> {
        self.travel.with_untracked(|travel| travel.iter().map(ArcRwSignal::get_untracked).collect())
    }
}

fn other_date(date: String, ranges: Vec<DayRange>) -> OtherDate {
    OtherDate { date: ArcRwSignal::new(date), ranges: ArcRwSignal::new(ranges) }
}

/// Removes an element, if it is still there.
pub(crate) fn remove_at<T: Send + Sync + 'static>(list: RwSignal<Vec<T>>, at: usize) {
    list.update(|list| {
        if at < list.len() {
            list.remove(at);
        }
    });
}
