//! The vendor behind HTTP.

use crate::control;
use crate::deliver;
use crate::errors::Refusal;
use crate::request::{Answer, Body as Content, Fate, Request};
use crate::route::{self, Outcome};
use crate::world::World;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use serde_json::{Value as Json, json};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::oneshot::{self, Receiver, Sender};

/// The state that requests, control and the sender of notifications share.
pub(crate) struct Shared {
    world: Mutex<World>,
    changed: Condvar,
    is_closed: AtomicBool,
}

impl Shared {
    fn new(world: World) -> Arc<Shared> {
        Arc::new(Shared { world: Mutex::new(world), changed: Condvar::new(), is_closed: AtomicBool::new(false) })
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }

    /// Wakes those that wait for a change.
    pub(crate) fn notify(&self) {
        self.changed.notify_all();
    }

    /// Waits for a change, at most so long.
    pub(crate) fn wait<'w>(&self, world: MutexGuard<'w, World>, longest: Duration) -> MutexGuard<'w, World> {
        self.changed.wait_timeout(world, longest).unwrap_or_else(PoisonError::into_inner).0
    }
}

/// A server, until it is dropped. It has threads of its own, so that tests of any kind can start one.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// Dropped with it, which ends the thread.
    _running: Sender<()>,
}

impl Server {
    /// Serves at an address; port 0 is any that is free.
    ///
    /// # Errors
    /// When it cannot listen there.
    pub fn start(listen: &str) -> io::Result<Server> {
        let listener = TcpListener::bind(listen)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let shared = Shared::new(World::new(format!("http://{address}")));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (running, ended) = oneshot::channel();
        std::thread::spawn(move || runtime.block_on(serve(listener, router, ended)));
        let sender = Arc::clone(&shared);
        std::thread::spawn(move || deliver::work(&sender));
        Ok(Server { address, shared, _running: running })
    }

    /// `http://127.0.0.1:41234`: Graph is at `/v1.0`, the identity platform at `/{tenant}/oauth2/v2.0`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Steers it as a request of this method to `/_control/{path}` would.
    ///
    /// # Panics
    /// When the request is wrong: it is the test that is.
    pub fn control(&self, method: &str, path: &str, body: &Json) -> Json {
        let segments: Vec<&str> = path.split('/').collect();
        match control::act(&self.shared, method, &segments, body) {
            Ok(shown) => shown,
            Err(why) => panic!("{method} {path}: {why}"),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.is_closed.store(true, Ordering::Relaxed);
        self.shared.notify();
    }
}

async fn serve(listener: TcpListener, router: Router, ended: Receiver<()>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    tokio::select! {
        served = axum::serve(listener, router) => served,
        _ = ended => Ok(()),
    }
}

/// Counts a request of a mailbox for as long as it is under way.
struct UnderWay {
    shared: Arc<Shared>,
    account: Option<String>,
}

impl UnderWay {
    fn new(shared: &Arc<Shared>, request: &Request) -> UnderWay {
        let mut world = shared.lock();
        let now = world.now_millis();
        let bearer = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        let account = world.identity.caller(bearer, now).ok().map(|caller| caller.account);
        if let Some(account) = account.as_ref().and_then(|account| world.accounts.get_mut(account)) {
            account.under_way += 1;
        }
        UnderWay { shared: Arc::clone(shared), account }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut world = self.shared.lock();
        if let Some(account) = self.account.as_ref().and_then(|account| world.accounts.get_mut(account)) {
            account.under_way = account.under_way.saturating_sub(1);
        }
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let text = |value: &axum::http::HeaderValue| value.to_str().map(str::to_owned).unwrap_or_default();
    let headers = headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    let request = Request::new(method.as_str(), &uri.to_string(), headers, &body);
    if request.segments.first().is_some_and(|first| first == "_control") {
        return controlled(shared, request).await;
    }
    let under_way = UnderWay::new(&shared, &request);
    let outcome = route::answer(&mut shared.lock(), &request);
    let answer = match outcome {
        Outcome::Answer(answer) => answer,
        Outcome::Validate(subscription, fate) => {
            let addresses = subscription.addresses();
            let token = shared.lock().guid();
            let answered = tokio::task::spawn_blocking(move || deliver::validate(&addresses, &token)).await;
            let mut world = shared.lock();
            let answer = match answered {
                Ok(Ok(())) => route::subscribed(&mut world, &request, *subscription),
                Ok(Err(why)) => route::refused(&mut world, &request, &Refusal::new(400, "ValidationError", why)),
                Err(_) => Answer::empty(500),
            };
            Answer { fate, ..answer }
        }
    };
    shared.notify();
    match answer.fate {
        Fate::Silent => std::future::pending().await,
        Fate::Late(ms) => tokio::time::sleep(Duration::from_millis(ms)).await,
        Fate::Whole | Fate::Lost => {}
    }
    drop(under_way);
    response(&answer)
}

async fn controlled(shared: Arc<Shared>, request: Request) -> Response<Body> {
    let body = if request.body.is_empty() { Ok(json!({})) } else { serde_json::from_slice(&request.body) };
    let done = tokio::task::spawn_blocking(move || {
        let segments: Vec<&str> = request.segments.iter().skip(1).map(String::as_str).collect();
        let body = body.map_err(|error| error.to_string())?;
        control::act(&shared, &request.method, &segments, &body)
    });
    response(&match done.await {
        Ok(Ok(shown)) => Answer::ok(shown),
        Ok(Err(why)) => Answer::json(400, json!({"error": why})),
        Err(_) => Answer::empty(500),
    })
}

fn response(answer: &Answer) -> Response<Body> {
    let (kind, text) = match &answer.body {
        Content::Empty => (None, String::new()),
        Content::Json(json) => (Some("application/json; charset=utf-8"), json.to_string()),
        Content::Html(html) => (Some("text/html; charset=utf-8"), html.clone()),
    };
    let mut response = Response::builder().status(answer.code);
    if let Some(kind) = kind {
        response = response.header("content-type", kind);
    }
    for (name, value) in &answer.headers {
        response = response.header(*name, value);
    }
    let body = match answer.fate {
        Fate::Lost => {
            let broken = Err::<Bytes, io::Error>(io::ErrorKind::ConnectionReset.into());
            Body::from_stream(futures_util::stream::once(async { broken }))
        }
        Fate::Whole | Fate::Late(_) | Fate::Silent => Body::from(text),
    };
    response.body(body).unwrap_or_default()
}
