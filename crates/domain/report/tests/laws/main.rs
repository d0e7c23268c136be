//! Laws of every report, for any persons and visits.

mod adding;
mod days;
mod made;
mod opening;
mod slow;
mod things;
