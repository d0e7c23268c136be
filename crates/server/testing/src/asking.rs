//! Requests to a server.

use crate::{JSON, ORIGIN, Reply, TestServer, eventually};
use serde_json::{Value, json};

impl TestServer {
    /// An answer; it must come.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Reply {
        self.request(method, path, headers, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// An answer, or none when the server is gone. An answer that breaks off is none.
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

    /// GET with an API key.
    pub fn get(&self, path: &str, key: &str) -> Reply {
        self.send("GET", path, &[("authorization", &format!("Bearer {key}"))], None)
    }

    /// Any method with an API key and JSON.
    pub fn ask(&self, method: &str, path: &str, key: &str, body: &Value) -> Reply {
        let bearer = format!("Bearer {key}");
        self.send(method, path, &[JSON, ("authorization", &bearer)], Some(body.to_string().as_bytes()))
    }

    /// POST of JSON by a browser, from an origin that the demo site accepts.
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, &[JSON, ("origin", ORIGIN)], Some(body.to_string().as_bytes()))
    }

    /// POST of a batch, from an origin that the demo site accepts.
    pub fn post_signals(&self, batch: &Value) -> Reply {
        self.post("/v1/signals", batch)
    }

    /// Moves the steered clock; all that fell due has been done afterwards.
    pub fn set_clock(&self, change: &Value) -> Reply {
        self.send("POST", "/test/clock", &[JSON], Some(change.to_string().as_bytes()))
    }

    /// Moves the steered clock on; where it stands then, in milliseconds since 1970.
    pub fn advance(&self, ms: i64) -> i64 {
        let reply = self.set_clock(&json!({"advance_ms": ms}));
        reply.body["now_ms"].as_i64().unwrap_or_else(|| panic!("no instant: {}", reply.body))
    }

    /// The steered clock, in milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.advance(0)
    }

    /// A number of `/metrics`, by its name and labels.
    pub fn metric(&self, name: &str) -> f64 {
        let metrics = self.send("GET", "/metrics", &[], None).body;
        let mut lines = metrics.as_str().into_iter().flat_map(str::lines);
        let number = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok());
        number.unwrap_or_else(|| panic!("no {name}: {metrics}"))
    }

    /// Signals that are kept and not summed up yet.
    pub fn backlog(&self) -> u64 {
        self.metric("knock_backlog_signals") as u64
    }

    /// Waits until nothing is put off any more.
    pub fn has_caught_up(&self) {
        eventually("all signals are summed up", || self.backlog() == 0);
    }
}
