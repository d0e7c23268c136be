//! The JSON of a case.

use super::number::{minutes, not_negative, positive};
use super::rep::CaseRep;
use crate::instant;
use crate::refused::Refused;
use knock_model::Millis;
use knock_scheduling::{Calendar, Hold, Mode, Span, Terms};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    #[serde(deserialize_with = "instant::read")]
    now: Millis,
    pub(super) visitor_tz: String,
    mode: ModeWord,
    duration_min: i64,
    #[serde(default)]
    step_min: Option<i64>,
    #[serde(deserialize_with = "instant::read")]
    from: Millis,
    #[serde(deserialize_with = "instant::read")]
    to: Millis,
    #[serde(default)]
    min_notice_min: i64,
    #[serde(default)]
    horizon_days: Option<i64>,
    #[serde(default)]
    buffer_before_min: i64,
    #[serde(default)]
    buffer_after_min: i64,
    #[serde(default)]
    max_per_day: Option<u64>,
    #[serde(default)]
    visitor: Option<String>,
    reps: Vec<CaseRep>,
    #[serde(default)]
    holds: Vec<CaseHold>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ModeWord {
    Single,
    Any,
    RoundRobin,
    All,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseHold {
    rep: String,
    #[serde(deserialize_with = "instant::read")]
    start: Millis,
    #[serde(deserialize_with = "instant::read")]
    end: Millis,
    visitor: String,
    #[serde(deserialize_with = "instant::read")]
    expires: Millis,
}

impl Case {
    pub(super) fn mode(&self) -> Mode {
        match self.mode {
            ModeWord::Single => Mode::Single,
            ModeWord::Any => Mode::Any,
            ModeWord::RoundRobin => Mode::RoundRobin,
            ModeWord::All => Mode::All,
        }
    }

    pub(super) fn rep_id(&self, place: usize) -> String {
        self.reps.get(place).map(|rep| rep.id.clone()).unwrap_or_default()
    }

    /// The terms of the meeting; starts lie in `from..to`, after the notice and within the horizon (SC-04).
    pub(super) fn terms(&self) -> Result<Terms, Refused> {
        let step = self.step_min.unwrap_or(self.duration_min);
        let horizon = self.horizon_days.map_or(Ok(None), |days| positive("horizon_days", days).map(Some))?;
        let end = horizon.map_or(self.to, |days| self.to.min(self.now + Millis::days(days)));
        let start = self.from.max(self.now + minutes(not_negative("min_notice_min", self.min_notice_min)?));
        Ok(Terms {
            duration: minutes(positive("duration_min", self.duration_min)?),
            step: minutes(positive("step_min", step)?),
            buffer_before: minutes(not_negative("buffer_before_min", self.buffer_before_min)?),
            buffer_after: minutes(not_negative("buffer_after_min", self.buffer_after_min)?),
            max_per_day: self.max_per_day,
            window: Span { start, end: end.max(start) },
        })
    }

    /// The calendars in pool order, each with the live holds of others on it (SC-10).
    pub(super) fn pool(&self) -> Result<Vec<Calendar>, Refused> {
        for (place, hold) in self.holds.iter().enumerate() {
            if !self.reps.iter().any(|rep| rep.id == hold.rep) {
                let reason = format!("`{}` is not one of the reps", hold.rep);
                return Err(Refused { field: format!("holds[{place}].rep"), reason });
            }
        }
        let reps = self.reps.iter().enumerate();
        reps.map(|(place, rep)| rep.calendar(&format!("reps[{place}]"), self.holds_on(&rep.id))).collect()
    }

    fn holds_on(&self, rep: &str) -> Vec<Hold> {
        let is_own = |hold: &CaseHold| self.visitor.as_ref() == Some(&hold.visitor);
        let live = self.holds.iter().filter(|hold| hold.rep == rep && hold.expires > self.now && !is_own(hold));
        live.map(|hold| Hold { span: Span { start: hold.start, end: hold.end } }).collect()
    }
}
