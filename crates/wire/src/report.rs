//! Reports: the list of them, a report, and what stands behind one of its numbers.

#[cfg(feature = "openapi")]
use crate::schema::{LeadIdSchema, MillisSchema};
use knock_model::{LeadId, Millis};
use serde::{Deserialize, Serialize};

/// `GET /api/v1/reports`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportList {
    /// All reports, in the order of the menu.
    pub reports: Vec<ReportInfo>,
}

/// What a report is about, and what it can be asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportInfo {
    /// The name in its path, such as `response`.
    pub name: String,
    /// The name on pages.
    pub label: String,
    /// What it is about, in a sentence.
    pub definition: String,
    /// The values of `group`, the usual one first.
    pub groups: Vec<ReportChoice>,
    /// The values of `anchor`, the usual one first; empty where there is no choice.
    pub anchors: Vec<ReportChoice>,
    /// The values of `calendar`, the usual one first; empty where nothing is measured in time.
    pub calendars: Vec<ReportChoice>,
    /// Its columns.
    pub columns: Vec<ReportColumn>,
}

/// A value that a parameter can have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportChoice {
    /// The value.
    pub name: String,
    /// Its label.
    pub label: String,
}

/// A metric.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportColumn {
    /// The name, such as `first_reply_median`.
    pub name: String,
    /// The label.
    pub label: String,
    /// `count`, `percent` or `minutes`.
    pub unit: String,
    /// The whole definition in words: population, start, end, anchor, calendar, exclusions, aggregator.
    pub definition: String,
    /// `higher`, `lower`, or empty where neither is better.
    pub better: String,
    /// Whether its numbers open the list of what they count.
    pub opens: bool,
    /// What the team aims at, in the unit; none without a goal.
    pub goal: Option<f64>,
}

/// `GET /api/v1/reports/{name}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// Its name.
    pub name: String,
    /// What it is about, in a sentence.
    pub definition: String,
    /// The first day, such as `2026-11-01`.
    pub from: String,
    /// The last day; it counts too.
    pub to: String,
    /// The first day of the period before, which is as long.
    pub previous_from: String,
    /// Its last day.
    pub previous_to: String,
    /// The time zone of days, such as `Europe/Berlin`.
    pub zone: String,
    /// What a row is, such as `source`.
    pub group: String,
    /// The instant that counts, such as `asked`; empty where there is no choice.
    pub anchor: String,
    /// The time in which durations are measured, such as `elapsed`.
    pub calendar: String,
    /// `hour`, `day`, `week` or `month`: the steps of the series.
    pub step: String,
    /// The metrics; the values of rows, total and period before are in this order.
    pub columns: Vec<ReportColumn>,
    /// The groups.
    pub rows: Vec<ReportRow>,
    /// The values of the whole period: what all rows count together.
    pub total: Vec<Option<f64>>,
    /// The same of the period before.
    pub previous: Vec<Option<f64>>,
    /// Each metric over time.
    pub series: Vec<ReportSeries>,
}

/// A group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportRow {
    /// The key, by which the list behind a number is asked for.
    pub key: String,
    /// The label.
    pub label: String,
    /// Counts, per cent with two decimals, minutes with two decimals; none where there is no data.
    pub values: Vec<Option<f64>>,
}

/// A metric over time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportSeries {
    /// The name of the metric.
    pub name: String,
    /// The steps, oldest first.
    pub points: Vec<ReportPoint>,
}

/// A step of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportPoint {
    /// Its begin.
    pub at: Millis,
    /// Its value; none where there is no data.
    pub value: Option<f64>,
}

/// `GET /api/v1/reports/{name}/items`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportItems {
    /// How many there are: the number that was opened, where it is a count.
    pub count: u32,
    /// The newest of them, 500 at most.
    pub items: Vec<ReportItem>,
}

/// What a number counts one of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportItem {
    /// The lead.
    pub lead: LeadId,
    /// Their name as contacts show it.
    pub name: String,
    /// The instant at which it counts.
    pub at: Millis,
    /// Its duration in minutes, two decimals; none where it has none.
    pub minutes: Option<f64>,
    /// The name of the rep whom it concerns; empty without one.
    pub rep: String,
}

/// `GET /api/v1/report-goals`, and what `PUT` sends: what the team aims at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportGoals {
    /// One goal for a metric at most.
    pub goals: Vec<ReportGoal>,
}

/// The goal of a metric.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportGoal {
    /// The name of the metric, such as `first_reply_median`.
    pub metric: String,
    /// What is aimed at, in the unit of the metric: above 0, and 100 at most for per cent.
    pub value: f64,
}

/// `GET /api/v1/report-mail`: the mail with last week's figures that a member has every Monday.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportMail {
    /// Whether the member wants it.
    pub is_on: bool,
    /// Whether this Knock can send mail at all.
    pub is_mail_set_up: bool,
    /// When the next one comes; none if none will.
    pub next_at: Option<Millis>,
}

/// `PUT /api/v1/report-mail`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportMailDraft {
    /// Whether the member wants it.
    pub is_on: bool,
}
