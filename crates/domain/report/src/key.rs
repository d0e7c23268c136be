//! The keys of groups: the value that an item has in a dimension, as text.

use crate::acts::Routed;
use crate::case::Case;
use crate::dimension::{Dimension, NO_VALUE};
use crate::period::{Period, place};
use crate::person::{Person, Touch, Visits};
use crate::steps::{Bucketing, Step};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use knock_model::{IntentType, Millis};

/// Room to write an id into.
type Buffer = [u8; 36];

const HOURS: [&str; 24] = [
    "00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "17", "18",
    "19", "20", "21", "22", "23",
];
const WEEKDAYS: [&str; 7] = ["1", "2", "3", "4", "5", "6", "7"];

/// What all items of a person, or of visits, have in common.
#[derive(Clone, Copy)]
pub(crate) struct Origin<'p> {
    touch: &'p Touch,
    kind: Option<IntentType>,
    /// The first decision.
    first: Option<&'p Routed>,
    /// The first decision with a segment: the pool by which a person came.
    pool: Option<&'p Routed>,
}

impl<'p> Origin<'p> {
    pub(crate) fn of_person(person: &'p Person) -> Origin<'p> {
        let decisions = &person.acts.decisions;
        let pool = decisions.iter().find(|routed| !routed.segment.is_empty());
        Origin { touch: &person.touch, kind: Some(person.kind), first: decisions.first(), pool }
    }

    pub(crate) fn of_visits(visits: &'p Visits) -> Origin<'p> {
        Origin { touch: &visits.touch, kind: None, first: None, pool: None }
    }
}

/// The keys of one dimension.
pub(crate) struct Keys<'q> {
    dimension: Dimension,
    period: &'q Period,
    /// The steps of the period with their keys, of days, weeks and months; of hours of the week all of these in order.
    steps: Vec<(Millis, String)>,
}

impl<'q> Keys<'q> {
    pub(crate) fn new(dimension: Dimension, period: &'q Period) -> Keys<'q> {
        let steps = match dimension {
            Dimension::Day => dated(period.steps(Bucketing::Day)),
            Dimension::Week => dated(period.steps(Bucketing::Week)),
            Dimension::Month => {
                let month = |step: &Step| (step.at, format!("{:04}-{:02}", step.date.year(), step.date.month()));
                period.steps(Bucketing::Month).iter().map(month).collect()
            }
            Dimension::WeekHour => {
                let hours = |day: &'static str| HOURS.into_iter().map(move |hour| (Millis(0), format!("{day}-{hour}")));
                WEEKDAYS.into_iter().flat_map(hours).collect()
            }
            Dimension::Hour
            | Dimension::Weekday
            | Dimension::Site
            | Dimension::Link
            | Dimension::Channel
            | Dimension::Source
            | Dimension::Campaign
            | Dimension::LandingPage
            | Dimension::Country
            | Dimension::Device
            | Dimension::Language
            | Dimension::IntentType
            | Dimension::Rep
            | Dimension::Status
            | Dimension::Reason
            | Dimension::MeetingLink
            | Dimension::Segment
            | Dimension::Rule
            | Dimension::Score
            | Dimension::Workflow
            | Dimension::Step
            | Dimension::Crm
            | Dimension::Cause => Vec::new(),
        };
        Keys { dimension, period, steps }
    }

    /// Every key that there is a row for even without items: those of times.
    pub(crate) fn expected(&self) -> Vec<&str> {
        if self.dimension == Dimension::Hour {
            HOURS.to_vec()
        } else if self.dimension == Dimension::Weekday {
            WEEKDAYS.to_vec()
        } else {
            self.steps.iter().map(|(_, key)| key.as_str()).collect()
        }
    }

    /// Whether the rows are times.
    pub(crate) fn is_time(&self) -> bool {
        self.dimension.is_time()
    }

    /// Whether all items of a person have the same key.
    pub(crate) fn is_personal(&self) -> bool {
        !self.is_time()
            && !matches!(
                self.dimension,
                Dimension::Rep
                    | Dimension::Status
                    | Dimension::Reason
                    | Dimension::MeetingLink
                    | Dimension::Segment
                    | Dimension::Rule
                    | Dimension::Score
                    | Dimension::Workflow
                    | Dimension::Step
                    | Dimension::Crm
                    | Dimension::Cause
            )
    }

    /// The key of an item that counts at an instant; of days, weeks and months [`NO_VALUE`] before the period.
    pub(crate) fn of<'k>(&'k self, from: Origin<'k>, case: &Case<'k>, at: Millis, buffer: &'k mut Buffer) -> &'k str {
        match self.dimension {
            Dimension::Site => &from.touch.site,
            Dimension::Link => &from.touch.link,
            Dimension::Channel => &from.touch.channel,
            Dimension::Source => &from.touch.source,
            Dimension::Campaign => &from.touch.campaign,
            Dimension::LandingPage => &from.touch.landing_page,
            Dimension::Country => &from.touch.country,
            Dimension::Device => &from.touch.device,
            Dimension::Language => &from.touch.language,
            Dimension::IntentType => from.kind.map_or(NO_VALUE, IntentType::as_str),
            Dimension::Rep => match case.rep {
                Some(rep) => rep.write(buffer),
                None => NO_VALUE,
            },
            Dimension::Status => case.status,
            Dimension::Reason => case.reason,
            Dimension::MeetingLink => case.link,
            Dimension::Segment => routed(case, from.pool).map_or(NO_VALUE, |routed| routed.segment.as_str()),
            Dimension::Rule => routed(case, from.pool).map_or(NO_VALUE, |routed| routed.rule.as_str()),
            Dimension::Score => routed(case, from.first).map_or(NO_VALUE, |routed| routed.score.as_str()),
            Dimension::Workflow => case.act.workflow(),
            Dimension::Step => case.act.step(),
            Dimension::Crm => case.act.crm(),
            Dimension::Cause => case.act.cause(),
            Dimension::Day | Dimension::Week | Dimension::Month => {
                let step = place(&self.steps, at, |(start, _)| *start).and_then(|place| self.steps.get(place));
                step.map_or(NO_VALUE, |(_, key)| key.as_str())
            }
            Dimension::Hour => HOURS.get(self.period.clock(at).0).copied().unwrap_or(NO_VALUE),
            Dimension::Weekday => WEEKDAYS.get(self.period.clock(at).1).copied().unwrap_or(NO_VALUE),
            Dimension::WeekHour => {
                let (hour, day) = self.period.clock(at);
                self.steps.get(day * HOURS.len() + hour).map_or(NO_VALUE, |(_, key)| key.as_str())
            }
        }
    }
}

/// The decision that an item is of; else that of the person.
fn routed<'k>(case: &Case<'k>, own: Option<&'k Routed>) -> Option<&'k Routed> {
    case.act.decision().or(own)
}

fn dated(steps: Vec<Step>) -> Vec<(Millis, String)> {
    steps.into_iter().map(|step| (step.at, step.date.to_string())).collect()
}
