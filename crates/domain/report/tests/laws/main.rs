//! Laws of every report, for any persons and visits.

mod acted;
mod acts;
mod adding;
mod days;
mod made;
mod opening;
mod slow;
mod things;
