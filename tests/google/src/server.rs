//! Google behind HTTP.

use crate::request::{Answer, Body as Content, Fate, Request};
use crate::world::World;
use crate::{control, push, route};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::Notify;
use tokio::sync::oneshot::{self, Receiver, Sender};

/// The world and the notice that it has changed.
pub(crate) struct Shared {
    world: Mutex<World>,
    pub(crate) changed: Notify,
}

impl Shared {
    pub(crate) fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A server, until it is dropped. It has a thread of its own, so that tests of any kind can start one.
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
        let world = Mutex::new(World::new(format!("http://{address}")));
        let shared = Arc::new(Shared { world, changed: Notify::new() });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (running, ended) = oneshot::channel();
        let here = Arc::clone(&shared);
        std::thread::spawn(move || {
            let served = runtime.block_on(serve(listener, router, here, ended));
            // A delivery that still runs must not hold the thread.
            runtime.shutdown_background();
            served
        });
        Ok(Server { address, shared, _running: running })
    }

    /// The address, without a slash at the end. It serves `/o/oauth2/v2/auth`, `/token`, `/revoke` and `/calendar/v3`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Steers it as a request of this method to `/_control/{path}` would.
    ///
    /// # Panics
    /// When the request is wrong: it is the test that is.
    pub fn control(&self, method: &str, path: &str, body: &Json) -> Json {
        let segments: Vec<&str> = path.split('/').collect();
        let answer = control::answer(&mut self.shared.lock(), method, &segments, body);
        self.shared.changed.notify_one();
        assert!(answer.code == 200, "{method} {path}: {}", answer.shown());
        answer.shown().clone()
    }
}

async fn serve(listener: TcpListener, router: Router, shared: Arc<Shared>, ended: Receiver<()>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    tokio::select! {
        served = axum::serve(listener, router) => served,
        () = push::work(shared) => Ok(()),
        _ = ended => Ok(()),
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let text = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        value.to_str().ok().map(|value| (name.as_str().to_owned(), value.to_owned()))
    };
    let headers: BTreeMap<String, String> = headers.iter().filter_map(text).collect();
    let request = Request::new(method.as_str(), &uri.to_string(), headers, &body);
    let answer = match request.segments.split_first() {
        Some((first, rest)) if first == "_control" => {
            let segments: Vec<&str> = rest.iter().map(String::as_str).collect();
            let given = serde_json::from_slice(&body).unwrap_or(Json::Null);
            control::answer(&mut shared.lock(), &request.method, &segments, &given)
        }
        _ => route::answer(&mut shared.lock(), &request),
    };
    shared.changed.notify_one();
    match answer.fate {
        Fate::Silent => std::future::pending().await,
        Fate::Late(ms) => tokio::time::sleep(Duration::from_millis(ms)).await,
        Fate::Whole | Fate::Lost => {}
    }
    response(answer)
}

fn response(answer: Answer) -> Response<Body> {
    let mut response = Response::builder().status(answer.code);
    for (name, value) in &answer.headers {
        response = response.header(*name, value);
    }
    let body = match (answer.fate, answer.body) {
        (Fate::Lost, _) => {
            let broken = Err::<Bytes, io::Error>(io::ErrorKind::ConnectionReset.into());
            Body::from_stream(futures_util::stream::once(async { broken }))
        }
        (_, Content::None) => Body::empty(),
        (_, Content::Json(body)) => {
            response = response.header("content-type", "application/json; charset=UTF-8");
            Body::from(body.to_string())
        }
        (_, Content::Html(page)) => {
            response = response.header("content-type", "text/html; charset=utf-8");
            Body::from(page)
        }
    };
    response.body(body).unwrap_or_default()
}
