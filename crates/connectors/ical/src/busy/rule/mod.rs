//! The rule of a repeated event (RFC 5545, 3.3.10), read part by part: a part that cannot be read makes the rule take
//! more, never less.

mod dates;
mod expand;

pub(super) use expand::{Ends, starts};

use super::moment::{Clock, When, cut, moment};
use jiff::civil::Weekday;

/// How often a rule repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Frequency {
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A rule without its end. Empty lists permit everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) frequency: Frequency,
    /// At least 1.
    pub(super) interval: i64,
    months: Vec<i64>,
    weeks: Vec<i64>,
    year_days: Vec<i64>,
    month_days: Vec<i64>,
    /// Days of the week, each with its place in the month or year; 0 for all of them.
    days: Vec<(i64, Weekday)>,
    hours: Vec<i64>,
    minutes: Vec<i64>,
    seconds: Vec<i64>,
    positions: Vec<i64>,
    week_start: Weekday,
}

impl Rule {
    /// A rule that repeats so often.
    pub(super) const fn every(frequency: Frequency) -> Rule {
        Rule {
            frequency,
            interval: 1,
            months: Vec::new(),
            weeks: Vec::new(),
            year_days: Vec::new(),
            month_days: Vec::new(),
            days: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            seconds: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
        }
    }

    /// The rule without the parts that the standard forbids for its frequency, which some programs leave out; none if it has
    /// none of these.
    fn permitted(&self) -> Option<Rule> {
        let mut rule = self.clone();
        if self.frequency != Frequency::Yearly {
            rule.weeks.clear();
        }
        if matches!(self.frequency, Frequency::Daily | Frequency::Weekly | Frequency::Monthly) {
            rule.year_days.clear();
        }
        if self.frequency == Frequency::Weekly {
            rule.month_days.clear();
        }
        (rule != *self).then_some(rule)
    }

    /// The rules that this one may mean.
    pub(super) fn readings(&self) -> impl Iterator<Item = Rule> {
        [Some(self.clone()), self.permitted()].into_iter().flatten()
    }

    /// Whether all instances are at the time of day of the first one.
    pub(super) fn is_at_one_time(&self) -> bool {
        let times = [&self.hours, &self.minutes, &self.seconds];
        self.frequency >= Frequency::Daily && times.into_iter().all(Vec::is_empty)
    }
}

/// A rule as it was written.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) rule: Rule,
    /// Whether nothing says when it repeats: the rule is then every day.
    pub(super) is_unknown: bool,
    pub(super) until: Option<When>,
    pub(super) count: Option<u32>,
    /// The parts that could not be read, each as a reason.
    pub(super) doubts: Vec<String>,
}

/// Reads a rule.
pub(super) fn written(text: &str) -> Written {
    let mut read = Reader { rule: Rule::every(Frequency::Daily), has_frequency: false, until: None, count: None };
    let (mut doubts, mut is_unknown) = (Vec::new(), false);
    let is_said = |c: &char| c.is_ascii_graphic() && !matches!(c, '\\' | '"');
    let text = text.chars().filter(is_said).collect::<String>().to_ascii_uppercase();
    let text = text.rsplit("RRULE:").next().unwrap_or_default();
    for part in text.split(';') {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if value.is_empty() {
            continue;
        }
        if let Err(harm) = read.take(name, value) {
            doubts.push(format!("the part `{}` of its rule is not known", cut(part)));
            is_unknown |= harm == Harm::TakesLess;
        }
    }
    if !read.has_frequency {
        doubts.push(format!("its rule `{}` does not say how often it repeats", cut(text)));
        is_unknown = true;
    }
    let Reader { rule, until, mut count, .. } = read;
    let is_at_one_time = !read.has_frequency || rule.is_at_one_time();
    let rule = match (is_unknown, is_at_one_time) {
        (false, _) => rule,
        (true, true) => Rule::every(Frequency::Daily),
        (true, false) => Rule::every(Frequency::Secondly),
    };
    if is_unknown {
        count = None;
    }
    Written { rule, is_unknown, until, count, doubts }
}

/// What leaving a part out does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Harm {
    /// The rule takes the same or more.
    TakesMore,
    /// It may take less than what was meant.
    TakesLess,
}

struct Reader {
    rule: Rule,
    has_frequency: bool,
    until: Option<When>,
    count: Option<u32>,
}

impl Reader {
    fn take(&mut self, name: &str, value: &str) -> Result<(), Harm> {
        let rule = &mut self.rule;
        let (list, most) = match name {
            "FREQ" => return self.frequency(value),
            "INTERVAL" => return self.interval(value),
            "COUNT" => return self.count(value),
            "UNTIL" => return self.until(value),
            "WKST" => {
                rule.week_start = weekday(value).ok_or(Harm::TakesMore)?;
                return Ok(());
            }
            "BYDAY" => {
                let days = value.split(',').filter(|one| !one.is_empty()).map(placed).collect::<Option<Vec<_>>>();
                rule.days.extend(days.ok_or(Harm::TakesLess)?);
                return Ok(());
            }
            "RSCALE" if value == "GREGORIAN" => return Ok(()),
            "BYMONTH" => (&mut rule.months, 1..=12),
            "BYWEEKNO" => (&mut rule.weeks, -53..=53),
            "BYYEARDAY" => (&mut rule.year_days, -366..=366),
            "BYMONTHDAY" => (&mut rule.month_days, -31..=31),
            "BYHOUR" => (&mut rule.hours, 0..=23),
            "BYMINUTE" => (&mut rule.minutes, 0..=59),
            "BYSECOND" => (&mut rule.seconds, 0..=60),
            "BYSETPOS" => (&mut rule.positions, -366..=366),
            // What is not known may add instances, except another word for the end.
            name if name.starts_with("UN") || name.starts_with("CO") => return Err(Harm::TakesMore),
            _ => return Err(Harm::TakesLess),
        };
        let harm = if name == "BYSETPOS" { Harm::TakesMore } else { Harm::TakesLess };
        for one in value.split(',').filter(|one| !one.is_empty()) {
            // What is counted from both ends has no place 0.
            let is_place = |number: &i64| most.contains(number) && (*number != 0 || *most.start() == 0);
            let number = one.parse::<i64>().ok().filter(is_place);
            list.push(number.ok_or(harm)?);
        }
        Ok(())
    }

    fn frequency(&mut self, value: &str) -> Result<(), Harm> {
        self.rule.frequency = match value {
            "SECONDLY" => Frequency::Secondly,
            "MINUTELY" => Frequency::Minutely,
            "HOURLY" => Frequency::Hourly,
            "DAILY" => Frequency::Daily,
            "WEEKLY" => Frequency::Weekly,
            "MONTHLY" => Frequency::Monthly,
            "YEARLY" => Frequency::Yearly,
            _ => return Err(Harm::TakesLess),
        };
        self.has_frequency = true;
        Ok(())
    }

    /// An interval that is none is 1, as libical and ical.js read it.
    fn interval(&mut self, value: &str) -> Result<(), Harm> {
        let interval = value.parse::<i64>().map_err(|_| Harm::TakesMore)?;
        self.rule.interval = interval.clamp(1, 1_000_000);
        Ok(())
    }

    fn count(&mut self, value: &str) -> Result<(), Harm> {
        self.count = Some(value.parse().ok().filter(|count| *count > 0).ok_or(Harm::TakesMore)?);
        Ok(())
    }

    fn until(&mut self, value: &str) -> Result<(), Harm> {
        self.until = Some(moment(value, false, || Clock::Own).map_err(|_| Harm::TakesMore)?);
        Ok(())
    }
}

/// `MO`, `-1SU` or `+2TU`.
fn placed(text: &str) -> Option<(i64, Weekday)> {
    let (place, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let place = if place.is_empty() { 0 } else { place.parse().ok().filter(|place| (-53..=53).contains(place))? };
    Some((place, weekday(day)?))
}

fn weekday(text: &str) -> Option<Weekday> {
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let place = names.iter().position(|name| *name == text)?;
    Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()
}
