//! Connections: accepted up to a number, timed, and ended in good order. What is said on them is HTTP's business.

mod accept;
mod activity;
mod connection;
mod line;
mod seats;

pub(crate) use accept::{Listening, listen};
pub(crate) use seats::Seat;
