//! A server without connections: its routes on a workspace of their own, the same in every run.

use crate::assets::Assets;
use crate::config::{Chat, Config, Ingest, PasswordPolicy};
use crate::connectors::{self, Deliveries};
use crate::context::AppContext;
use crate::data::directory::{DataDir, Room};
use crate::data::server_key::LostKey;
use crate::data::storage::Storage;
use crate::http::admission::{BodyMemory, Bookings, Guesses, Limiter, SiteQueueQuota, Uploads};
use crate::http::conversation_watchers::ConversationWatchers;
use crate::http::secret_uses::SecretUses;
use crate::http::usual_wait::UsualWait;
use crate::http::{AccessChanges, AppState, Parts, router};
use crate::knowledge;
use crate::lead_data::LeadData;
use crate::outbox_health::OutboxHealth;
use crate::passwords::Passwords;
use crate::proxies::TrustedProxies;
use crate::sites::SiteDirectory;
use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use knock_context::hash;
use knock_engine::commands::CreateApiKey;
use knock_engine::{ClockWorker, Feed, RetentionWorker, RewindWorker};
use knock_enrichment::Enricher;
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
    let key = ApiKey { name: String::new(), role: Role::Admin, created_by: None, ends_at: None };
    let key = CreateApiKey { key, id: String::new(), hash: hash(KEY), now: NOW };
    core.make(Actor::Server, key).await.expect("it is made");
    let sites = Arc::new(SiteDirectory::load(Arc::clone(&core.store)).expect("they are read"));
    let Deliveries { worker: deliveries, outbound, calendars, slack, crms } =
        connectors::worker(&config, &core).expect("a way out");
    let (knowledge, readings) = knowledge::worker(&config, &core).expect("a way out");
    AppState::new(Parts {
        lead_data: LeadData::new(Enricher::new(core.core.clone(), outbound.clone()), Arc::clone(&crms)),
        sites,
        locations: None,
        worker: ClockWorker {
            clock: Arc::clone(&core.clock),
            store: Arc::clone(&core.store),
            writer: core.writer.clone(),
        },
        rewind: RewindWorker {
            clock: Arc::clone(&core.clock),
            store: Arc::clone(&core.store),
            writer: core.writer.clone(),
        },
        retention: RetentionWorker {
            clock: Arc::clone(&core.clock),
            writer: core.writer.clone(),
            keep: None,
            on_dropped: |_| {},
        },
        crms,
        deliveries,
        outbound,
        calendars,
        slack,
        knowledge,
        readings,
        feed: Feed::default(),
        watchers: ConversationWatchers::default(),
        access: AccessChanges::default(),
        assets: Arc::new(Assets::load().expect("the files of `cargo xtask build`")),
        room: Arc::new(Room::of(data)),
        storage: Arc::new(Storage::new(Arc::clone(&core.store), data, true, 0)),
        outbox: Arc::new(OutboxHealth::new(Arc::clone(&core.store), Arc::clone(&core.clock))),
        body_memory: Arc::new(BodyMemory::new(config.http.body_memory_mb.get())),
        uploads: Arc::new(Uploads::new(&config.files)),
        limits: Arc::new(config.http),
        mail_reply_after: config.chat.mail_reply_after(),
        push_key: "".into(),
        usual_wait: UsualWait::default(),
        bookings: Arc::new(Bookings::new(config.meetings.bookings_per_ip)),
        guesses: Guesses::default(),
        passwords: Passwords::new(PasswordPolicy::WithoutMail, false),
        uses: SecretUses::default(),
        limiter: Arc::new(Limiter::new(&config.ingest, &config.chat)),
        quota: Arc::new(SiteQueueQuota::new(config.ingest.waiting_per_site)),
        refused: Arc::default(),
        client_errors: Arc::default(),
        metrics: PrometheusBuilder::new().build_recorder().handle(),
        has_metrics_listener: false,
        core,
    })
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
