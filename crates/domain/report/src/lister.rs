//! Lists what stands behind a number.

use crate::ask::Ask;
use crate::builder::Table;
use crate::calendar::Calendars;
use crate::case::{Case, cases};
use crate::item::Item;
use crate::key::Origin;
use crate::metric::Metric;
use crate::person::Person;
use crate::question::{Column, Question, When};
use crate::report::Report;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use knock_model::Millis;

/// The number of a metric that is opened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Chosen<'a> {
    /// That of the whole period.
    Total,
    /// That of the row with this key.
    Row(&'a str),
    /// That of the row which holds all groups without one, in this table of the same question.
    Other(&'a Table),
}

/// The rows whose items are listed.
enum Rows<'q> {
    All,
    One(&'q str),
    AllBut(BTreeSet<&'q str>),
}

/// Lists the items behind a number, person by person: exactly those that the [`crate::Builder`] counted.
pub struct Lister<'q> {
    question: Question<'q>,
    column: Column,
    rows: Rows<'q>,
}

impl<'q> Lister<'q> {
    /// A list for one number of a report.
    pub fn new(
        report: &'static Report,
        ask: &'q Ask,
        calendars: &'q Calendars,
        now: Millis,
        metric: &'static Metric,
        chosen: Chosen<'q>,
    ) -> Lister<'q> {
        let question = Question::new(report, ask, calendars, now);
        let column = question.column(0, metric);
        let rows = match chosen {
            Chosen::Total => Rows::All,
            Chosen::Row(key) => Rows::One(key),
            Chosen::Other(table) => Rows::AllBut(table.rows.iter().map(|row| row.key.as_str()).collect()),
        };
        Lister { question, column, rows }
    }

    /// What the number counts of a person; of a share only the items for which its condition holds.
    pub fn items(&self, person: &Person) -> Vec<Item> {
        let from = Origin::of_person(person);
        let mut items = Vec::new();
        cases(self.column.metric.population, person, &self.question.clock, &mut |case| {
            if let Some((item, When::Asked)) = self.question.count(&self.column, from, case)
                && item.is_hit
                && self.holds(from, case, item.at)
            {
                items.push(item);
            }
        });
        items
    }

    fn holds(&self, from: Origin<'_>, case: &Case<'_>, at: Millis) -> bool {
        let mut room = [0; 36];
        let key = self.question.keys.of(from, case, at, &mut room);
        match &self.rows {
            Rows::All => true,
            Rows::One(own) => key == *own,
            Rows::AllBut(others) => !others.contains(key),
        }
    }
}
