//! The slots to offer, for one rep or a pool (SC-03, SC-08, SC-09).

use crate::calendar::{Calendar, Ready, RepState, Terms};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use knock_model::Millis;

/// The way in which the calendars of reps make slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Exactly one rep.
    Single,
    /// Any free rep of the pool.
    Any,
    /// The one of the pool whose turn it is.
    RoundRobin,
    /// All of the pool at once.
    All,
}

/// A start that can be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub start: Millis,
    /// The places of the reps who are free then, in pool order.
    pub reps: Vec<usize>,
}

/// `Single` was asked for with another number of reps than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotOneRep;

/// The slots to offer, by instant, each once.
///
/// # Errors
/// [`NotOneRep`] when `Single` is asked for a pool.
pub fn offer(mode: Mode, pool: &[Calendar], terms: &Terms) -> Result<Vec<Slot>, NotOneRep> {
    let slots = match mode {
        Mode::Single if pool.len() != 1 => return Err(NotOneRep),
        Mode::Single | Mode::Any => any(pool, terms),
        Mode::RoundRobin => round_robin(pool, terms),
        Mode::All => all(pool, terms),
    };
    Ok(slots.into_iter().map(|(start, reps)| Slot { start, reps }).collect())
}

type Slots = BTreeMap<Millis, Vec<usize>>;

fn is_usable(calendar: &Calendar) -> bool {
    calendar.state == RepState::Usable
}

/// A start on a free rep's own grid; named are those on whose own grid it is.
fn any(pool: &[Calendar], terms: &Terms) -> Slots {
    let mut slots = Slots::new();
    for (place, calendar) in pool.iter().enumerate().filter(|(_, calendar)| is_usable(calendar)) {
        let ready = Ready::new(calendar, terms);
        for start in ready.grid().filter(|start| ready.is_free(*start)) {
            let reps = slots.entry(start).or_default();
            if reps.last() != Some(&place) {
                reps.push(place);
            }
        }
    }
    slots
}

/// Fewest upcoming meetings, then least recently booked, then pool order; the first who has anything to offer.
fn round_robin(pool: &[Calendar], terms: &Terms) -> Slots {
    let mut turns: Vec<usize> = (0..pool.len()).filter(|place| is_usable(&pool[*place])).collect();
    turns.sort_by_key(|place| (pool[*place].upcoming, pool[*place].last_booked, *place));
    for place in turns {
        let own = any(&pool[place..=place], terms);
        if !own.is_empty() {
            return own.into_keys().map(|start| (start, Vec::from([place]))).collect();
        }
    }
    Slots::new()
}

/// A start on anybody's grid at which everybody can.
fn all(pool: &[Calendar], terms: &Terms) -> Slots {
    if !pool.iter().all(is_usable) {
        return Slots::new();
    }
    let ready: Vec<Ready<'_>> = pool.iter().map(|calendar| Ready::new(calendar, terms)).collect();
    let starts = ready.iter().flat_map(Ready::grid);
    let free = starts.filter(|start| ready.iter().all(|rep| rep.is_free(*start)));
    free.map(|start| (start, (0..pool.len()).collect())).collect()
}
