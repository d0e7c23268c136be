//! The server of these tests, and what is sent to it.

pub(crate) use knock_testing::{ORIGIN, Reply, TestServer as Knock, batch, id, identify, signal};
