//! The HTTP client of tests: only a missing response is an error.

use crate::wait::DEADLINE;

/// Returns a client with a new connection for each request: the server may close one whose body it refused to read.
pub(crate) fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    config.max_idle_connections(0).timeout_global(Some(DEADLINE)).build().into()
}
