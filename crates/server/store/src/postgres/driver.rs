//! Connections: the thread that moves the bytes of those that anybody may ask, and those that move with who asks.

use super::circuit_breaker::CircuitBreaker;
use super::failure::{connecting, started};
use super::session::Session;
use super::tls;
use futures_executor::block_on;
use knock_ports::StoreError;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::Notify;
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

/// The timeout of a connection.
const CONNECT: Duration = Duration::from_secs(3);
/// The interval at which notices of peers are read without a wake-up.
const LOOK: Duration = Duration::from_secs(1);
/// The time between two wake-ups of peers.
const QUIET: Duration = Duration::from_millis(50);
/// The time without an acknowledgement of sent bytes after which a connection counts as lost.
const UNHEARD: Duration = Duration::from_secs(10);

/// The timeouts of a silent database: it gives up by itself before, unless it is frozen.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// While a connection is made, for each host in the address.
    pub(super) connecting: Duration,
    /// After something was asked: longer than a statement may take.
    pub(super) asking: Duration,
    /// While another server is in the middle of sending: longer than that ever takes.
    pub(super) sending: Duration,
}

const PATIENCE: Patience =
    Patience { connecting: Duration::from_secs(10), asking: Duration::from_secs(35), sending: Duration::from_secs(60) };

/// Makes connections.
pub(super) struct Driver {
    /// None only while it is dropped.
    pub(super) runtime: Option<Runtime>,
    pub(super) config: Config,
    pub(super) tls: MakeRustlsConnect,
    pub(super) patience: Patience,
    circuit_breaker: CircuitBreaker,
    pub(super) server: i64,
    pub(super) signs: Arc<Signs>,
}

/// The signals that wake the listener for peer notices.
#[derive(Default)]
pub(super) struct Signs {
    pub(super) heard: Notify,
    wrote: Notify,
}

/// The reason for which a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Woken {
    /// A peer may have written a notice, or it is time to look.
    Heard,
    /// This server has written a notice.
    Wrote,
}

impl Driver {
    /// Reads the address; nothing is connected yet.
    pub(super) fn start(url: &str) -> Result<Driver, StoreError> {
        Driver::start_with(url, PATIENCE)
    }

    pub(super) fn start_with(url: &str, patience: Patience) -> Result<Driver, StoreError> {
        let (mut config, tls) = tls::connections(url).map_err(|reason| connecting(&reason))?;
        if config.get_application_name().is_none() {
            config.application_name("knock");
        }
        config.connect_timeout(CONNECT).tcp_user_timeout(UNHEARD).keepalives_idle(UNHEARD);
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).thread_name("postgres").enable_all().build().map_err(started)?;
        // Random enough to set a few servers apart.
        let server = RandomState::new().hash_one(0).cast_signed();
        Ok(Driver {
            runtime: Some(runtime),
            config,
            tls,
            patience,
            circuit_breaker: CircuitBreaker::default(),
            server,
            signs: Arc::default(),
        })
    }

    /// The id of this server in notices.
    pub(super) fn server(&self) -> i64 {
        self.server
    }

    /// Others are to be woken.
    pub(super) fn wrote(&self) {
        self.signs.wrote.notify_one();
    }

    /// There is more to read at once.
    pub(super) fn look_again(&self) {
        self.signs.heard.notify_one();
    }

    /// Waits for something to do: at most [`LOOK`], and [`QUIET`] at least before others are woken again.
    pub(super) fn wait(&self) -> Woken {
        let (signs, Some(runtime)) = (Arc::clone(&self.signs), &self.runtime) else { return Woken::Heard };
        let waited = runtime.spawn(async move {
            let wrote = async {
                tokio::time::sleep(QUIET).await;
                signs.wrote.notified().await;
            };
            tokio::select! {
                () = signs.heard.notified() => Woken::Heard,
                () = wrote => Woken::Wrote,
                () = tokio::time::sleep(LOOK) => Woken::Heard,
            }
        });
        block_on(waited).unwrap_or(Woken::Heard)
    }

    /// The first connection: says what is wrong when there is none.
    pub(super) fn first(&self) -> Result<Session, StoreError> {
        self.made().map_err(|reason| connecting(&reason))
    }

    /// A new connection, to be asked on any thread.
    pub(super) fn connect(&self) -> Result<Session, StoreError> {
        self.tried(|| self.made())
    }

    /// A new connection that moves only while it is asked, on the thread that asks: no other is woken for each answer.
    /// Must not be called from a thread of a Tokio runtime.
    pub(super) fn connect_here(&self) -> Result<Session, StoreError> {
        self.tried(|| self.made_here())
    }

    fn tried(&self, made: impl FnOnce() -> Result<Session, String>) -> Result<Session, StoreError> {
        self.circuit_breaker.pass()?;
        match made() {
            Ok(session) => {
                self.circuit_breaker.reached();
                Ok(session)
            }
            Err(reason) => {
                tracing::warn!(reason, "the database cannot be reached");
                self.circuit_breaker.missed();
                Err(StoreError::Busy)
            }
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Waiting for its end is not possible everywhere a store may be dropped.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
