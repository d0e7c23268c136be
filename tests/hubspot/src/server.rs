//! The account behind HTTP.

use crate::request::{Answer, Fate, Request};
use crate::world::World;
use crate::{consent, control, route};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use axum::routing::get;
use serde_json::Value as Json;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::oneshot::{self, Receiver, Sender};

/// A server, until it is dropped. It has a thread of its own, so that tests of any kind can start one.
pub struct Server {
    address: SocketAddr,
    world: Arc<Mutex<World>>,
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
        let world = Arc::<Mutex<World>>::default();
        let router =
            Router::new().route("/oauth/authorize", get(consent::page)).fallback(answer).with_state(Arc::clone(&world));
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (running, ended) = oneshot::channel();
        std::thread::spawn(move || runtime.block_on(serve(listener, router, ended)));
        Ok(Server { address, world, _running: running })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Steers it as a request of this method to `/_control/{path}` would.
    ///
    /// # Panics
    /// When the request is wrong: it is the test that is.
    pub fn control(&self, method: &str, path: &str, body: &Json) -> Json {
        let segments: Vec<&str> = path.split('/').collect();
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = control::answer(&mut world, method, &segments, body);
        assert!(answer.code == 200, "{method} {path}: {}", answer.body);
        answer.body
    }
}

impl Server {
    /// Asks it as an app of the account would, without HTTP and beside all limits.
    ///
    /// # Panics
    /// When it refuses: it is the test that is wrong.
    pub fn ask(&self, method: &str, path: &str, body: &Json) -> Json {
        let request = Request::new(method, path, None, "application/json", body.to_string().as_bytes());
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = route::unlimited(&mut world, &request);
        assert!(answer.code < 300, "{method} {path}: {}", answer.body);
        answer.body
    }
}

async fn serve(listener: TcpListener, router: Router, ended: Receiver<()>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    tokio::select! {
        served = axum::serve(listener, router) => served,
        _ = ended => Ok(()),
    }
}

async fn answer(
    State(world): State<Arc<Mutex<World>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let token = text("authorization").and_then(|value| value.strip_prefix("Bearer ")).map(str::to_owned);
    let content_type = text("content-type").unwrap_or_default();
    let request = Request::new(method.as_str(), &uri.to_string(), token, content_type, &body);
    let answer = {
        let mut world = world.lock().unwrap_or_else(PoisonError::into_inner);
        route::answer(&mut world, &request)
    };
    match answer.fate {
        Fate::Silent => std::future::pending().await,
        Fate::Late(ms) => tokio::time::sleep(Duration::from_millis(ms)).await,
        Fate::Whole | Fate::Lost => {}
    }
    response(&answer)
}

fn response(answer: &Answer) -> Response<Body> {
    let mut response = Response::builder().status(answer.code).header("content-type", "application/json;charset=utf-8");
    for (name, value) in &answer.headers {
        response = response.header(*name, value);
    }
    let body = match answer.fate {
        Fate::Lost => {
            let broken = Err::<Bytes, io::Error>(io::ErrorKind::ConnectionReset.into());
            Body::from_stream(futures_util::stream::once(async { broken }))
        }
        _ if answer.code == 204 => Body::empty(),
        _ => Body::from(answer.body.to_string()),
    };
    response.body(body).unwrap_or_default()
}
