//! Form state of public holidays.

use futures_util::FutureExt;
use knock_wire::{Holiday, HolidayCountries, HolidaySubdivision};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::kit::browser;
use crate::kit::civil::Civil;
use crate::kit::clock::{ServerClock, use_clock};
use crate::kit::reactive::effect;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::instant::input_value;

/// The number of coming holidays that are shown.
const SHOWN: usize = 5;

/// The chosen country and its holidays.
#[derive(Clone, Copy)]
pub(crate) struct Holidays {
    session: Session,
    clock: ServerClock,
    pub(crate) known: Single<HolidayCountries>,
    /// The choice: a country, or one of the form's other choices.
    pub(crate) country: RwSignal<String>,
    /// The part of the country; empty for the whole.
    pub(crate) part: RwSignal<String>,
    /// The default country.
    pub(crate) usual: RwSignal<String>,
    /// The next holidays of the effective country.
    pub(crate) next: RwSignal<Vec<Holiday>>,
}

impl Holidays {
    /// The list, without a choice; loads the known regions.
    pub(crate) fn start() -> Holidays {
        let session = use_session();
        let known = Single::new(move || {
            let client = session.client();
            async move { client.holiday_countries().await }.boxed_local()
        });
        let text = || RwSignal::new(String::new());
        let (country, part, usual, next) = (text(), text(), text(), RwSignal::new(Vec::new()));
        let clock = use_clock();
        let holidays = Holidays { session, clock, known, country, part, usual, next };
        known.load();
        effect(move || holidays.load_next());
        holidays
    }

    /// Chooses a country, or one of its parts by the full code.
    pub(crate) fn choose(self, code: &str) {
        let is_part = code.contains('-');
        self.country.set(code.split('-').next().unwrap_or_default().to_owned());
        self.part.set(if is_part { code.to_owned() } else { String::new() });
    }

    /// The code of the choice; empty for none.
    pub(crate) fn code(self) -> String {
        let part = self.part.get();
        if part.is_empty() { self.country.get() } else { part }
    }

    /// The reader's local time.
    pub(crate) fn today(self) -> Civil {
        browser::local(self.clock.now_untracked())
    }

    /// The effective code: the choice, or the default country without one.
    fn counted(self) -> String {
        Some(self.code()).filter(|code| !code.is_empty()).unwrap_or_else(|| self.usual.get())
    }

    /// The parts of the chosen country.
    pub(crate) fn parts(self) -> Vec<HolidaySubdivision> {
        let country = self.country.get();
        let of = |known: &HolidayCountries| {
            let found = known.countries.iter().find(|known| known.code == country);
            found.map(|found| found.subdivisions.clone()).unwrap_or_default()
        };
        self.known.value.with(|known| known.as_ref().map(of).unwrap_or_default())
    }

    /// The name of a country or of one of its parts, if known.
    pub(crate) fn name_of(self, code: &str) -> String {
        let (country, part) = (code.split('-').next().unwrap_or_default(), code);
        let name = |known: &HolidayCountries| {
            let country = known.countries.iter().find(|known| known.code == country)?;
            let part = country.subdivisions.iter().find(|known| known.code == part);
            Some(part.map_or_else(|| country.name.clone(), |part| format!("{}, {}", country.name, part.name)))
        };
        self.known.value.with(|known| known.as_ref().and_then(name)).unwrap_or_else(|| code.to_owned())
    }

    /// Loads the upcoming holidays of the effective country, including those of the next year.
    fn load_next(self) {
        let code = self.counted();
        let is_region = self.known.value.with(|known| {
            let country = code.split('-').next().unwrap_or_default();
            known.as_ref().is_some_and(|known| known.countries.iter().any(|known| known.code == country))
        });
        self.next.set(Vec::new());
        if !is_region {
            return;
        }
        let client = self.session.client();
        spawn_local(async move {
            let today = input_value(self.today());
            let (this_year, today) = (today[..4].to_owned(), today[..10].to_owned());
            let next_year = this_year.parse::<u16>().map_or(0, |year| year + 1).to_string();
            let mut found = Vec::new();
            for year in [this_year, next_year] {
                found.extend(client.holidays(&code, &year).await.map(|list| list.holidays).unwrap_or_default());
            }
            found.retain(|holiday| holiday.date >= today);
            found.truncate(SHOWN);
            // The choice may have changed meanwhile.
            if !self.next.is_disposed() && untrack(move || self.counted()) == code {
                self.next.try_set(found);
            }
        });
    }
}
