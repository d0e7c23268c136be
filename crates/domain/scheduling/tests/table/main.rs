//! Rules of slots, each by an example that shows its edge.

mod busy;
mod clocks;
mod day;
mod hours;
mod pools;
