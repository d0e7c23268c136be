//! The server: in a process of its own, or in that of a test.

use crate::api::{self, form};
use crate::control;
use crate::events;
use crate::world::World;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{any, get, post};
use serde_json::{Value, json};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};

/// The timeout of every wait of a test.
const DEADLINE: Duration = Duration::from_secs(30);
/// The largest file.
const FILE_LIMIT: usize = 64 << 20;

/// The state that all handlers share.
pub(crate) struct Shared {
    world: Mutex<World>,
    something: Condvar,
    wake: Notify,
}

impl Shared {
    fn new(world: World) -> Arc<Shared> {
        Arc::new(Shared { world: Mutex::new(world), something: Condvar::new(), wake: Notify::new() })
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes who waits for something, and who posts.
    pub(crate) fn changed(&self) {
        self.something.notify_all();
        self.wake.notify_one();
    }

    pub(crate) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Waits until there is what is looked for; what was there last when it does not come.
    pub(crate) fn until<T>(&self, mut look: impl FnMut(&World) -> Option<T>, wait: Duration) -> Result<T, Value> {
        let mut found = None;
        let is_missing = |world: &mut World| {
            found = look(world);
            found.is_none()
        };
        let (world, _) =
            self.something.wait_timeout_while(self.lock(), wait, is_missing).unwrap_or_else(PoisonError::into_inner);
        let shown = found.is_none().then(|| world.shown());
        drop(world);
        found.ok_or_else(|| shown.unwrap_or_default())
    }
}

/// Serves until it fails.
///
/// # Errors
/// When the listener does.
pub async fn serve(listener: TcpListener) -> std::io::Result<()> {
    let world = World::new(format!("http://{}", listener.local_addr()?));
    run(listener, Shared::new(world)).await
}

async fn run(listener: TcpListener, shared: Arc<Shared>) -> std::io::Result<()> {
    let router = router(Arc::clone(&shared));
    tokio::select! {
        ended = async { axum::serve(listener, router).await } => ended,
        () = events::work(shared) => Ok(()),
    }
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/api/{method}", any(called))
        .route("/oauth/v2/authorize", get(asked).post(decided))
        .route("/upload/v1/{id}", post(uploaded))
        .route("/files-pri/{*path}", get(downloaded))
        .route("/responses/{id}", post(responded))
        .route("/_control/{*path}", any(controlled))
        .layer(DefaultBodyLimit::max(FILE_LIMIT))
        .with_state(shared)
}

type Here = State<Arc<Shared>>;

async fn called(
    State(shared): Here,
    Path(method): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    api::answer(&shared, &method, &headers, &query.unwrap_or_default(), &body).await
}

async fn asked(RawQuery(query): RawQuery) -> Response {
    match api::page(&form(query.unwrap_or_default().as_bytes())) {
        Ok(page) => Html(page).into_response(),
        Err(why) => (StatusCode::BAD_REQUEST, why).into_response(),
    }
}

async fn decided(State(shared): Here, body: Bytes) -> Response {
    match api::decide(&mut shared.lock(), &form(&body)) {
        Some(back) => Redirect::to(back.as_str()).into_response(),
        None => (StatusCode::BAD_REQUEST, "redirect_uri did not match any configured URIs").into_response(),
    }
}

/// Takes the content as it is, or as the file of a form.
async fn uploaded(State(shared): Here, Path(id): Path<String>, request: Request) -> Response {
    let content_type = request.headers().get("content-type").and_then(|value| value.to_str().ok());
    let is_form = content_type.is_some_and(|value| value.starts_with("multipart/form-data"));
    let content = if is_form { of_form(request).await } else { Bytes::from_request(request, &()).await.ok() };
    let Some(content) = content else { return StatusCode::BAD_REQUEST.into_response() };
    match api::receive(&mut shared.lock(), &id, &content) {
        Ok(said) => said.into_response(),
        Err(status) => StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST).into_response(),
    }
}

async fn of_form(request: Request) -> Option<Bytes> {
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    while let Some(field) = form.next_field().await.ok()? {
        if field.file_name().is_some() {
            return field.bytes().await.ok();
        }
    }
    None
}

async fn downloaded(State(shared): Here, Path(path): Path<String>, headers: HeaderMap) -> Response {
    let bearer = headers.get("authorization").and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
    match api::download(&shared.lock(), &path, bearer) {
        Ok((mimetype, content)) => ([(HeaderName::from_static("content-type"), mimetype)], content).into_response(),
        Err(302) => (StatusCode::FOUND, [("location", "/signin")]).into_response(),
        Err(status) => StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND).into_response(),
    }
}

async fn responded(State(shared): Here, Path(id): Path<String>, body: Bytes) -> Response {
    let said: Value = serde_json::from_slice(&body).unwrap_or_default();
    let answer = control::responded(&mut shared.lock(), &id, &said);
    shared.changed();
    match answer {
        Ok(()) => "ok".into_response(),
        Err((status, why)) => (StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND), why).into_response(),
    }
}

async fn controlled(
    State(shared): Here,
    method: Method,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let given = match body.is_empty() {
        true => Ok(Value::Object(form(query.unwrap_or_default().as_bytes()))),
        false => serde_json::from_slice(&body),
    };
    let Ok(given) = given else { return (StatusCode::BAD_REQUEST, "no JSON").into_response() };
    let done = tokio::task::spawn_blocking(move || control::act(&shared, method.as_str(), &path, &given)).await;
    match done {
        Ok(Ok(shown)) => axum::Json(shown).into_response(),
        Ok(Err(why)) => (StatusCode::BAD_REQUEST, axum::Json(json!({ "error": why }))).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A server in the process of a test. It ends when it is dropped.
pub struct Slack {
    shared: Arc<Shared>,
    origin: String,
    _stop: oneshot::Sender<()>,
}

impl Slack {
    /// One with the workspace as it begins ([`crate::seed`]), on a thread of its own.
    pub fn start() -> Slack {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a listener of tokio's");
        let world = World::new(format!("http://{}", listener.local_addr().expect("an address")));
        let origin = world.origin.clone();
        let shared = Shared::new(world);
        let (stop, stopped) = oneshot::channel::<()>();
        let here = Arc::clone(&shared);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
            let runtime = runtime.expect("a runtime");
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).expect("a listener");
                tokio::select! {
                    ended = run(listener, here) => ended.expect("it serves"),
                    _ = stopped => {}
                }
            });
            // Who still waits for an answer gets none.
            runtime.shutdown_background();
        });
        Slack { shared, origin, _stop: stop }
    }

    /// The address of the Web API, in the form of `slack.api_url`.
    pub fn api_url(&self) -> String {
        format!("{}/api/", self.origin)
    }

    /// The address, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Posts go to a server at this address, at `/hooks/slack/events` and so on.
    pub fn tell(&self, server: &str) {
        self.control("PUT", "addresses", &json!({ "server": server }));
    }

    /// Does what `/_control/...` does (`README.md`); the test fails when that is refused.
    pub fn control(&self, method: &str, path: &str, given: &Value) -> Value {
        let done = control::act(&self.shared, method, path, given);
        done.unwrap_or_else(|why| panic!("{method} {path} {given}: {why}"))
    }

    /// A user writes; the time stamp of the message.
    pub fn write(&self, user: &str, channel: &str, thread: Option<&str>, text: &str) -> String {
        let given = json!({ "user": user, "channel": channel, "thread": thread, "text": text });
        self.control("POST", "write", &given)["ts"].as_str().expect("a time stamp").to_owned()
    }

    /// A user presses a button of a message, by its `action_id`; what was answered: `status` and `body`.
    pub fn press(&self, user: &str, channel: &str, ts: &str, action: &str) -> Value {
        self.control("POST", "press", &json!({ "user": user, "channel": channel, "ts": ts, "action_id": action }))
    }

    /// All messages, in the order in which they were written, each with `channel`, `metadata`, `seen` and `notified`.
    pub fn messages(&self) -> Vec<Value> {
        self.shared.lock().shown()["messages"].as_array().cloned().unwrap_or_default()
    }

    /// All that there is.
    pub fn state(&self) -> Value {
        self.shared.lock().shown()
    }

    /// Calls of a method so far, each with `arguments`, `ok` and `error`.
    pub fn calls(&self, method: &str) -> Vec<Value> {
        self.shared.lock().calls.iter().filter(|call| call["method"] == method).cloned().collect()
    }

    /// Waits until `look` finds something in all that there is; the test fails when it does not.
    pub fn until<T>(&self, mut look: impl FnMut(&Value) -> Option<T>) -> T {
        let found = self.shared.until(|world| look(&world.shown()), DEADLINE);
        found.unwrap_or_else(|shown| panic!("it did not happen: {shown:#}"))
    }

    /// Waits for a message; the first one that `is_wanted`.
    pub fn message(&self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        self.until(|state| state["messages"].as_array()?.iter().find(|message| is_wanted(message)).cloned())
    }
}
