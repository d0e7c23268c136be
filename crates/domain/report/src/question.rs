//! A question made ready to be asked of many items: which of them count, when, and in which group.

use crate::ask::Ask;
use crate::calendar::Calendars;
use crate::case::{Case, Clock};
use crate::item::Item;
use crate::key::{Keys, Origin};
use crate::metric::{Aggregator, Anchor, Metric};
use crate::report::Report;
use alloc::vec::Vec;
use knock_model::Millis;

/// The period in which an item counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Asked,
    /// The period before.
    Before,
}

/// A metric of the report.
pub(crate) struct Column {
    pub(crate) metric: &'static Metric,
    /// Its place among those of the report.
    pub(crate) place: usize,
    anchor: Anchor,
}

/// A question.
pub(crate) struct Question<'q> {
    pub(crate) report: &'static Report,
    pub(crate) clock: Clock<'q>,
    /// The keys of the rows.
    pub(crate) keys: Keys<'q>,
    filters: Vec<(Keys<'q>, &'q str)>,
    asked: Option<Anchor>,
    before: Millis,
    start: Millis,
    end: Millis,
}

impl<'q> Question<'q> {
    pub(crate) fn new(report: &'static Report, ask: &'q Ask, calendars: &'q Calendars, now: Millis) -> Question<'q> {
        let period = &ask.period;
        let filters = ask.filters.iter();
        Question {
            report,
            clock: Clock { now, kind: ask.calendar, calendars },
            keys: Keys::new(report.group_of(ask.group), period),
            filters: filters.map(|filter| (Keys::new(filter.dimension, period), filter.value.as_str())).collect(),
            asked: ask.anchor,
            before: period.before().start(),
            start: period.start(),
            end: period.end(),
        }
    }

    pub(crate) fn column(&self, place: usize, metric: &'static Metric) -> Column {
        Column { metric, place, anchor: self.report.anchor_of(metric, self.asked) }
    }

    /// What a metric counts of an item; none where it does not count it in the period or the one before.
    pub(crate) fn count(&self, column: &Column, from: Origin<'_>, case: &Case<'_>) -> Option<(Item, When)> {
        let metric = column.metric;
        let is_known = case.measured.is_some() || !metric.is_measure();
        if !is_known || !case.holds(metric.only) {
            return None;
        }
        let at = case.at(column.anchor)?;
        let when = self.when(at)?;
        if !self.filters.iter().all(|(keys, value)| keys.of(from, case, at, &mut [0; 36]) == *value) {
            return None;
        }
        let is_hit = match metric.aggregator {
            Aggregator::Share(hit) => case.holds(hit),
            Aggregator::Count | Aggregator::Median | Aggregator::P90 | Aggregator::Mean | Aggregator::Sum => true,
        };
        let item = Item { lead: case.lead, at, weight: case.weight, value: case.measured, is_hit, rep: case.rep };
        Some((item, when))
    }

    /// What is still to come counts in no period.
    fn when(&self, at: Millis) -> Option<When> {
        if at > self.clock.now || at >= self.end || at < self.before {
            None
        } else if at >= self.start {
            Some(When::Asked)
        } else {
            Some(When::Before)
        }
    }
}
