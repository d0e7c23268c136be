//! Connections: accepted up to a number, timed, and ended in good order. What is said on them is HTTP's business.

mod accept;
mod activity;
mod connection;
mod connection_limiter;
mod smuggling_check;
mod timed_io;

pub(crate) use accept::{Listening, listen};
pub(crate) use connection::TwoLengths;
pub(crate) use connection_limiter::ConnectionPermit;
