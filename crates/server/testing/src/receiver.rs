//! A receiver of webhooks: an HTTP server for one test.

use crate::wait::DEADLINE;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use serde_json::Value;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// A request.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The path of the request.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Heard {
    /// Returns a header, which must exist.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).expect("the header").to_str().expect("text")
    }

    /// Returns the body as JSON.
    pub fn body(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }
}

/// The response.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A status code.
    Code(u16),
    /// A status code and a header.
    With(u16, &'static str, String),
    /// A status code, headers and a body.
    Full(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// No response.
    Silence,
}

type Answers = dyn Fn(&Heard, usize) -> Answer + Send + Sync;

/// A running server, with the requests received.
pub struct Receiver {
    address: std::net::SocketAddr,
    heard: Arc<(Mutex<Vec<Heard>>, Condvar)>,
    _runtime: tokio::runtime::Runtime,
}

#[derive(Clone)]
struct Ears {
    heard: Arc<(Mutex<Vec<Heard>>, Condvar)>,
    answers: Arc<Answers>,
}

impl Receiver {
    /// Starts a server that answers by the request and the number of earlier ones.
    pub fn start(answers: impl Fn(&Heard, usize) -> Answer + Send + Sync + 'static) -> Receiver {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("one");
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a place");
        let address = listener.local_addr().expect("an address");
        let heard = Arc::<(Mutex<Vec<Heard>>, Condvar)>::default();
        let ears = Ears { heard: Arc::clone(&heard), answers: Arc::new(answers) };
        let router = Router::new().fallback(hear).with_state(ears);
        drop(runtime.spawn(async move { axum::serve(listener, router).await }));
        Receiver { address, heard, _runtime: runtime }
    }

    /// Returns the address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Heard>> {
        self.heard.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns all received requests.
    pub fn all(&self) -> Vec<Heard> {
        self.lock().clone()
    }

    /// Waits until the received requests meet a condition.
    pub fn until(&self, is_there: impl Fn(&[Heard]) -> bool) -> Vec<Heard> {
        let waited = self.heard.1.wait_timeout_while(self.lock(), DEADLINE, |heard| !is_there(heard));
        let (heard, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        assert!(!timeout.timed_out(), "only {heard:#?}");
        heard.clone()
    }

    /// Waits until this number of requests was received.
    pub fn count(&self, count: usize) -> Vec<Heard> {
        self.until(|heard| heard.len() >= count)
    }
}

async fn hear(State(ears): State<Ears>, uri: Uri, headers: HeaderMap, body: Bytes) -> (StatusCode, HeaderMap, Vec<u8>) {
    let heard = Heard { path: uri.path().to_owned(), headers, text: String::from_utf8_lossy(&body).into_owned() };
    let answer = {
        let mut all = ears.heard.0.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = (ears.answers)(&heard, all.len());
        all.push(heard);
        answer
    };
    ears.heard.1.notify_all();
    let code = |code| StatusCode::from_u16(code).expect("a code");
    match answer {
        Answer::Code(number) => (code(number), HeaderMap::new(), Vec::new()),
        Answer::With(number, name, value) => {
            let headers = [(HeaderName::from_static(name), value.parse().expect("a value"))];
            (code(number), headers.into_iter().collect(), Vec::new())
        }
        Answer::Full(number, headers, body) => {
            let headers = headers.into_iter();
            let headers = headers.map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a value")));
            (code(number), headers.collect(), body)
        }
        Answer::Silence => std::future::pending().await,
    }
}
