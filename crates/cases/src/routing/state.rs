//! The state of the team when a case is decided.

use crate::refused::Refused;
use knock_routing::{RepState, Team, Turns};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct State {
    pub(super) last_assigned: BTreeMap<String, u64>,
    reps: BTreeMap<String, Override>,
    at_capacity: Vec<String>,
    pub(super) sticky: Option<String>,
    upcoming_meetings: BTreeMap<String, u64>,
    slot_free: Option<BTreeSet<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Override {
    #[serde(default)]
    state: Option<RepState>,
    #[serde(default)]
    calendar: Option<bool>,
}

impl State {
    /// Puts the state of each rep on the team.
    pub(super) fn apply(&self, team: &mut Team) -> Result<(), Refused> {
        for (rep, instead) in &self.reps {
            let rep = named(team, "state.reps", rep)?;
            rep.state = instead.state.unwrap_or(rep.state);
            rep.has_calendar = instead.calendar.unwrap_or(rep.has_calendar);
        }
        for (rep, number) in &self.last_assigned {
            named(team, "state.last_assigned", rep)?.last_booked = Some(*number);
        }
        team.turns = Turns::shared(self.last_assigned.clone());
        for rep in &self.at_capacity {
            named(team, "state.at_capacity", rep)?.at_capacity = true;
        }
        for (rep, count) in &self.upcoming_meetings {
            named(team, "state.upcoming_meetings", rep)?.upcoming_meetings = *count;
        }
        for rep in self.slot_free.iter().flatten() {
            named(team, "state.slot_free", rep)?;
        }
        team.free_at_slot.clone_from(&self.slot_free);
        Ok(())
    }
}

/// A rep that a part of the state names.
pub(super) fn named<'a>(team: &'a mut Team, field: &str, id: &str) -> Result<&'a mut knock_routing::Rep, Refused> {
    let rep = team.reps.iter_mut().find(|rep| rep.id == id);
    rep.ok_or_else(|| Refused { field: field.to_owned(), reason: format!("`{id}` is not one of the reps") })
}
