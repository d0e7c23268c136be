//! Webhook receiver: an HTTP server of a test's own.

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
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub text: String,
}

impl Heard {
    /// A header; it must be there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).expect("the header").to_str().expect("text")
    }

    /// Its body as JSON.
    pub fn body(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }
}

/// The response.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A status code.
    Code(u16),
    /// With a header.
    With(u16, &'static str, String),
    /// With headers and a body.
    Full(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// No response.
    Silence,
}

type Answers = dyn Fn(&Heard, usize) -> Answer + Send + Sync;

/// A server that hears.
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
    /// Answers by the request and by how many there were before.
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

    /// The address of a path.
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

    /// All that was heard.
    pub fn all(&self) -> Vec<Heard> {
        self.lock().clone()
    }

    /// Waits until it has heard what is looked for.
    pub fn until(&self, is_there: impl Fn(&[Heard]) -> bool) -> Vec<Heard> {
        let waited = self.heard.1.wait_timeout_while(self.lock(), DEADLINE, |heard| !is_there(heard));
        let (heard, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        assert!(!timeout.timed_out(), "only {heard:#?}");
        heard.clone()
    }

    /// Waits until it has heard so many.
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
