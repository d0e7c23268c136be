//! One event as it is written: when it is, whether it blocks, and what of it cannot be read.

use super::Question;
use super::component::{Component, Property};
use super::extent::{End, length};
use super::moment::{Clock, NoTime, When, around, cut, moment};
use super::presence::blocks;
use super::zones::Zones;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The longest title, in characters.
const LONGEST_TITLE: usize = 100;

/// The instances of a series that an entry stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    One,
    AndLater,
    AndEarlier,
}

/// The name of an event.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) uid: String,
    /// Empty if it has none.
    pub(super) title: String,
}

/// An event, or an instance of a series that is not as the others.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) label: Label,
    /// The version; the highest counts.
    pub(super) sequence: i64,
    /// The instance that it stands for; none for an event of its own.
    pub(super) instead_of: Option<When>,
    pub(super) range: Range,
    pub(super) start: When,
    pub(super) end: End,
    pub(super) rules: Vec<String>,
    /// Rules of instances that fall away.
    pub(super) except_rules: Vec<String>,
    /// Instances beside the rules, some with ends of their own.
    pub(super) extra: Vec<(When, Option<End>)>,
    pub(super) without: Vec<When>,
    pub(super) blocks: bool,
    /// What of it could not be read, each as a reason.
    pub(super) doubts: Vec<String>,
}

/// An event whose time cannot be read.
#[derive(Clone, Debug)]
pub(super) struct Lost {
    pub(super) label: Label,
    /// The days that it may cover, until before the last one; none if nothing says.
    pub(super) days: Option<(Date, Date)>,
    pub(super) reason: String,
}

/// Reads an event. Of several starts each is one that it may have.
pub(super) fn entries(event: &Component, zones: &Zones, question: &Question<'_>) -> Vec<Result<Entry, Lost>> {
    let blocks = blocks(event, question);
    let reader = Reader { event, zones, own: question.zone };
    let mut starts: Vec<&Property> = event.all("DTSTART").filter(|start| !start.value.is_empty()).collect();
    starts.dedup_by(|one, other| one == other);
    if starts.is_empty() {
        return if blocks { vec![Err(reader.without_start())] } else { Vec::new() };
    }
    let several = starts.len() > 1;
    let entry = |start: &Property| {
        let mut entry = reader.entry(start, blocks)?;
        if several {
            entry.doubts.push("it has more than one start".to_owned());
        }
        Ok(entry)
    };
    let read = starts.into_iter().take(5).map(entry);
    read.filter(|read| blocks || read.is_ok()).collect()
}

struct Reader<'r> {
    event: &'r Component,
    zones: &'r Zones,
    own: &'r TimeZone,
}

impl Reader<'_> {
    fn label(&self) -> Label {
        let uid = self.event.text("UID").unwrap_or_default().to_owned();
        Label { uid, title: title(self.event.text("SUMMARY").unwrap_or_default()) }
    }

    fn entry(&self, start: &Property, blocks: bool) -> Result<Entry, Lost> {
        let lost = |NoTime { days, reason }| Lost { label: self.label(), days: self.limited(days), reason };
        let mut doubts = Vec::new();
        let start = self.time(start, &start.value, &mut doubts).map_err(lost)?;
        let (instead_of, range) = self.instead_of(&mut doubts);
        if !self.event.is_whole {
            let day = start.local().date();
            let reason = "the calendar ends within it".to_owned();
            return Err(Lost { label: self.label(), days: self.limited(Some(around(day, day))), reason });
        }
        let end = self.end(&start, &mut doubts);
        let texts = |name: &'static str| {
            self.event.all(name).filter(|rule| !rule.value.is_empty()).map(|rule| rule.value.clone()).collect()
        };
        Ok(Entry {
            label: self.label(),
            sequence: self.event.text("SEQUENCE").and_then(|number| number.parse().ok()).unwrap_or(0),
            instead_of,
            range,
            extra: self.extra(&mut doubts),
            without: self.without(&mut doubts),
            start,
            end,
            rules: texts("RRULE"),
            except_rules: texts("EXRULE"),
            blocks,
            doubts,
        })
    }

    /// An event without a start: its end or the instance that it stands for says its day.
    fn without_start(&self) -> Lost {
        let near = ["RECURRENCE-ID", "DTEND"].iter().find_map(|name| {
            let property = self.event.all(name).next()?;
            Some(self.time(property, &property.value, &mut Vec::new()).ok()?.local().date())
        });
        let days = near.map(|day| around(day, day));
        Lost { label: self.label(), days: self.limited(days), reason: "it has no start".to_owned() }
    }

    /// The days of an event, if it does not repeat.
    fn limited(&self, days: Option<(Date, Date)>) -> Option<(Date, Date)> {
        let repeats = ["RRULE", "RDATE"].iter().any(|name| self.event.text(name).is_some());
        days.filter(|_| !repeats)
    }

    /// A value of a property.
    fn time(&self, property: &Property, value: &str, doubts: &mut Vec<String>) -> Result<When, NoTime> {
        let is_date = property.parameter("VALUE").is_some_and(|kind| kind.eq_ignore_ascii_case("DATE"));
        let name = property.parameter("TZID").unwrap_or_default();
        let when = moment(value, is_date, || self.zones.find(name))?;
        if matches!(when, When::At(_, Clock::Between(..))) {
            doubts.push(format!("its time zone `{}` is not known", cut(name)));
        }
        Ok(when)
    }

    fn instead_of(&self, doubts: &mut Vec<String>) -> (Option<When>, Range) {
        let Some(property) = self.event.all("RECURRENCE-ID").find(|id| !id.value.is_empty()) else {
            return (None, Range::One);
        };
        let range = property.parameter("RANGE").unwrap_or_default().to_ascii_uppercase();
        let range = match &*range {
            "THISANDFUTURE" => Range::AndLater,
            "THISANDPRIOR" => Range::AndEarlier,
            _ => Range::One,
        };
        // Its clock matters to the series alone.
        match self.time(property, &property.value, &mut Vec::new()) {
            Ok(when) => (Some(when), range),
            Err(NoTime { reason, .. }) => {
                doubts.push(format!("the instance that it replaces is not known: {reason}"));
                (None, Range::One)
            }
        }
    }

    /// The later one of several ends.
    fn end(&self, start: &When, doubts: &mut Vec<String>) -> End {
        let end = self.event.all("DTEND").find(|end| !end.value.is_empty());
        let end = end.map(|end| self.time(end, &end.value, doubts));
        match (end, self.event.text("DURATION")) {
            (Some(Ok(end)), Some(text)) => {
                let ends = [End::Until(end), self.lasting(text, doubts)];
                let last = |end: &End| end.of(start, start, self.own).and_then(|lasting| lasting.last(self.own));
                ends.into_iter().max_by_key(last).unwrap_or(End::Unknown)
            }
            (Some(Ok(end)), None) => End::Until(end),
            (Some(Err(NoTime { reason, .. })), _) => {
                doubts.push(format!("its end {reason}"));
                End::Unknown
            }
            (None, Some(text)) => self.lasting(text, doubts),
            (None, None) => End::Unsaid,
        }
    }

    fn lasting(&self, text: &str, doubts: &mut Vec<String>) -> End {
        length(text).map_or_else(
            || {
                doubts.push(format!("`{}` is no length of time", cut(text)));
                End::Unknown
            },
            End::For,
        )
    }

    /// Instances beside the rules: dates, times or periods.
    fn extra(&self, doubts: &mut Vec<String>) -> Vec<(When, Option<End>)> {
        let mut extra = Vec::new();
        for list in self.event.all("RDATE") {
            for text in list.value.split(',').filter(|text| !text.trim().is_empty()) {
                let (start, end) = text.split_once('/').map_or((text, None), |(start, end)| (start, Some(end)));
                let start = match self.time(list, start, doubts) {
                    Ok(start) => start,
                    Err(NoTime { days, reason }) => {
                        doubts.push(reason);
                        let days = days.map(|(from, to)| (When::Day(from), Some(End::Until(When::Day(to)))));
                        extra.extend(days);
                        continue;
                    }
                };
                let end = end.map(|end| match end.trim().starts_with(['P', 'p', '+', '-']) {
                    true => self.lasting(end, doubts),
                    false => self.time(list, end, doubts).map_or(End::Unknown, End::Until),
                });
                extra.push((start, end));
            }
        }
        extra
    }

    /// Instances that fall away; one that cannot be read takes place.
    fn without(&self, doubts: &mut Vec<String>) -> Vec<When> {
        let lists = self.event.all("EXDATE");
        let texts = lists.flat_map(|list| list.value.split(',').map(move |text| (list, text)));
        let mut without = Vec::new();
        for (list, text) in texts.filter(|(_, text)| !text.trim().is_empty()) {
            match self.time(list, text, &mut Vec::new()) {
                Ok(when) => without.push(when),
                Err(NoTime { reason, .. }) => doubts.push(reason),
            }
        }
        without
    }
}

/// A title as its owner wrote it, on one line.
fn title(text: &str) -> String {
    let mut title = String::new();
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n' | 'N') => title.push(' '),
                Some(escaped) => title.push(escaped),
                None => {}
            },
            plain => title.push(plain),
        }
    }
    title.trim().chars().take(LONGEST_TITLE).collect()
}
