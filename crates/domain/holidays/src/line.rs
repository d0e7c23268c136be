//! A line of a file: the days of one holiday, and where it is one.

#[cfg(test)]
use crate::files::YEARS;
use jiff::civil::Date;

/// `days<tab>places<tab>name`, as `cargo xtask holidays` writes it.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    days: &'static str,
    places: &'static str,
    pub(crate) name: &'static str,
}

/// The lines of a country's file that are holidays.
pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = Line> {
    let holidays = file.split_once("\n\n").map_or("", |(_, holidays)| holidays);
    holidays.lines().filter_map(|line| {
        let mut parts = line.splitn(3, '\t');
        Some(Line { days: parts.next()?, places: parts.next()?, name: parts.next()? })
    })
}

impl Line {
    /// The country without a subdivision.
    pub(crate) const WHOLE_COUNTRY: &'static str = "-";

    /// Whether it is a holiday there: `*` is everywhere, `*-BY,SN` everywhere but there, `BY,SN` only there.
    pub(crate) fn is_of(&self, place: &str) -> bool {
        match self.places.strip_prefix('*') {
            Some(without) => !without.strip_prefix('-').is_some_and(|without| without.split(',').any(|at| at == place)),
            None => self.places.split(',').any(|at| at == place),
        }
    }

    pub(crate) fn dates(&self, year: i16) -> impl Iterator<Item = Date> + use<> {
        self.days.split(' ').filter_map(move |day| match day.split_once('-')? {
            // `MM-DD` is a day of every year.
            (month, day) if month.len() == 2 => Date::new(year, month.parse().ok()?, day.parse().ok()?).ok(),
            _ => day.parse().ok().filter(|date: &Date| date.year() == year),
        })
    }

    /// The number of its dates in all years.
    #[cfg(test)]
    pub(crate) fn written_days(&self) -> usize {
        if self.days.len() == "MM-DD".len() { YEARS.count() } else { self.days.split(' ').count() }
    }
}
