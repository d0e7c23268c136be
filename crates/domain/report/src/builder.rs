//! Counts the items of all persons and visits into a table.

mod together;

use crate::ask::Ask;
use crate::calendar::Calendars;
use crate::case::{Case, cases};
use crate::cell::Cell;
use crate::dimension::OTHER;
use crate::item::Item;
use crate::key::Origin;
use crate::metric::Metric;
use crate::period::place;
use crate::person::{Person, Visits};
use crate::population::Population;
use crate::question::{Column, Question, When};
use crate::report::Report;
use crate::rows::Rows;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use knock_model::Millis;

/// The most rows of groups that are no times, without [`OTHER`].
pub const MOST_ROWS: usize = 500;

/// What a report answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The groups: times in their order, others by their first figure.
    pub rows: Vec<Row>,
    /// The figures of the whole period, in the order of the metrics of the report.
    pub total: Vec<Option<f64>>,
    /// The same of the period before.
    pub previous: Vec<Option<f64>>,
    /// The begins of the steps of the series.
    pub buckets: Vec<Millis>,
    /// The figures of each metric, step by step.
    pub series: Vec<Vec<Option<f64>>>,
}

/// A group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its key: `NO_VALUE` of what has none, `OTHER` of all that have no row.
    pub key: String,
    /// Its figures, in the order of the metrics of the report.
    pub values: Vec<Option<f64>>,
}

/// Makes a table of persons and visits, in whichever order they come.
pub struct Builder<'q> {
    question: Question<'q>,
    /// The metrics of each population: its items are listed once.
    columns: Vec<(Population, Vec<Column>)>,
    counts: Counts,
}

/// What was counted so far.
struct Counts {
    rows: Rows,
    total: Vec<Cell>,
    previous: Vec<Cell>,
    buckets: Vec<Millis>,
    /// The cells of every step.
    series: Vec<Vec<Cell>>,
}

impl<'q> Builder<'q> {
    /// Begins with nothing counted.
    pub fn new(report: &'static Report, ask: &'q Ask, calendars: &'q Calendars, now: Millis) -> Builder<'q> {
        let question = Question::new(report, ask, calendars, now);
        let mut columns: Vec<(Population, Vec<Column>)> = Vec::new();
        for (place, metric) in report.metrics.iter().enumerate() {
            let column = question.column(place, metric);
            match columns.iter_mut().find(|(population, _)| *population == metric.population) {
                Some((_, same)) => same.push(column),
                None => columns.push((metric.population, vec![column])),
            }
        }
        let width = report.metrics.len();
        let buckets = ask.period.buckets();
        let counts = Counts {
            rows: Rows::new(width, &question.keys.expected()),
            total: vec![Cell::default(); width],
            previous: vec![Cell::default(); width],
            series: vec![vec![Cell::default(); width]; buckets.len()],
            buckets,
        };
        Builder { question, columns, counts }
    }

    /// Counts a person.
    pub fn person(&mut self, person: &Person) {
        let Builder { question, columns, counts } = self;
        let question = &*question;
        let from = Origin::of_person(person);
        let mut row = None;
        for (population, columns) in columns.iter() {
            cases(*population, person, &question.clock, &mut |case| {
                counts.add(question, columns, from, case, &mut row);
            });
        }
    }

    /// Counts visits.
    pub fn visits(&mut self, visits: &Visits) {
        let Builder { question, columns, counts } = self;
        let mut row = None;
        for (_, columns) in columns.iter().filter(|(population, _)| *population == Population::Visitors) {
            counts.add(question, columns, Origin::of_visits(visits), &Case::of_visits(visits), &mut row);
        }
    }

    /// The table of all that was counted.
    pub fn finish(self) -> Table {
        let metrics = self.question.report.metrics;
        let mut rows = self.counts.rows.into_sorted(metrics, self.question.keys.is_time());
        if !self.question.keys.is_time() && rows.len() > MOST_ROWS {
            let mut other = vec![Cell::default(); metrics.len()];
            for (_, cells) in rows.drain(MOST_ROWS..) {
                other.iter_mut().zip(cells).for_each(|(sum, cell)| sum.merge(cell));
            }
            rows.push((String::from(OTHER), other));
        }
        let steps: Vec<_> = self.counts.series.into_iter().map(|cells| figures(metrics, cells)).collect();
        Table {
            rows: rows.into_iter().map(|(key, cells)| Row { key, values: figures(metrics, cells) }).collect(),
            total: figures(metrics, self.counts.total),
            previous: figures(metrics, self.counts.previous),
            buckets: self.counts.buckets,
            series: (0..metrics.len())
                .map(|metric| steps.iter().map(|step| step.get(metric).copied().flatten()).collect())
                .collect(),
        }
    }
}

impl Counts {
    /// Counts an item in every metric of its population. `row` is that of the person, once it is known.
    fn add(
        &mut self,
        question: &Question<'_>,
        columns: &[Column],
        from: Origin<'_>,
        case: &Case<'_>,
        row: &mut Option<usize>,
    ) {
        for column in columns {
            let Some((item, when)) = question.count(column, from, case) else { continue };
            match when {
                When::Before => add(Some(&mut self.previous), column, &item),
                When::Asked => {
                    let own = match *row {
                        Some(known) if question.keys.is_personal() => known,
                        _ => self.rows.place(question.keys.of(from, case, item.at, &mut [0; 36])),
                    };
                    *row = Some(own);
                    add(Some(&mut self.total), column, &item);
                    add(self.rows.cells(own), column, &item);
                    let step = place(&self.buckets, item.at, |start| *start);
                    add(step.and_then(|step| self.series.get_mut(step)), column, &item);
                }
            }
        }
    }
}

fn add(cells: Option<&mut Vec<Cell>>, column: &Column, item: &Item) {
    if let Some(cell) = cells.and_then(|cells| cells.get_mut(column.place)) {
        cell.add(item, column.metric);
    }
}

/// The figures of cells, in the order of metrics.
fn figures(metrics: &[&Metric], cells: Vec<Cell>) -> Vec<Option<f64>> {
    metrics.iter().zip(cells).map(|(metric, mut cell)| cell.value(metric.aggregator)).collect()
}
