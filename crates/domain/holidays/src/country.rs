//! Countries, their subdivisions, and the holidays of either.

use crate::files::{FILES, YEARS};
use crate::line::{Line, lines};
use alloc::vec::Vec;
use jiff::civil::Date;

/// A country of the data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// The code, such as `DE` (ISO 3166-1).
    pub code: &'static str,
    /// The name in English.
    pub name: &'static str,
    file: &'static str,
}

/// A part of a country that has holidays of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subdivision {
    /// The code within the country, such as `BY`.
    pub code: &'static str,
    /// The name, in the country's own language.
    pub name: &'static str,
}

/// The region of holidays: a country, or a subdivision of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    country: Country,
    subdivision: Option<Subdivision>,
}

/// A day on which a region does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The local date.
    pub date: Date,
    /// The name in English, where the data set knows it; otherwise in the country's language.
    pub name: &'static str,
}

/// All countries, by code.
pub fn countries() -> impl Iterator<Item = Country> {
    FILES.iter().map(|(code, file)| Country { code, name: file.lines().next().unwrap_or_default(), file })
}

/// The region with this code: `DE` or `DE-BY`.
pub fn region(code: &str) -> Option<Region> {
    let (country, subdivision) = code.split_once('-').map_or((code, None), |(of, code)| (of, Some(code)));
    let at = FILES.binary_search_by_key(&country, |(code, _)| *code).ok()?;
    let country = countries().nth(at)?;
    let Some(wanted) = subdivision else { return Some(Region { country, subdivision: None }) };
    let subdivision = country.subdivisions().find(|known| known.code == wanted)?;
    Some(Region { country, subdivision: Some(subdivision) })
}

impl Country {
    /// Its subdivisions, by name; none where the whole country has the same holidays.
    pub fn subdivisions(&self) -> impl Iterator<Item = Subdivision> + use<> {
        let named = self.file.lines().skip(1).take_while(|line| !line.is_empty());
        named.filter_map(|line| line.split_once('\t')).map(|(code, name)| Subdivision { code, name })
    }
}

impl Region {
    /// The holidays of a year by date; none outside of [`YEARS`].
    pub fn of_year(&self, year: i16) -> Vec<Holiday> {
        let place = self.subdivision.map_or(Line::WHOLE_COUNTRY, |subdivision| subdivision.code);
        let mut holidays = Vec::new();
        if YEARS.contains(&year) {
            for line in lines(self.country.file).filter(|line| line.is_of(place)) {
                holidays.extend(line.dates(year).map(|date| Holiday { date, name: line.name }));
            }
        }
        holidays.sort_unstable();
        holidays
    }

    /// The holidays from one date to another, both included.
    pub fn between(&self, first: Date, last: Date) -> impl Iterator<Item = Holiday> + use<'_> {
        let of_years = (first.year()..=last.year()).flat_map(|year| self.of_year(year));
        of_years.filter(move |holiday| first <= holiday.date && holiday.date <= last)
    }

    /// The country.
    pub const fn country(&self) -> Country {
        self.country
    }

    /// The subdivision, unless the whole country is meant.
    pub const fn subdivision(&self) -> Option<Subdivision> {
        self.subdivision
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;

    fn of(code: &str, year: i16) -> Vec<String> {
        let holidays = region(code).expect("a region").of_year(year);
        holidays.iter().map(|holiday| format!("{} {}", holiday.date, holiday.name)).collect()
    }

    #[test]
    fn a_subdivision_has_those_of_its_country_and_its_own() {
        let (germany, bavaria) = (of("DE", 2026), of("DE-BY", 2026));
        assert_eq!((germany.len(), bavaria.len()), (9, 12));
        assert!(germany.iter().all(|holiday| bavaria.contains(holiday)));
        assert!(bavaria.contains(&"2026-01-06 Epiphany".into()));
        assert_eq!(germany[1], "2026-04-03 Good Friday");
    }

    #[test]
    fn a_subdivision_may_lack_a_day_of_its_country() {
        let monday = String::from("2026-04-06 Easter Monday");
        assert!(of("GB-ENG", 2026).contains(&monday));
        assert!(!of("GB-SCT", 2026).contains(&monday));
        let columbus = String::from("2026-10-12 Columbus Day");
        assert!(of("US", 2026).contains(&columbus) && !of("US-TX", 2026).contains(&columbus));
    }

    #[test]
    fn dates_of_two_years_are_found_in_one_go() {
        let (first, last) = (jiff::civil::date(2026, 12, 25), jiff::civil::date(2027, 1, 1));
        let found: Vec<_> = region("DE").expect("a region").between(first, last).map(|holiday| holiday.date).collect();
        assert_eq!(found, [first, jiff::civil::date(2026, 12, 26), last]);
    }

    #[test]
    fn unknown_regions_and_years_have_none() {
        for unknown in ["", "D", "XX", "de", "DE-XX", "DE-", "-BY", "DE-BY-BY"] {
            assert_eq!(region(unknown), None, "{unknown}");
        }
        assert_eq!(of("DE", *YEARS.start() - 1), Vec::<String>::new());
        assert_eq!(of("DE", *YEARS.end() + 1), Vec::<String>::new());
    }

    #[test]
    fn every_region_reads_and_has_holidays_in_some_year() {
        let mut before = "";
        for country in countries() {
            assert!(before < country.code && !country.name.is_empty(), "{}", country.code);
            before = country.code;
            let whole = core::iter::once(String::from(country.code));
            let parts = country.subdivisions().map(|part| format!("{}-{}", country.code, part.code));
            for code in whole.chain(parts) {
                let region = region(&code).expect("listed");
                let of_year = |year| region.of_year(year).into_iter().next();
                assert!(YEARS.into_iter().find_map(of_year).is_some_and(|holiday| !holiday.name.is_empty()), "{code}");
            }
        }
    }

    #[test]
    fn every_line_is_read_whole() {
        for (code, file) in FILES {
            let (_, written) = file.split_once("\n\n").expect("holidays");
            assert_eq!(lines(file).count(), written.lines().count(), "{code}");
            for line in lines(file) {
                let dates: usize = YEARS.map(|year| line.dates(year).count()).sum();
                assert_eq!(dates, line.written_days(), "{code} {}", line.name);
            }
        }
    }
}
