//! A database that says nothing: statements have their limits there, but one that is frozen keeps none.

use futures_executor::block_on;
use std::cell::Cell;
use std::time::Duration;
use tokio::runtime::Handle;

/// How long an answer is waited for, on any thread.
pub(super) struct Silence {
    /// Has the timers.
    runtime: Handle,
    longest: Duration,
    is_borne: Cell<bool>,
}

impl Silence {
    pub(super) fn new(runtime: Handle, longest: Duration) -> Silence {
        Silence { runtime, longest, is_borne: Cell::new(false) }
    }

    /// Whether it may last for ever.
    pub(super) fn bear(&self, is_borne: bool) {
        self.is_borne.set(is_borne);
    }

    /// What comes of it; none when it took too long.
    pub(super) fn within<T>(&self, asked: impl Future<Output = T>) -> Option<T> {
        if self.is_borne.get() {
            return Some(block_on(asked));
        }
        let _timers = self.runtime.enter();
        block_on(tokio::time::timeout(self.longest, asked)).ok()
    }
}

#[cfg(test)]
mod tests {
    use crate::postgres::driver::{Driver, Patience};
    use crate::postgres::session::Purpose;
    use knock_ports::StoreError;
    use std::net::TcpListener;
    use std::time::Duration;

    const SHORT: Patience = Patience { connecting: Duration::from_millis(500), asking: Duration::from_millis(500) };

    #[test]
    fn who_says_nothing_at_all_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let driver = Driver::start_with(&format!("postgres://k@127.0.0.1:{port}/k"), SHORT).expect("an address");
        assert!(matches!(driver.first(), Err(StoreError::Broken(reason)) if reason.contains("nobody answered")));
        assert!(matches!(driver.connect(), Err(StoreError::Busy)));
    }

    #[test]
    fn a_statement_without_an_answer_ends_its_connection_and_no_other() {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
        let Some(url) = std::env::var("KNOCK_TEST_POSTGRES").ok() else { return };
        let driver = Driver::start_with(&url, SHORT).expect("an address");
        let connect = || (0..).find_map(|_| driver.first().ok()).expect("sooner or later");
        let (session, other) = (connect(), connect());
        let stuck = session.transaction(Purpose::Read, || session.batch("SELECT pg_sleep(30)"));
        assert!(matches!(stuck, Err(StoreError::Busy)) && session.is_lost());
        // What must take long may.
        other.be_patient(true);
        other.batch("SELECT pg_sleep(0.6)").expect("it was waited for");
    }
}
