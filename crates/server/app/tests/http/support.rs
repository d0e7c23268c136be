//! The server of these tests, and the requests to it.

pub(crate) use knock_testing::{ORIGIN, Reply, TestServer as Knock, batch, id, identify, signal};
