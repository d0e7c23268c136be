//! The thread that moves bytes between all connections and the network, so that whoever asks may wait on any thread.

use super::failure::{connecting, started};
use super::gate::Gate;
use super::session::Session;
use knock_ports::StoreError;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio_postgres::{Client, Config, Error, NoTls};

/// What every connection begins with. Statements are planned once: their parameters say little about the best way.
/// A commit that is acknowledged is on the disk, whatever the server's default;
/// a server that freezes while it writes holds up the others no longer than a minute.
const BEGINNING: &str = "SET statement_timeout = '30s'; SET lock_timeout = '5s'; SET plan_cache_mode = force_generic_plan; \
    SET idle_in_transaction_session_timeout = '60s'; \
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

/// How long making a connection may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long sent bytes may go unheard before the connection counts as lost.
const UNHEARD: Duration = Duration::from_secs(10);

/// Makes connections.
pub(super) struct Driver {
    /// None only while it is dropped.
    runtime: Option<Runtime>,
    config: Config,
    gate: Gate,
}

impl Driver {
    /// Reads the address; nothing is connected yet.
    pub(super) fn start(url: &str) -> Result<Driver, StoreError> {
        let mut config: Config = url.parse().map_err(|error: Error| connecting(&error.to_string()))?;
        if config.get_application_name().is_none() {
            config.application_name("knock");
        }
        config.connect_timeout(CONNECT).tcp_user_timeout(UNHEARD).keepalives_idle(UNHEARD);
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).thread_name("postgres").enable_all().build().map_err(started)?;
        Ok(Driver { runtime: Some(runtime), config, gate: Gate::default() })
    }

    /// The first connection: says what is wrong when there is none.
    pub(super) fn first(&self) -> Result<Session, StoreError> {
        self.made().map_err(|reason| connecting(&reason))
    }

    /// A new connection.
    pub(super) fn connect(&self) -> Result<Session, StoreError> {
        self.gate.pass()?;
        match self.made() {
            Ok(session) => {
                self.gate.reached();
                Ok(session)
            }
            Err(reason) => {
                tracing::warn!(reason, "the database cannot be reached");
                self.gate.missed();
                Err(StoreError::Busy)
            }
        }
    }

    fn made(&self) -> Result<Session, String> {
        let gone = || "connections are no longer made".to_owned();
        let runtime = self.runtime.as_ref().ok_or_else(gone)?;
        let config = self.config.clone();
        let (answer, made) = std::sync::mpsc::sync_channel(1);
        runtime.spawn(async move {
            // Whoever asked waits for the answer.
            drop(answer.send(open(&config).await));
        });
        let opened = made.recv().map_err(|_| gone())?;
        opened.map(Session::new).map_err(|error| error.to_string())
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

async fn open(config: &Config) -> Result<Client, Error> {
    let (client, connection) = config.connect(NoTls).await?;
    #[expect(clippy::disallowed_methods, reason = "it ends with its connection, or with the driver's runtime")]
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(%error, "a connection to the database ended");
        }
    });
    client.batch_execute(BEGINNING).await?;
    Ok(client)
}
