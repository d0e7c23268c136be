//! Form state of the member's availability.

use futures_util::FutureExt;
use knock_model::{AvailabilityState, HoursFor};
use knock_wire::{Absence, Availability, DayRange, RepRow, WeeklyHours};
use leptos::prelude::*;

use super::hand_over::HandOver;
use super::holidays::Holidays;
use super::other_hours::OtherHours;
use super::presence::{OwnPresence, use_presence};
use crate::api::Failure;
use crate::kit::browser;
use crate::kit::changing::one_at_a_time;
use crate::kit::kept::Kept;
use crate::kit::single::Single;
use crate::kit::zones::time_zone;
use crate::state::session::{Session, use_session};
use crate::words::availability::{MIDNIGHT, end_of_field};
use crate::words::instant::input_value;
use crate::words::site::field_errors;

/// The weekdays: names in the API and labels.
pub(crate) const DAYS: [(&str, &str); 7] = [
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
];
/// The hours of a new working day.
const USUAL: (&str, &str) = ("09:00", "17:00");
/// The number of working days from Monday: Monday to Friday.
const WORKING_DAYS: usize = 5;

/// The edited settings.
#[derive(Clone, Copy)]
pub(crate) struct AvailabilityForm {
    session: Session,
    presence: OwnPresence,
    hand_over: HandOver,
    /// The member's current availability as routing sees it.
    pub(crate) row: Single<RepRow>,
    pub(crate) is_away: RwSignal<bool>,
    /// The end of the absence, in the format of a field for date and time; empty for no end.
    pub(crate) until: RwSignal<String>,
    /// Whether the member has working hours.
    pub(crate) has_hours: RwSignal<bool>,
    pub(crate) zone: RwSignal<String>,
    /// The ranges of each day, Monday first.
    pub(crate) days: [RwSignal<Vec<DayRange>>; 7],
    /// Whether the hours are for meetings only.
    pub(crate) is_for_meetings: RwSignal<bool>,
    /// Dates with other hours, and travel.
    pub(crate) other: OtherHours,
    pub(crate) holidays: Holidays,
    /// The most open chats; empty for no limit.
    pub(crate) capacity: RwSignal<String>,
    kept: Kept<Availability>,
    /// Notified of each input: fields for times change their value without a redraw.
    pub(crate) touched: Trigger,
    /// Whether it is being saved.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
}

impl AvailabilityForm {
    /// Loads the stored settings.
    pub(crate) fn start() -> AvailabilityForm {
        let session = use_session();
        let holidays = Holidays::start();
        let row = Single::new(move || {
            let client = session.client();
            async move {
                let usual = client.meeting_settings().await?.holidays;
                holidays.usual.try_set(usual.unwrap_or_default());
                client.availability().await
            }
            .boxed_local()
        });
        let text = || RwSignal::new(String::new());
        let form = AvailabilityForm {
            session,
            presence: use_presence(),
            hand_over: expect_context(),
            row,
            is_away: RwSignal::new(false),
            until: text(),
            has_hours: RwSignal::new(false),
            zone: RwSignal::new(time_zone()),
            days: std::array::from_fn(|_| RwSignal::new(Vec::new())),
            is_for_meetings: RwSignal::new(false),
            other: OtherHours::new(),
            holidays,
            capacity: text(),
            kept: Kept::new(),
            touched: Trigger::new(),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(""),
        };
        row.load();
        form
    }

    /// Fills the form with the stored settings.
    pub(crate) fn fill(self, row: &RepRow) {
        let Availability { state, away_until, hours, hours_for, holidays, capacity, .. } = &row.availability;
        self.is_away.set(*state == AvailabilityState::Away);
        self.until.set(away_until.map(|at| input_value(browser::local(at))).unwrap_or_default());
        self.has_hours.set(hours.is_some());
        self.is_for_meetings.set(*hours_for == HoursFor::Meetings);
        self.other.fill(&row.availability);
        self.holidays.choose(holidays.as_deref().unwrap_or_default());
        self.capacity.set(capacity.map(|capacity| capacity.to_string()).unwrap_or_default());
        if let Some(hours) = hours {
            self.zone.set(hours.zone.clone());
            for (day, (_, ranges)) in self.days.iter().zip(hours.days()) {
                day.set(ranges.clone());
            }
        }
        self.kept.keep(self.value());
    }

    /// Whether there are changes that are not saved.
    pub(crate) fn is_changed(self) -> bool {
        self.touched.track();
        self.kept.differs(&untrack(|| self.value()))
    }

    /// Shows the saved availability again.
    pub(crate) fn discard(self) {
        if let Some(row) = self.row.value.get_untracked() {
            self.fill(&row);
            self.failure.set(None);
        }
    }

    /// Turns working hours on or off; hours never set before start with the defaults.
    pub(crate) fn keep_hours(self, keeps: bool) {
        self.has_hours.set(keeps);
        if keeps && self.days.iter().all(|day| day.with_untracked(Vec::is_empty)) {
            self.days[..WORKING_DAYS].iter().for_each(|day| add_range(*day));
        }
    }

    /// Gives the hours of a day to each other day that has hours.
    pub(crate) fn copy_to_working_days(self, from: RwSignal<Vec<DayRange>>) {
        let hours = from.get_untracked();
        for day in self.days.iter().filter(|day| !day.with_untracked(Vec::is_empty)) {
            day.set(hours.clone());
        }
        self.said.set("");
    }

    pub(crate) fn errors(self, field: &str) -> Vec<String> {
        match self.failure.get() {
            Some(Failure::Refused(problem)) => field_errors(&problem, field),
            _ => Vec::new(),
        }
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        self.failure.get().filter(|failure| !matches!(failure, Failure::Refused(problem) if !problem.errors.is_empty()))
    }

    pub(crate) fn save(self) {
        let availability = self.value();
        let (client, saved) = (self.session.client(), availability.clone());
        let is_long = |row: &RepRow| row.absence.is_some_and(|absence| absence.will_be_long);
        let was_long = self.row.value.with_untracked(|row| row.as_ref().is_some_and(is_long));
        self.said.set("");
        let work = async move {
            let row = client.set_availability(&availability).await?;
            self.presence.changed(&row.state);
            if !was_long {
                self.hand_over.offer(row.absence.as_ref());
            }
            self.row.value.try_set(Some(row));
            Ok(())
        };
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.said.set("Saved.");
                self.kept.keep(saved);
            }
            self.failure.set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    /// The absence with the member's chats, if they have any.
    pub(crate) fn absence(self) -> Option<Absence> {
        self.row.value.with(|row| row.as_ref()?.absence.filter(|absence| absence.open_chats > 0))
    }

    /// Asks what becomes of the member's open chats.
    pub(crate) fn ask_to_hand_over(self) {
        if let Some(absence) = untrack(|| self.absence()) {
            self.hand_over.ask(self.session.email_untracked(), &absence);
        }
    }

    fn value(self) -> Availability {
        let is_away = self.is_away.get_untracked();
        let [mon, tue, wed, thu, fri, sat, sun] = self.days.map(|day| day.get_untracked());
        let zone = self.zone.get_untracked().trim().to_owned();
        let hours = WeeklyHours { zone, mon, tue, wed, thu, fri, sat, sun };
        Availability {
            state: if is_away { AvailabilityState::Away } else { AvailabilityState::Active },
            away_since: None,
            away_until: browser::instant(&self.until.get_untracked()).filter(|_| is_away),
            hours: self.has_hours.get_untracked().then_some(hours),
            hours_for: if self.is_for_meetings.get_untracked() { HoursFor::Meetings } else { HoursFor::All },
            overrides: self.other.dates(),
            travel: self.other.travel(),
            holidays: Some(untrack(|| self.holidays.code())).filter(|code| !code.is_empty()),
            // A number field accepts nothing but numbers.
            capacity: self.capacity.get_untracked().trim().parse().ok(),
        }
    }
}

/// Adds a range to a day: the default hours, or the time from the end of the last range to midnight.
pub(crate) fn add_range(day: RwSignal<Vec<DayRange>>) {
    day.update(|ranges| {
        let next = ranges.last().map(|(_, end)| end.clone()).filter(|end| end != MIDNIGHT);
        let (start, end) = next.map_or((USUAL.0.to_owned(), USUAL.1.to_owned()), |end| (end, MIDNIGHT.to_owned()));
        ranges.push((start, end));
    });
}

/// Changes an end of a range to the text of its field.
pub(crate) fn set_end(day: RwSignal<Vec<DayRange>>, at: usize, is_end: bool, text: &str) {
    // No notification: a redraw would move the focus out of the field.
    day.update_untracked(|ranges| {
        if let Some(range) = ranges.get_mut(at) {
            if is_end {
                range.1 = end_of_field(text);
            } else {
                range.0 = text.to_owned();
            }
        }
    });
}
