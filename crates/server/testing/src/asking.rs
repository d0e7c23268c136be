//! Requests to a server.

use crate::{JSON, ORIGIN, Reply, TestServer, eventually};
use serde_json::{Value, json};

impl TestServer {
    /// Returns the response, which must come.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Reply {
        self.request(method, path, headers, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// Returns the response; none if the server is gone or the response is incomplete.
    pub fn try_send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Option<Reply> {
        self.request(method, path, headers, body).ok()
    }

    fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Result<Reply, ureq::Error> {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.unwrap_or_default().to_vec()).expect("a request");
        let mut response = self.agent.run(request)?;
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
        let headers = headers.collect();
        let bytes = response.body_mut().with_config().limit(u64::MAX).read_to_vec()?;
        let body = serde_json::from_slice(&bytes);
        let body = body.unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        Ok(Reply { code: response.status().as_u16(), headers, body })
    }

    /// Sends a GET with an API key.
    pub fn get(&self, path: &str, key: &str) -> Reply {
        self.send("GET", path, &[("authorization", &format!("Bearer {key}"))], None)
    }

    /// Sends a request with any method, an API key and JSON.
    pub fn ask(&self, method: &str, path: &str, key: &str, body: &Value) -> Reply {
        let bearer = format!("Bearer {key}");
        self.send(method, path, &[JSON, ("authorization", &bearer)], Some(body.to_string().as_bytes()))
    }

    /// Posts JSON like a browser, from an origin that the demo site accepts.
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, &[JSON, ("origin", ORIGIN)], Some(body.to_string().as_bytes()))
    }

    /// Posts a batch, from an origin that the demo site accepts.
    pub fn post_signals(&self, batch: &Value) -> Reply {
        self.post("/v1/signals", batch)
    }

    /// Sets the test clock; when this returns, all due timers have fired.
    pub fn set_clock(&self, change: &Value) -> Reply {
        self.send("POST", "/test/clock", &[JSON], Some(change.to_string().as_bytes()))
    }

    /// Advances the test clock; returns its new instant, in milliseconds since 1970.
    pub fn advance(&self, ms: i64) -> i64 {
        let reply = self.set_clock(&json!({"advance_ms": ms}));
        reply.body["now_ms"].as_i64().unwrap_or_else(|| panic!("no instant: {}", reply.body))
    }

    /// Returns the instant of the test clock, in milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.advance(0)
    }

    /// Returns a value of `/metrics`, by its name and labels.
    pub fn metric(&self, name: &str) -> f64 {
        let metrics = self.send("GET", "/metrics", &[], None).body;
        let mut lines = metrics.as_str().into_iter().flat_map(str::lines);
        let number = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok());
        number.unwrap_or_else(|| panic!("no {name}: {metrics}"))
    }

    /// Returns the number of deferred signals.
    pub fn backlog(&self) -> u64 {
        self.metric("knock_backlog_signals") as u64
    }

    /// Waits until no deferred signals are left.
    pub fn has_caught_up(&self) {
        eventually("all signals are summed up", || self.backlog() == 0);
    }
}
