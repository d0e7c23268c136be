//! Opens a connection.

use super::driver::{Driver, Signs};
use super::failure::unreached;
use super::io_driver::{IoDriver, Moving};
use super::rights::refused;
use super::session::Session;
use super::watchdog::Watchdog;
use std::future::poll_fn;
use std::sync::Arc;
use tokio_postgres::{AsyncMessage, Client, Config, Error};
use tokio_postgres_rustls::MakeRustlsConnect;

/// The first statements of every connection. An acknowledged commit is on the disk, whatever the server's default; a
/// query over a table that was never analysed is not compiled for longer than it runs; a server that freezes while it
/// writes blocks the others for a minute at most (while it sends: `frozen`).
const BEGINNING: &str = "SET statement_timeout = '30s'; SET lock_timeout = '5s'; \
    SET idle_in_transaction_session_timeout = '60s'; SET jit = off; \
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

impl Driver {
    pub(super) fn made(&self) -> Result<Session, String> {
        let gone = || "connections are no longer made".to_owned();
        let runtime = self.runtime.as_ref().ok_or_else(gone)?;
        let (answer, made) = std::sync::mpsc::sync_channel(1);
        let opened = self.opened();
        runtime.spawn(async move {
            // The caller waits for the answer.
            let opened = opened.await.map(|(client, moving)| {
                #[expect(
                    clippy::disallowed_methods,
                    reason = "it ends with its connection, or with the driver's runtime"
                )]
                tokio::spawn(moving);
                client
            });
            drop(answer.send(opened));
        });
        let client = made.recv().map_err(|_| gone())??;
        let watchdog = Watchdog::new(IoDriver::Driver(runtime.handle().clone()), self.patience.asking);
        self.begun(Session::new(client, self.server, watchdog))
    }

    pub(super) fn made_here(&self) -> Result<Session, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let (client, moving) = runtime.block_on(self.opened())?;
        let watchdog = Watchdog::new(IoDriver::asker(runtime, moving), self.patience.asking);
        self.begun(Session::new(client, self.server, watchdog))
    }

    fn begun(&self, session: Session) -> Result<Session, String> {
        session.batch(BEGINNING).map_err(|error| error.to_string())?;
        Ok(session)
    }

    /// A connection, and what moves its bytes.
    fn opened(&self) -> impl Future<Output = Result<(Client, Moving), String>> + Send + use<> {
        let (config, tls, signs) = (self.config.clone(), self.tls.clone(), Arc::clone(&self.signs));
        let connecting = self.patience.connecting * u32::try_from(config.get_hosts().len().max(1)).unwrap_or(1);
        async move {
            let opened = tokio::time::timeout(connecting, open(&config, tls, signs)).await;
            let opened = opened.map_err(|_| format!("no answer within {} s", connecting.as_secs()))?;
            opened.map_err(|error| {
                let named = (config.get_user().unwrap_or_default(), config.get_dbname().unwrap_or_default());
                let hint = error.code().and_then(|code| refused(code, named));
                [Some(unreached(&error)), hint].into_iter().flatten().collect::<Vec<_>>().join(". ")
            })
        }
    }
}

async fn open(config: &Config, tls: MakeRustlsConnect, signs: Arc<Signs>) -> Result<(Client, Moving), Error> {
    let (client, mut connection) = config.connect(tls).await?;
    let moving = async move {
        while let Some(message) = poll_fn(|context| connection.poll_message(context)).await {
            match message {
                Ok(AsyncMessage::Notification(_)) => signs.heard.notify_one(),
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "a connection to the database ended");
                    return;
                }
            }
        }
    };
    Ok((client, Box::pin(moving)))
}
