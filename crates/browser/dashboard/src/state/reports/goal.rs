//! The goal of a metric, while it is changed.

use futures_util::FutureExt;
use knock_wire::ReportColumn;
use leptos::prelude::*;

use super::Reports;
use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::words::reports::figure::decimals;
use crate::words::reports::goal::{goal_hint, read_goal};

/// The form of one card.
#[derive(Clone, Copy)]
pub(crate) struct GoalForm {
    reports: Reports,
    column: StoredValue<ReportColumn>,
    /// The number in its field.
    pub(crate) text: RwSignal<String>,
    /// What is wrong with it.
    pub(crate) errors: RwSignal<Vec<String>>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl GoalForm {
    /// The form for a metric, with the goal that it has.
    pub(crate) fn of(reports: Reports, column: &ReportColumn) -> GoalForm {
        GoalForm {
            reports,
            column: StoredValue::new(column.clone()),
            text: RwSignal::new(column.goal.map(decimals).unwrap_or_default()),
            errors: RwSignal::new(Vec::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Sends the number of the field; an empty field removes the goal.
    pub(crate) fn save(self) {
        let text = self.text.get_untracked();
        if text.trim().is_empty() {
            self.send(None);
            return;
        }
        let unit = self.column.with_value(|column| column.unit.clone());
        match read_goal(&unit, &text) {
            Some(value) => self.send(Some(value)),
            None => self.errors.set(vec![format!("This is no goal. {}", goal_hint(&unit))]),
        }
    }

    /// Sends a goal; none removes it. The report is read again, which draws the card anew.
    pub(crate) fn send(self, value: Option<f64>) {
        let (reports, failure) = (self.reports, self.failure);
        self.errors.set(Vec::new());
        let (client, metric) = (reports.session.client(), self.column.with_value(|column| column.name.clone()));
        let changed = metric.clone();
        let work = async move { client.set_report_goal(&metric, value).await };
        let ended = move |outcome: Option<Failure>| match outcome {
            Some(why) => failure.set(Some(why)),
            None => {
                reports.changed.set_value(changed);
                reports.report.load();
            }
        };
        one_at_a_time(self.is_busy, failure, work.boxed_local(), Box::new(ended));
    }
}
