//! Visitors and persons on the way to a deal.

use super::NO_SPAM;
use crate::condition::Condition;
use crate::metric::{Aggregator, Anchor, Better, Metric, Unit};
use crate::population::{Milestone, Population};

const LEADS: Metric = Metric {
    name: "leads",
    label: "Leads",
    population: Population::Leads(Milestone::Seen),
    only: Condition::All,
    measured: "",
    anchors: &[Anchor::Reached, Anchor::FirstSeen],
    calendar: false,
    exclusions: NO_SPAM,
    aggregator: Aggregator::Count,
    unit: Unit::Count,
    better: Better::Higher,
};

pub(super) static VISITORS: Metric = Metric {
    name: "visitors",
    label: "Visitors",
    population: Population::Visitors,
    exclusions: "Bots, and browsers whose signals were refused, never count. Nothing of a visitor is kept with the \
                 count: it stays when a person is erased.",
    ..LEADS
};

pub(super) static SEEN: Metric = LEADS;

pub(super) static WROTE: Metric =
    Metric { name: "wrote", label: "Wrote", population: Population::Leads(Milestone::Wrote), ..LEADS };

pub(super) static ANSWERED: Metric = Metric {
    name: "answered",
    label: "Answered by a person",
    population: Population::Leads(Milestone::Answered),
    ..LEADS
};

pub(super) static QUALIFIED: Metric =
    Metric { name: "qualified", label: "Qualified", population: Population::Leads(Milestone::Qualified), ..LEADS };

pub(super) static BOOKED: Metric =
    Metric { name: "booked", label: "Booked a meeting", population: Population::Leads(Milestone::Booked), ..LEADS };

pub(super) static HELD: Metric =
    Metric { name: "held", label: "Had a meeting", population: Population::Leads(Milestone::Held), ..LEADS };

pub(super) static DEALS: Metric =
    Metric { name: "deals", label: "Deals", population: Population::Leads(Milestone::Deal), ..LEADS };
