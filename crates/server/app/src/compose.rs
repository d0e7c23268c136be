//! The one place where everything is put together.

use crate::assets::Assets;
use crate::bells::Bells;
use crate::clock::{SystemClock, TestClock};
use crate::config::{Config, Http};
use crate::control;
use crate::data_dir::{DataDir, Room};
use crate::foundation::{Core, WriterThread};
use crate::http::{self, AppState};
use crate::limiter::Limiter;
use crate::serving::{self, Listening};
use crate::shares::Shares;
use crate::sites::SiteDirectory;
use crate::troubles::Troubles;
use anyhow::{Context, bail};
use knock_engine::{ClockWorker, Feed, hear_neighbours};
use knock_ports::Clock;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// A server that listens already.
pub(crate) struct Server {
    /// What to tell the person who started it.
    pub(crate) greeting: String,
    state: AppState,
    listener: TcpListener,
    data: DataDir,
}

/// What is left when the last request is answered.
pub(crate) struct LastWrites {
    thread: Arc<WriterThread>,
    _data: DataDir,
}

impl LastWrites {
    /// Waits until all that waits is written; the runtime, whose tasks could write more, has ended.
    pub(crate) fn finish(self) {
        self.thread.join();
    }
}

impl Server {
    /// Takes hold of the data directory and of the address, and starts all workers.
    pub(crate) async fn start(config: Config, is_steered: bool) -> anyhow::Result<Server> {
        start_log(&config.log)?;
        let data = DataDir::open(&config.data)?;
        let assets = Arc::new(Assets::load()?);
        let listener = serving::listen(&config.listen).await;
        let listener = listener.with_context(|| format!("listening on {}", config.listen))?;
        let bound = listener.local_addr()?;
        let core = open_core(&config, &data, bound, is_steered)?;
        core.set_up().await?;
        let sites = Arc::new(SiteDirectory::load(Arc::clone(&core.store))?);
        let worker =
            ClockWorker { clock: Arc::clone(&core.clock), store: Arc::clone(&core.store), writer: core.writer.clone() };
        let (feed, bells) = (Feed::default(), Bells::default());
        worker.catch_up().await.context("doing what fell due while the server was down")?;
        work(worker.clone().run());
        work(bells.clone().run(core.writer.watch()));
        work(Arc::clone(&sites).follow(&core.writer));
        hear_neighbours(&core.writer, Arc::clone(&core.store)).context("listening to other servers")?;
        work(feed.clone().run(core.writer.clone(), Arc::clone(&core.store), Arc::clone(&core.clock)));
        match control::listen(&core, &data) {
            Ok(listening) => work(listening),
            Err(error) => tracing::warn!("no control socket: commands need the server stopped: {error:#}"),
        }
        let greeting = core.greeting(&data).await?;
        let limiter = Arc::new(Limiter::new(&config.ingest, &config.chat));
        let shares = Arc::new(Shares::new(config.ingest.waiting_per_site));
        let (refused, room) = (Arc::default(), Arc::new(Room::of(&data)));
        let (troubles, metrics) = (Arc::new(Troubles::default()), http::start_metrics()?);
        let limits = Arc::new(config.http);
        let state = AppState {
            core,
            sites,
            worker,
            feed,
            bells,
            assets,
            room,
            limits,
            limiter,
            shares,
            refused,
            troubles,
            metrics,
        };
        Ok(Server { greeting, state, listener, data })
    }

    /// Serves until the process is asked to stop, then finishes what was begun.
    pub(crate) async fn run(self) -> LastWrites {
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let thread = Arc::clone(&self.state.core.thread);
        let limits = Http::clone(&self.state.limits);
        let router = http::router(self.state);
        work(async move {
            asked_to_stop().await;
            // Nobody waiting for it is fine.
            let _ = stop.send(true);
        });
        Listening { listener: self.listener, router, limits, stopping }.run().await;
        LastWrites { thread, _data: self.data }
    }
}

fn open_core(config: &Config, data: &DataDir, bound: SocketAddr, is_steered: bool) -> anyhow::Result<Core> {
    let url = if config.public_url.is_empty() { reachable(bound) } else { config.public_url.clone() };
    if !is_steered {
        return Core::with_clock(config, data, Arc::new(SystemClock), None, url);
    }
    if !bound.ip().is_loopback() {
        bail!("--test-clock is for tests on this machine only; {bound} can be reached from elsewhere");
    }
    let clock = Arc::new(TestClock::open(data.path())?);
    Core::with_clock(config, data, Arc::clone(&clock) as Arc<dyn Clock>, Some(clock), url)
}

/// Where this machine reaches itself: nobody can open `http://0.0.0.0`.
fn reachable(bound: SocketAddr) -> String {
    if bound.ip().is_unspecified() { format!("http://localhost:{}", bound.port()) } else { format!("http://{bound}") }
}

fn start_log(filter: &str) -> anyhow::Result<()> {
    let filter = filter.parse::<tracing_subscriber::EnvFilter>().with_context(|| format!("log = \"{filter}\""))?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the one place that starts work beside requests")]
fn work(task: impl Future<Output = ()> + Send + 'static) {
    drop(tokio::spawn(task));
}

async fn asked_to_stop() {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::warn!(%error, "the stop signal cannot be heard");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
