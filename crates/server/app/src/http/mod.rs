//! HTTP: one endpoint a file; handlers translate, they do not decide.

mod api;
mod auth;
mod body;
mod body_limit;
mod client_address;
#[cfg(test)]
mod fuzz;
mod message;
mod operations;
mod own_origin;
mod pages;
mod problem;
mod reading;
mod router;
mod socket;
mod state;
mod test_clock;
mod v1;
mod watch;

pub(crate) use operations::add_up;
pub(crate) use router::router;
pub(crate) use state::{AppState, Parts};
