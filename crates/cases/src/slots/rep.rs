//! A rep of a case: hours, travel, what is in the calendar.

use super::number::{minutes, not_negative};
use super::zone::zone;
use crate::instant;
use crate::refused::Refused;
use jiff::Timestamp;
use jiff::civil::Date;
use knock_model::Millis;
use knock_scheduling::{Block, Calendar, Extent, Hold, Hours, Override, Range, RepState, Span, Travel};
use serde::Deserialize;

type Pairs = Vec<(String, String)>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseRep {
    pub(super) id: String,
    tz: String,
    weekly: Weekly,
    #[serde(default)]
    overrides: Vec<CaseOverride>,
    #[serde(default)]
    travel: Vec<CaseTravel>,
    #[serde(default)]
    busy: Vec<CaseBusy>,
    #[serde(default)]
    state: Option<StateWord>,
    #[serde(default)]
    calendar: Option<bool>,
    #[serde(default)]
    upcoming: u64,
    #[serde(default, deserialize_with = "instant::read_maybe")]
    last_booked: Option<Millis>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Weekly {
    mon: Pairs,
    tue: Pairs,
    wed: Pairs,
    thu: Pairs,
    fri: Pairs,
    sat: Pairs,
    sun: Pairs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseOverride {
    date: String,
    hours: Pairs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseTravel {
    from: String,
    to: String,
    tz: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseBusy {
    start: String,
    end: String,
    #[serde(default)]
    buffer_before_min: i64,
    #[serde(default)]
    buffer_after_min: i64,
    #[serde(default)]
    transparent: bool,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    meeting: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StateWord {
    Active,
    Away,
    Removed,
}

impl CaseRep {
    pub(super) fn calendar(&self, place: &str, holds: Vec<Hold>) -> Result<Calendar, Refused> {
        let is_active = self.state.is_none_or(|state| state == StateWord::Active);
        let blocks = self.busy.iter().enumerate().map(|(at, busy)| busy.block(&format!("{place}.busy[{at}]")));
        let blocks = blocks.collect::<Result<Vec<_>, _>>()?;
        Ok(Calendar {
            hours: self.hours(place)?,
            blocks: blocks.into_iter().flatten().collect(),
            holds,
            state: if is_active && self.calendar != Some(false) { RepState::Usable } else { RepState::Unusable },
            upcoming: self.upcoming,
            last_booked: self.last_booked,
        })
    }

    fn hours(&self, place: &str) -> Result<Hours, Refused> {
        let Weekly { mon, tue, wed, thu, fri, sat, sun } = &self.weekly;
        let day = |name: &str, pairs: &Pairs| ranges(&format!("{place}.weekly.{name}"), pairs);
        let overrides = self.overrides.iter().enumerate().map(|(at, instead)| {
            let place = format!("{place}.overrides[{at}]");
            Ok(Override {
                date: date(&format!("{place}.date"), &instead.date)?,
                ranges: ranges(&format!("{place}.hours"), &instead.hours)?,
            })
        });
        let travel = self.travel.iter().enumerate().map(|(at, trip)| trip.travel(&format!("{place}.travel[{at}]")));
        Ok(Hours {
            zone: zone(&format!("{place}.tz"), &self.tz)?,
            weekly: [
                day("mon", mon)?,
                day("tue", tue)?,
                day("wed", wed)?,
                day("thu", thu)?,
                day("fri", fri)?,
                day("sat", sat)?,
                day("sun", sun)?,
            ],
            overrides: overrides.collect::<Result<_, _>>()?,
            travel: travel.collect::<Result<_, _>>()?,
        })
    }
}

impl CaseTravel {
    fn travel(&self, place: &str) -> Result<Travel, Refused> {
        let (from, to) = (date(&format!("{place}.from"), &self.from)?, date(&format!("{place}.to"), &self.to)?);
        if to < from {
            return Err(Refused { field: format!("{place}.to"), reason: "lies before `from`".into() });
        }
        Ok(Travel { from, to, zone: zone(&format!("{place}.tz"), &self.tz)? })
    }
}

impl CaseBusy {
    /// The block; none for what blocks nothing (SC-06).
    fn block(&self, place: &str) -> Result<Option<Block>, Refused> {
        let extent = self.extent(place)?;
        let before = not_negative(&format!("{place}.buffer_before_min"), self.buffer_before_min)?;
        let after = not_negative(&format!("{place}.buffer_after_min"), self.buffer_after_min)?;
        let blocks = !self.transparent && !matches!(self.status.as_deref(), Some("free" | "declined" | "cancelled"));
        Ok(blocks.then_some(Block {
            extent,
            buffer_before: minutes(before),
            buffer_after: minutes(after),
            is_meeting: self.meeting,
        }))
    }

    fn extent(&self, place: &str) -> Result<Extent, Refused> {
        let (start, end) = (format!("{place}.start"), format!("{place}.end"));
        let before = || Refused { field: end.clone(), reason: "lies before `start`".into() };
        if let Ok(from) = self.start.parse::<Date>()
            && self.start.len() == 10
        {
            let to = date(&end, &self.end)?;
            return if to < from { Err(before()) } else { Ok(Extent::Days(from, to)) };
        }
        let span = Span { start: instant(&start, &self.start)?, end: instant(&end, &self.end)? };
        if span.end < span.start { Err(before()) } else { Ok(Extent::Instants(span)) }
    }
}

fn instant(field: &str, text: &str) -> Result<Millis, Refused> {
    let at = text.parse::<Timestamp>().map(|at| Millis(at.as_millisecond()));
    at.map_err(|_| Refused {
        field: field.to_owned(),
        reason: format!("`{text}` is not an instant such as `2026-06-01T12:00:00Z`"),
    })
}

fn date(field: &str, text: &str) -> Result<Date, Refused> {
    let date = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    date.ok_or_else(|| Refused {
        field: field.to_owned(),
        reason: format!("`{text}` is not a date such as `2026-06-01`"),
    })
}

fn ranges(field: &str, pairs: &Pairs) -> Result<Vec<Range>, Refused> {
    let range = |(at, (start, end)): (usize, &(String, String))| {
        Range::parse(start, end).map_err(|wrong| Refused { field: format!("{field}[{at}]"), reason: wrong.to_string() })
    };
    pairs.iter().enumerate().map(range).collect()
}
