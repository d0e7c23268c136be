//! Forms of leads.

use crate::condition::Condition;
use crate::dimension::Dimension as By;
use crate::metric::{Aggregator, Anchor, Better, Metric, Unit};
use crate::population::Population;
use crate::report::Report;

pub(super) static FORMS: Report = Report {
    name: "forms",
    label: "Forms",
    definition: "Forms that leads sent, how fast a rep wrote to them, and how many booked a meeting afterwards. A form \
                 with an answer is of the rep who gave it.",
    metrics: &[&FORMS_SENT, &FORMS_ANSWERED, &FORM_ANSWER_MEDIAN, &FORM_ANSWER_P90, &FORMS_BOOKED],
    groups: &[
        By::Source,
        By::Campaign,
        By::Channel,
        By::LandingPage,
        By::Site,
        By::Country,
        By::Language,
        By::IntentType,
        By::Day,
        By::Week,
        By::Month,
        By::Hour,
        By::Weekday,
        By::Rep,
    ],
    anchors: &[],
};

const SENT: Metric = Metric {
    name: "forms_sent",
    label: "Forms sent",
    population: Population::Forms,
    only: Condition::All,
    measured: "",
    anchors: &[Anchor::Happened],
    calendar: false,
    exclusions: "All figures of a form count when it was sent; its answer is the first message of a rep from then on. \
                 Leads marked as spam never count, and merged leads count once.",
    aggregator: Aggregator::Count,
    unit: Unit::Count,
    better: Better::Higher,
};

static FORMS_SENT: Metric = SENT;

static FORMS_ANSWERED: Metric =
    Metric { name: "forms_answered", label: "Forms answered", only: Condition::Answered, ..SENT };

const ANSWER: Metric = Metric {
    name: "form_answer_median",
    label: "Form to answer, median",
    only: Condition::Answered,
    measured: "the time from the form to the answer of a person",
    calendar: true,
    aggregator: Aggregator::Median,
    unit: Unit::Minutes,
    better: Better::Lower,
    ..SENT
};

static FORM_ANSWER_MEDIAN: Metric = ANSWER;

static FORM_ANSWER_P90: Metric =
    Metric { name: "form_answer_p90", label: "Form to answer, 90th percentile", aggregator: Aggregator::P90, ..ANSWER };

static FORMS_BOOKED: Metric =
    Metric { name: "forms_booked", label: "Forms with a meeting", only: Condition::Booked, ..SENT };
