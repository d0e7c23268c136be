//! `knock explain slots`: calendars to the slots to offer.

mod case;
mod number;
mod rep;
mod zone;

use crate::instant;
use crate::refused::Refused;
pub(crate) use case::Case;
use knock_model::Millis;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Answer {
    slots: Vec<Slot>,
}

#[derive(Serialize)]
struct Slot {
    start: String,
    end: String,
    local: String,
    reps: Vec<String>,
}

pub(crate) fn answer(case: &Case) -> Result<Answer, Refused> {
    let zone = zone::zone("visitor_tz", &case.visitor_tz)?;
    let terms = case.terms()?;
    let pool = case.pool()?;
    let offered = knock_scheduling::offer(case.mode(), &pool, &terms);
    let offered =
        offered.map_err(|_| Refused { field: "reps".into(), reason: "`single` expects exactly one rep".into() })?;
    let slots = offered.into_iter().map(|slot| Slot {
        start: seconds(slot.start),
        end: seconds(slot.start + terms.duration),
        local: zone::local(&zone, slot.start),
        reps: slot.reps.iter().map(|place| case.rep_id(*place)).collect(),
    });
    Ok(Answer { slots: slots.collect() })
}

/// Slots lie on whole seconds unless somebody's instants do not.
fn seconds(at: Millis) -> String {
    instant::text(at).replace(".000Z", "Z")
}
