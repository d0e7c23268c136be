//! The list behind a number of a report.

use futures_util::FutureExt;
use knock_wire::{Report, ReportItems};
use leptos::prelude::*;

use crate::kit::paged::Phase;
use crate::kit::single::Single;
use crate::state::session::Session;

/// A number whose list is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Opened {
    metric: String,
    /// The key of the row; none is the total.
    row: Option<String>,
    /// The metric and the row in words.
    pub(crate) title: String,
    /// The zone in which its instants are written.
    pub(crate) zone: String,
}

/// The list, one at a time.
#[derive(Clone, Copy)]
pub(crate) struct Behind {
    /// The number; none while the list is closed.
    pub(crate) opened: RwSignal<Option<Opened>>,
    pub(crate) items: Single<ReportItems>,
}

impl Behind {
    /// The lists of the report with this name and these parameters.
    pub(super) fn of(session: Session, wanted: Memo<(String, String)>) -> Behind {
        let opened = RwSignal::new(None::<Opened>);
        let items = Single::new(move || {
            let (client, (name, query)) = (session.client(), wanted.get_untracked());
            let Opened { metric, row, .. } = opened.get_untracked().unwrap_or_default();
            async move { client.report_items((&name, &query), &metric, row.as_deref()).await }.boxed_local()
        });
        Behind { opened, items }
    }

    /// Opens the list of a column in a row of the report; no row is the total.
    pub(crate) fn open(self, report: &Report, column: usize, row: Option<usize>) {
        let Some(column) = report.columns.get(column) else { return };
        let row = row.and_then(|row| report.rows.get(row));
        let label = row.map_or("Total", |row| &row.label);
        self.opened.set(Some(Opened {
            metric: column.name.clone(),
            row: row.map(|row| row.key.clone()),
            title: format!("{}, {label}", column.label),
            zone: report.zone.clone(),
        }));
        self.items.value.set(None);
        self.items.phase.set(Phase::Loading);
        self.items.load();
    }
}
