//! The one place where everything is put together.

use crate::assets::Assets;
use crate::clock::{SystemChance, SystemClock, TestClock};
use crate::config::Config;
use crate::control;
use crate::data_dir::DataDir;
use crate::http::{self, AppState};
use crate::limiter::Limiter;
use crate::secret::new_secret;
use crate::sites::SiteDirectory;
use anyhow::{Context, bail};
use knock_engine::commands::{CreateLoginLink, SetUp};
use knock_engine::{ClockWorker, Feed, Writer};
use knock_model::{RepId, SiteId};
use knock_ports::{Chance, Clock, Member, Role, Site, Store};
use knock_store::SqliteStore;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Where visitors and the team reach the server.
pub(crate) struct PublicAddress {
    /// Such as `https://knock.example.com`, without a slash at the end.
    pub(crate) url: String,
}

impl PublicAddress {
    /// The sign-in page for a token.
    pub(crate) fn sign_in(&self, token: &str) -> String {
        format!("{}/app/sign-in?token={token}", self.url)
    }
}

/// What every command and every request needs.
#[derive(Clone)]
pub(crate) struct Core {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) writer: Writer,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) test_clock: Option<Arc<TestClock>>,
    pub(crate) chance: Arc<dyn Chance>,
    pub(crate) address: Arc<PublicAddress>,
}

impl Core {
    /// The core on a data directory, with the real clock.
    pub(crate) fn open(config: &Config, data: &DataDir) -> anyhow::Result<Core> {
        let listen =
            if config.public_url.is_empty() { format!("http://{}", config.listen) } else { config.public_url.clone() };
        Core::with_clock(data, Arc::new(SystemClock), None, listen)
    }

    fn with_clock(
        data: &DataDir,
        clock: Arc<dyn Clock>,
        test_clock: Option<Arc<TestClock>>,
        url: String,
    ) -> anyhow::Result<Core> {
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&data.database())?);
        let (writer, _thread) = Writer::start(Arc::clone(&store)).context("starting the writer thread")?;
        let address = Arc::new(PublicAddress { url: url.trim_end_matches('/').to_owned() });
        Ok(Core { store, writer, clock, test_clock, chance: Arc::new(SystemChance), address })
    }

    /// Makes the admin and the demo site at the first start.
    async fn set_up(&self) -> anyhow::Result<()> {
        let admin =
            Member { id: RepId::new(self.chance.bytes16()), email: "admin@localhost".into(), role: Role::Admin };
        let demo = Site {
            id: SiteId(0),
            key: hex::encode(self.chance.bytes16()),
            name: "Demo site".into(),
            origins: Vec::new(),
            base: "/demo".into(),
            demo: true,
        };
        let answers = crate::first_answers::first_answers();
        self.writer.commit(SetUp { admin, demo, answers, now: self.clock.now() }).await?;
        Ok(())
    }

    async fn greeting(&self, data: &DataDir) -> anyhow::Result<String> {
        let url = &self.address.url;
        let is_local = url::Url::parse(url).is_ok_and(|url| knock_ingest::is_loopback(&url));
        let program = std::env::args().next().unwrap_or_else(|| "knock".into());
        let again = format!("{program} login-link --data {}", data.path().display());
        let sign_in = if is_local {
            let (token, hash) = new_secret(&*self.chance, "");
            self.writer.commit(CreateLoginLink { email: None, hash, now: self.clock.now() }).await?;
            format!("{}\n               (once, within an hour; for another one: {again})", self.address.sign_in(&token))
        } else {
            again
        };
        let steered = if self.test_clock.is_some() {
            "\n\n  THE CLOCK OF THIS SERVER IS STEERED FROM OUTSIDE (--test-clock): for tests only"
        } else {
            ""
        };
        Ok(format!(
            "\nKnock is running.\n\n  Dashboard    {url}/app/\n  Sign in      {sign_in}\n  Demo site    {url}/demo/\n  \
             API          {url}/api/openapi.json\n  Data         {}{steered}\n",
            data.path().display()
        ))
    }
}

/// A server that listens already.
pub(crate) struct Server {
    /// What to tell the person who started it.
    pub(crate) greeting: String,
    state: AppState,
    listener: TcpListener,
    _data: DataDir,
}

impl Server {
    /// Takes hold of the data directory and of the address, and starts all workers.
    pub(crate) async fn start(config: Config, is_steered: bool) -> anyhow::Result<Server> {
        start_log(&config.log)?;
        let data = DataDir::open(&config.data)?;
        let assets = Arc::new(Assets::load()?);
        let listener = TcpListener::bind(&config.listen).await;
        let listener = listener.with_context(|| format!("listening on {}", config.listen))?;
        let bound = listener.local_addr()?;
        let core = open_core(&config, &data, bound, is_steered)?;
        core.set_up().await?;
        let sites = Arc::new(SiteDirectory::load(Arc::clone(&core.store))?);
        let worker =
            ClockWorker { clock: Arc::clone(&core.clock), store: Arc::clone(&core.store), writer: core.writer.clone() };
        let feed = Feed::default();
        worker.catch_up().await.context("doing what fell due while the server was down")?;
        work(worker.clone().run());
        work(feed.clone().run(core.writer.clone(), Arc::clone(&core.store), Arc::clone(&core.clock)));
        match control::listen(&core, &data) {
            Ok(listening) => work(listening),
            Err(error) => tracing::warn!("no control socket: commands need the server stopped: {error:#}"),
        }
        let greeting = core.greeting(&data).await?;
        let limiter = Arc::new(Limiter::new(&config.ingest));
        let state = AppState { core, sites, worker, feed, assets, limiter, metrics: http::start_metrics()? };
        Ok(Server { greeting, state, listener, _data: data })
    }

    /// Serves until the process is asked to stop, then finishes what was begun.
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let router = http::router(self.state, stopping);
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let stopped = async move {
            asked_to_stop().await;
            // Nobody waiting for it is fine.
            let _ = stop.send(true);
        };
        axum::serve(self.listener, service).with_graceful_shutdown(stopped).await.context("serving")
    }
}

fn open_core(config: &Config, data: &DataDir, bound: SocketAddr, is_steered: bool) -> anyhow::Result<Core> {
    let url = if config.public_url.is_empty() { reachable(bound) } else { config.public_url.clone() };
    if !is_steered {
        return Core::with_clock(data, Arc::new(SystemClock), None, url);
    }
    if !bound.ip().is_loopback() {
        bail!("--test-clock is for tests on this machine only; {bound} can be reached from elsewhere");
    }
    let clock = Arc::new(TestClock::open(data.path())?);
    Core::with_clock(data, Arc::clone(&clock) as Arc<dyn Clock>, Some(clock), url)
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
