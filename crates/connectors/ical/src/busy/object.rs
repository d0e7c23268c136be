//! The busy time of one calendar object.

use super::budget::{Budget, MOST_INSTANCES};
use super::component::{Component, components};
use super::event::{Entry, Label, Lost, Range, entries};
use super::instances::Instances;
use super::lines::{indented_lines, lines};
use super::moment::When;
use super::series::{Series, series};
use super::zones::Zones;
use super::{BusyTime, Question, Unread};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_scheduling::{Block, Extent};

/// The busy time of one calendar object that touches a window. The work of all events is taken from the budget; what it
/// does not suffice for is blocked.
pub fn busy(object: &[u8], question: &Question<'_>, budget: &mut Budget) -> BusyTime {
    let found = components(&lines(object)).or_else(|| components(&indented_lines(object)));
    let mut reading = Reading { question, budget, busy: BusyTime::default(), is_full: false };
    match found {
        Some(found) => reading.read(&found),
        None => {
            let label = Label { uid: String::new(), title: String::new() };
            reading.lose(Lost { label, days: None, reason: "nothing in it can be read".to_owned() });
        }
    }
    reading.busy
}

struct Reading<'r> {
    question: &'r Question<'r>,
    budget: &'r mut Budget,
    busy: BusyTime,
    /// Whether there were more busy times than are followed: all is blocked then.
    is_full: bool,
}

impl Reading<'_> {
    fn read(&mut self, components: &[Component]) {
        let zones = Zones::of(components, self.question.window, self.budget);
        let mut read = Vec::new();
        for event in components.iter().filter(|component| component.name == "VEVENT") {
            for entry in entries(event, &zones, self.question) {
                match entry {
                    Ok(entry) => read.push(entry),
                    Err(lost) => self.lose(lost),
                }
            }
        }
        // One event after the other, its versions and changed instances together.
        read.sort_by(|one, other| one.label.uid.cmp(&other.label.uid));
        let mut events: Vec<Vec<Entry>> = Vec::new();
        for entry in read {
            match events.last_mut().filter(|event| !entry.label.uid.is_empty() && event[0].label.uid == entry.label.uid)
            {
                Some(event) => event.push(entry),
                None => events.push(vec![entry]),
            }
        }
        events.into_iter().for_each(|event| self.event(newest(event)));
    }

    /// An event with its changed instances.
    fn event(&mut self, entries: Vec<Entry>) {
        let (changed, whole): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(|entry| entry.instead_of.is_some());
        for entry in &whole {
            let mut moved = Instances::default();
            let ids = changed.iter().filter_map(|changed| changed.instead_of.as_ref());
            ids.for_each(|id| moved.add(id, &entry.start, self.question.zone));
            self.instances(entry, &moved, &changed);
        }
        for entry in &changed {
            self.instances(entry, &Instances::default(), &[]);
        }
    }

    /// The instances of an entry, of which some are elsewhere and some as a changed one.
    fn instances(&mut self, entry: &Entry, moved: &Instances, changed: &[Entry]) {
        let ranges: Vec<&Entry> = changed.iter().filter(|entry| entry.range != Range::One).collect();
        if !entry.blocks && !ranges.iter().any(|range| range.blocks) {
            return;
        }
        let reach = ranges.iter().map(|range| shift(range) + self.length(range)).max();
        let reach = reach.unwrap_or(Millis(0)).max(self.length(entry)) + Millis::DAY;
        let Series { starts, covered, doubts } = series(entry, reach, self.question, self.budget);
        let mut touches = false;
        for span in covered {
            touches |= self.block(&entry.label.uid, Extent::Instants(span));
        }
        let mut is_backwards = false;
        for (start, end) in starts.into_iter().filter(|(start, _)| !moved.contains(start, self.question.zone)) {
            let like = ranges.iter().rfind(|range| is_within(range, &start, self.question));
            let (like, start) =
                like.map_or((entry, start.clone()), |range| (*range, moved_start(range, &start, self.question.zone)));
            if !like.blocks {
                continue;
            }
            let first = if end.is_some() { &start } else { &like.start };
            let lasting = end.as_ref().unwrap_or(&like.end).of(&start, first, self.question.zone);
            let Some(lasting) = lasting else { continue };
            if self.block(&like.label.uid, lasting.extent) {
                (touches, is_backwards) = (true, is_backwards || lasting.is_backwards);
            }
        }
        let backwards = is_backwards.then(|| "it ends before it begins".to_owned());
        if let Some(reason) = entry.doubts.iter().cloned().chain(doubts).chain(backwards).next().filter(|_| touches) {
            self.name(&entry.label, Some(entry.start.local().date()), reason);
        }
    }

    /// The length of the first instance.
    fn length(&self, entry: &Entry) -> Millis {
        let lasting = entry.end.of(&entry.start, &entry.start, self.question.zone);
        let first = lasting.map_or(Millis(0), |lasting| match lasting.extent {
            Extent::Instants(span) => span.end - span.start,
            Extent::Days(from, to) => {
                let at = |date| When::Day(date).range(self.question.zone).map_or(Millis(0), |(at, _)| at);
                at(to) - at(from)
            }
        });
        let extra = entry.extra.iter().filter_map(|(start, end)| {
            let Extent::Instants(span) = end.as_ref()?.of(start, start, self.question.zone)?.extent else {
                return None;
            };
            Some(span.end - span.start)
        });
        extra.chain([first]).max().unwrap_or(first)
    }

    /// Blocks the time that an unreadable event may take.
    fn lose(&mut self, Lost { label, days, reason }: Lost) {
        let extent = days.map_or(Extent::Instants(self.question.window), |(from, to)| Extent::Days(from, to));
        if self.block(&label.uid, extent) {
            self.name(&label, days.map(|(from, _)| from.saturating_add(jiff::Span::new().days(1))), reason);
        }
    }

    fn name(&mut self, label: &Label, day: Option<Date>, reason: String) {
        self.busy.unread.push(Unread { title: label.title.clone(), day, reason });
    }

    /// Adds a block; false if it is outside of the window.
    fn block(&mut self, uid: &str, extent: Extent) -> bool {
        let window = self.question.window;
        let touches = match extent {
            Extent::Instants(span) => span.start < window.end && window.start < span.end,
            Extent::Days(from, to) => {
                let at = |date| When::Day(date).range(self.question.zone).map_or(Millis(0), |(at, _)| at);
                at(from) < window.end && window.start < at(to)
            }
        };
        if touches && self.budget.take_instances(1).is_ok() {
            self.push(uid, extent);
        } else if touches && !self.is_full {
            self.is_full = true;
            self.push(uid, Extent::Instants(window));
            let label = Label { uid: String::new(), title: String::new() };
            self.name(&label, None, format!("the calendar has more than {MOST_INSTANCES} busy times"));
        }
        touches
    }

    fn push(&mut self, uid: &str, extent: Extent) {
        let none = Millis(0);
        let block = Block { extent, buffer_before: none, buffer_after: none, is_meeting: false };
        self.busy.blocks.push((uid.to_owned(), block));
    }
}

/// The entries of an event without those that a later version replaces (RFC 5546, 2.1.5).
fn newest(mut entries: Vec<Entry>) -> Vec<Entry> {
    let key = |entry: &Entry| entry.instead_of.as_ref().map(When::local);
    let versions: Vec<_> = entries.iter().map(|entry| (key(entry), entry.sequence)).collect();
    let newest = |of: &Option<_>| versions.iter().filter(|(key, _)| key == of).map(|(_, sequence)| *sequence).max();
    entries.retain(|entry| entry.label.uid.is_empty() || newest(&key(entry)) == Some(entry.sequence));
    entries.sort_by_key(key);
    entries
}

/// How far a changed instance was moved.
fn shift(entry: &Entry) -> Millis {
    let from = entry.instead_of.as_ref().map_or(entry.start.local(), When::local);
    let by = entry.start.local().duration_since(from).abs();
    Millis(i64::try_from(by.as_millis()).unwrap_or(0))
}

/// The start of an instance that was moved like another one, by the clock of the series.
fn moved_start(like: &Entry, start: &When, own: &TimeZone) -> When {
    let Some(id) = &like.instead_of else { return start.clone() };
    let shown = |when: &When| when.range(own).map_or(when.local(), |(at, _)| start.clock_at(at, own));
    match (start, &like.start) {
        (When::At(..), When::At(..)) => {
            let by = shown(&like.start).duration_since(shown(id));
            start.at(start.local().checked_add(by).unwrap_or(start.local()))
        }
        (When::Day(_), _) | (_, When::Day(_)) => {
            let from =
                if matches!(start, When::Day(_)) { When::Day(id.date_in_series(own)).local() } else { id.local() };
            let by = like.start.local().duration_since(from);
            like.start.at(start.local().checked_add(by).unwrap_or(start.local()))
        }
    }
}

/// Whether an instance is among those that a changed one stands for.
fn is_within(range: &Entry, start: &When, question: &Question<'_>) -> bool {
    let of = |when: &When| when.range(question.zone).map(|(at, _)| at);
    let Some(id) = &range.instead_of else { return false };
    match range.range {
        Range::One => false,
        Range::AndLater => of(start) >= of(id),
        Range::AndEarlier => of(start) <= of(id),
    }
}
