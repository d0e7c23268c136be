//! A server without connections: its routes on a workspace of their own, the same in every run.

use crate::config::{Chat, Config, Ingest};
use crate::context::AppContext;
use crate::data::directory::DataDir;
use crate::data::server_key::LostKey;
use crate::http::{AppState, Parts, router};
use crate::proxies::TrustedProxies;
use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use knock_context::hash;
use knock_engine::commands::{CreateApiKey, KeyAuthor};
use knock_model::{Millis, Role};
use knock_ports::{Actor, ApiKey, Chance, Clock};
use knock_reader::Reader;
use metrics_exporter_prometheus::PrometheusBuilder;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt;

const NOW: Millis = Millis(1_780_000_000_000);
/// An API key of the role `admin`.
const KEY: &str = "admin-key";

pub(super) struct Workspace {
    router: Router,
    runtime: Runtime,
    _data: DataDir,
    _dir: TempDir,
}

impl Workspace {
    /// A workspace with the demo site, an API key and its own `secret.key`, behind one proxy.
    pub(super) fn start() -> Workspace {
        let dir = TempDir::new().expect("a directory");
        std::fs::write(dir.path().join("secret.key"), "07".repeat(32)).expect("it is written");
        let data = DataDir::open(dir.path()).expect("it opens");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let state = runtime.block_on(state(&data));
        Workspace { router: router(state), runtime, _data: data, _dir: dir }
    }

    pub(super) fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    pub(super) async fn answer(&self, request: Request) -> Response {
        match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }
}

async fn state(data: &DataDir) -> AppState {
    let ingest = Ingest { rate_per_site: 0, rate_per_ip: 0, bytes_per_site: 0, bytes_per_ip: 0, ..Ingest::default() };
    let chat = Chat { opens_per_ip: 0, messages_per_chat: 0, messages_per_ip: 0, ..Chat::default() };
    let mut config = Config { data: data.path().into(), reserve_mb: 0, ingest, chat, ..Config::default() };
    config.meetings.bookings_per_ip = 0;
    config.http.trusted_proxies = TrustedProxies::Hops(1);
    let url = "http://127.0.0.1:8787".to_owned();
    let mut core =
        AppContext::with_clock(&config, data, Arc::new(Still), None, (url, LostKey::Refuse)).expect("it opens");
    core.core.chance = Arc::new(Counted::default());
    // The program of this process is a test.
    core.core.reader = Reader::by("/bin/false".into());
    core.set_up().await.expect("it is set up");
    let key = ApiKey { name: String::new(), role: Role::Admin, author: None, created_by: None, ends_at: None };
    let key = CreateApiKey { key, author: KeyAuthor::None, id: String::new(), hash: hash(KEY), now: NOW };
    core.make(Actor::Server, key).await.expect("it is made");
    let metrics = PrometheusBuilder::new().build_recorder().handle();
    AppState::new(Parts::assemble(&config, core, data, metrics, None).expect("the files of `cargo xtask build`"))
}

/// A clock that stands still.
struct Still;

impl Clock for Still {
    fn now(&self) -> Millis {
        NOW
    }
}

/// A random source that yields the numbers from 1.
#[derive(Default)]
struct Counted(AtomicU64);

impl Counted {
    fn next(&self) -> [u8; 8] {
        (self.0.fetch_add(1, Ordering::Relaxed) + 1).to_be_bytes()
    }
}

impl Chance for Counted {
    fn bytes16(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.next());
        bytes
    }

    fn bytes32(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.next());
        bytes
    }
}
