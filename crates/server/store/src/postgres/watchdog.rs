//! Client-side watchdog: a frozen server enforces no `statement_timeout`.

use super::io_driver::IoDriver;
use super::sending::Sending;
use futures_executor::block_on;
use std::cell::Cell;
use std::task::{Context, Waker};
use std::time::Duration;

/// Limits how long an answer may take.
pub(super) struct Watchdog {
    io_driver: IoDriver,
    longest: Duration,
    is_borne: Cell<bool>,
}

impl Watchdog {
    pub(super) fn new(io_driver: IoDriver, longest: Duration) -> Watchdog {
        Watchdog { io_driver, longest, is_borne: Cell::new(false) }
    }

    /// Whether it may last for ever.
    pub(super) fn bear(&self, is_borne: bool) {
        self.is_borne.set(is_borne);
    }

    /// Notices whether the connection has ended meanwhile.
    pub(super) fn look(&self) {
        if let IoDriver::Asker(asker) = &self.io_driver {
            asker.look(|_| false);
        }
    }

    /// Sends what can be sent without waiting for an answer.
    pub(super) fn nudge(&self, sending: &mut Sending) {
        match &self.io_driver {
            IoDriver::Driver(_) => sending.poll(&mut Context::from_waker(Waker::noop())),
            IoDriver::Asker(asker) => asker.look(|context| {
                sending.poll(context);
                !sending.is_idle()
            }),
        }
    }

    /// The result; none after the timeout.
    pub(super) fn within<T>(&self, asked: impl Future<Output = T>) -> Option<T> {
        let longest = (!self.is_borne.get()).then_some(self.longest);
        let asked = async move {
            match longest {
                Some(longest) => tokio::time::timeout(longest, asked).await.ok(),
                None => Some(asked.await),
            }
        };
        match &self.io_driver {
            IoDriver::Driver(runtime) => {
                let _timers = runtime.enter();
                block_on(asked)
            }
            IoDriver::Asker(asker) => asker.wait(asked).flatten(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::postgres::driver::{Driver, Patience};
    use crate::postgres::transaction_mode::TransactionMode;
    use knock_ports::StoreError;
    use std::net::TcpListener;
    use std::time::Duration;

    const SHORT: Patience = Patience {
        connecting: Duration::from_millis(500),
        asking: Duration::from_millis(500),
        sending: Duration::from_millis(500),
    };

    #[test]
    fn who_says_nothing_at_all_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let driver = Driver::start_with(&format!("postgres://k@127.0.0.1:{port}/k"), SHORT).expect("an address");
        assert!(matches!(driver.first(), Err(StoreError::Broken(reason)) if reason.contains("no answer")));
        assert!(matches!(driver.connect(), Err(StoreError::Busy)));
    }

    #[test]
    fn a_statement_without_an_answer_ends_its_connection_and_no_other() {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
        let Some(url) = std::env::var("KNOCK_TEST_POSTGRES").ok() else { return };
        let driver = Driver::start_with(&url, SHORT).expect("an address");
        let connect = || (0..).find_map(|_| driver.first().ok()).expect("sooner or later");
        let (session, other) = (connect(), connect());
        let stuck = session.transaction(TransactionMode::Read, || session.batch("SELECT pg_sleep(30)"));
        assert!(matches!(stuck, Err(StoreError::Busy)) && session.is_lost());
        // What must take long may.
        other.be_patient(true);
        other.batch("SELECT pg_sleep(0.6)").expect("it was waited for");
    }
}
