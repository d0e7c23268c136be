//! The dates that a rule permits, each judged by itself: so no rule is searched for longer than its dates are asked for.

use super::{Frequency, Rule};
use jiff::civil::{Date, Weekday};

impl Rule {
    /// The rule with what the date of the first instance says where the rule does not.
    pub(super) fn with_defaults(&self, first: Date) -> Rule {
        let mut rule = self.clone();
        let names_days = !(rule.days.is_empty() && rule.month_days.is_empty() && rule.year_days.is_empty());
        if names_days || !rule.weeks.is_empty() {
            return rule;
        }
        match rule.frequency {
            Frequency::Yearly => {
                rule.month_days = vec![i64::from(first.day())];
                if rule.months.is_empty() {
                    rule.months = vec![i64::from(first.month())];
                }
            }
            Frequency::Monthly => rule.month_days = vec![i64::from(first.day())],
            Frequency::Weekly => rule.days = vec![(0, first.weekday())],
            Frequency::Daily | Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => {}
        }
        rule
    }

    /// Whether a month is permitted.
    pub(super) fn takes_month(&self, date: Date) -> bool {
        is_in(&self.months, &[i64::from(date.month())])
    }

    /// Whether a date is permitted, wherever its period is.
    pub(super) fn takes(&self, date: Date) -> bool {
        let in_year = (i64::from(date.day_of_year()), i64::from(date.days_in_year()));
        let in_month = (i64::from(date.day()), i64::from(date.days_in_month()));
        self.takes_month(date)
            && is_in(&self.year_days, &from_both_ends(in_year))
            && is_in(&self.month_days, &from_both_ends(in_month))
            && (self.weeks.is_empty() || is_in(&self.weeks, &self.week_numbers(date)))
            && self.takes_weekday(date, in_year, in_month)
    }

    fn takes_weekday(&self, date: Date, in_year: (i64, i64), in_month: (i64, i64)) -> bool {
        let within = match self.frequency {
            Frequency::Yearly if self.months.is_empty() => Some(in_year),
            Frequency::Yearly | Frequency::Monthly => Some(in_month),
            // A place is said of months and years alone.
            Frequency::Weekly | Frequency::Daily | Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => {
                None
            }
        };
        let is_at = |place: i64| {
            let (day, days) = within.filter(|_| place != 0 && self.weeks.is_empty())?;
            Some([(day - 1) / 7 + 1, -((days - day) / 7 + 1)].contains(&place))
        };
        let is_it = |(place, day): &(i64, Weekday)| *day == date.weekday() && is_at(*place).unwrap_or(true);
        self.days.is_empty() || self.days.iter().any(is_it)
    }

    /// The number of the date's week, from both ends of the year that has most of it.
    fn week_numbers(&self, date: Date) -> [i64; 2] {
        let fourth = |date: Date| {
            let since = i64::from(date.weekday().since(self.week_start));
            date.saturating_add(jiff::Span::new().days(3 - since))
        };
        let number = |fourth: Date| (i64::from(fourth.day_of_year()) - 1) / 7 + 1;
        let of_date = fourth(date);
        // The week of that date is always the last one.
        let last = Date::new(of_date.year(), 12, 28).map_or(52, |date| number(fourth(date)));
        [number(of_date), number(of_date) - last - 1]
    }
}

/// A place counted from the beginning, and from the end.
const fn from_both_ends((place, number): (i64, i64)) -> [i64; 2] {
    [place, place - number - 1]
}

fn is_in(list: &[i64], values: &[i64]) -> bool {
    list.is_empty() || values.iter().any(|value| list.contains(value))
}
