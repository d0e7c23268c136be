//! Composition of the server from its parts.

use crate::banner::StartupBanner;
use crate::clock::{SystemClock, TestClock};
use crate::config::{Config, Http};
use crate::config_check::check_settings;
use crate::context::{AppContext, WriterThread, check_integrity, with_restore_hint};
use crate::control;
use crate::data::backup;
use crate::data::directory::DataDir;
use crate::data::running::Before;
use crate::data::server_key::LostKey;
use crate::faults;
use crate::http::{self, AppState, Parts};
use crate::log;
use crate::metrics_catalogue::start_metrics;
use crate::serving::{self, Listening};
use crate::work::work;
use anyhow::{Context, bail, ensure};
use knock_context::Core;
use knock_ports::Clock;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The longest that a stop waits for readings to be given back.
const RETURN: Duration = Duration::from_millis(500);

/// A server that already listens.
pub(crate) struct Server {
    /// The output for the person who started it.
    pub(crate) banner: StartupBanner,
    state: AppState,
    listener: TcpListener,
    metrics_listener: Option<TcpListener>,
    stop: StopSignal,
    data: DataDir,
}

/// The choices of one start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    /// Whether tests set the clock.
    pub(crate) is_steered: bool,
    pub(crate) lost_key: LostKey,
    /// Whether a copy of a workspace is released.
    pub(crate) is_released: bool,
}

/// The work of a shutdown after the last response.
pub(crate) struct LastWrites {
    thread: Arc<WriterThread>,
    data: DataDir,
}

impl LastWrites {
    /// Waits until all pending writes are done and the database is closed, and notes a clean stop; the runtime, whose
    /// tasks could write more, has ended.
    pub(crate) fn finish(self) {
        if self.thread.join() {
            self.data.running().end();
        }
    }
}

impl Server {
    /// Locks the data directory, binds the address, and starts all workers.
    pub(crate) async fn start(config: Config, start: Start) -> anyhow::Result<Server> {
        Server::compose(config, start).await.map_err(with_restore_hint)
    }

    async fn compose(config: Config, start: Start) -> anyhow::Result<Server> {
        log::start(&config.log, config.log_format)?;
        let stop = StopSignal::heard()?;
        let locations = check_settings(&config)?;
        let data = DataDir::open(&config.data)?;
        let listener = serving::listen(&config.listen).await;
        let listener = listener.with_context(|| format!("listening on {}", config.listen))?;
        let bound = listener.local_addr()?;
        ensure!(
            !start.is_steered || bound.ip().is_loopback(),
            "--test-clock is for tests on this machine only; {bound} can be reached from elsewhere"
        );
        let metrics_listener = metrics_listener(&config).await?;
        let metrics = start_metrics()?;
        http::begin_outcomes();
        work(http::add_up(metrics.clone()));
        let is_sqlite = config.database.is_empty();
        let before = data.running().before();
        if before != Before::Stopped && is_sqlite {
            check_integrity(&data.database(), before)?;
        }
        data.running().begin()?;
        let opened = open_core(&config, &data, bound, &start);
        if opened.is_err() && before == Before::Stopped {
            // What refuses to start here has changed nothing.
            data.running().end();
        }
        let AppContext { core, thread, test_clock, data: directory, is_sqlite, database, hold } = opened?;
        let (writer, relay) = faults::around_writer(core.writer);
        let core = Core { writer, ..core };
        let core = AppContext { core, thread, test_clock, data: directory, is_sqlite, database, hold };
        if let Some(relay) = relay {
            work(relay);
        }
        core.set_up().await?;
        core.note_key(start.lost_key).await?;
        core.take_place(start.is_released).await?;
        let parts = Parts::assemble(&config, core, &data, metrics, locations)?;
        parts.start().await?;
        match control::listen(&parts.core, &data) {
            Ok(listening) => work(listening),
            Err(error) => tracing::warn!("no control socket: commands need the server stopped: {error:#}"),
        }
        let at = metrics_listener.as_ref().and_then(|listener| listener.local_addr().ok());
        let banner = parts.core.banner(&data, at).await?;
        if is_sqlite {
            backup::tell_last(data.path());
        }
        let state = AppState::new(parts);
        Ok(Server { banner, state, listener, metrics_listener, stop, data })
    }

    /// Serves until the process is asked to stop, then finishes the pending requests.
    ///
    /// # Errors
    /// If nothing can be written any more: a new start reads the true state of the disk.
    pub(crate) async fn run(self) -> anyhow::Result<LastWrites> {
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let (thread, writer) = (Arc::clone(&self.state.core.thread), self.state.core.writer.clone());
        let limits = Http::clone(&self.state.limits);
        let readings = self.state.readings.clone();
        let metrics_router = http::metrics_router(self.state.clone());
        let router = http::router(self.state);
        let asked = self.stop;
        work(async move {
            asked.wait().await;
            // An error means that no receiver is left, which is fine.
            let _ = stop.send(true);
        });
        if let Some(listener) = self.metrics_listener {
            let (limits, stopping) = (limits.clone(), stopping.clone());
            work(Listening { listener, router: metrics_router, limits, stopping }.run());
        }
        let listening = Listening { listener: self.listener, router, limits, stopping };
        tokio::select! {
            () = listening.run() => {
                if !matches!(tokio::time::timeout(RETURN, readings.stop()).await, Ok(Ok(()))) {
                    tracing::warn!("pages that are being read could not be left; they count as failed");
                }
            }
            reason = writer.failed() => {
                self.data.running().doubt();
                bail!("{reason}")
            }
        }
        Ok(LastWrites { thread, data: self.data })
    }
}

/// The listener for `/metrics` alone, when one is configured.
async fn metrics_listener(config: &Config) -> anyhow::Result<Option<TcpListener>> {
    let address = &config.metrics.listen;
    if address.is_empty() {
        return Ok(None);
    }
    let listener = serving::listen(address).await.with_context(|| format!("listening on {address} for metrics"))?;
    tracing::info!(address = %listener.local_addr()?, "metrics are served");
    Ok(Some(listener))
}

fn open_core(config: &Config, data: &DataDir, bound: SocketAddr, start: &Start) -> anyhow::Result<AppContext> {
    let url = if config.public_url.is_empty() { reachable(bound) } else { config.public_url.clone() };
    let lost_key = start.lost_key;
    if !start.is_steered {
        return AppContext::with_clock(config, data, Arc::new(SystemClock), None, (url, lost_key));
    }
    let clock = Arc::new(TestClock::open(data.path())?);
    AppContext::with_clock(config, data, Arc::clone(&clock) as Arc<dyn Clock>, Some(clock), (url, lost_key))
}

/// The address at which this machine reaches itself: `http://0.0.0.0` cannot be opened.
fn reachable(bound: SocketAddr) -> String {
    if bound.ip().is_unspecified() { format!("http://localhost:{}", bound.port()) } else { format!("http://{bound}") }
}

/// The stop signals, caught from the creation of this value on: they do not kill a process that is still starting.
struct StopSignal {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignal {
    fn heard() -> anyhow::Result<StopSignal> {
        let hear = |kind| signal(kind).context("listening for the signal to stop");
        Ok(StopSignal { terminate: hear(SignalKind::terminate())?, interrupt: hear(SignalKind::interrupt())? })
    }

    async fn wait(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
