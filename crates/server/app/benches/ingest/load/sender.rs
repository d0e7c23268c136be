//! One connection: a batch, its answer, the next batch.

use super::Load;
use super::report::Report;
use super::visitors::Crowd;
use anyhow::Context;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use knock_testing::{now, stopwatch};
use knock_wire::SignalsReply;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::task::AbortHandle;

/// A connection and what it has seen so far.
pub(super) struct Sender {
    requests: SendRequest<Full<Bytes>>,
    connection: AbortHandle,
    crowd: Arc<Crowd>,
    next: Arc<AtomicU64>,
    host: String,
    path: String,
    origin: String,
    pause: Option<Duration>,
    /// The delay of its start, so that senders do not all send at once.
    delay: Duration,
    report: Report,
}

impl Sender {
    /// Connects to the server.
    pub(super) async fn connect(
        load: &Load,
        crowd: Arc<Crowd>,
        next: Arc<AtomicU64>,
        place: u32,
    ) -> anyhow::Result<Sender> {
        let host = load.server.host_str().context("the server's address names no host")?.to_owned();
        let port = load.server.port_or_known_default().context("the server's address has no port")?;
        let stream = TcpStream::connect((host.as_str(), port)).await.with_context(|| format!("{host}:{port}"))?;
        stream.set_nodelay(true)?;
        let (requests, connection) = handshake(TokioIo::new(stream)).await?;
        let pause = load.pause(crowd.batch);
        Ok(Sender {
            requests,
            connection: hold(connection),
            crowd,
            next,
            host: format!("{host}:{port}"),
            path: load.path.clone(),
            origin: load.origin.clone(),
            pause,
            delay: pause.map(|pause| pause * place / load.connections.max(1)).unwrap_or_default(),
            report: Report::default(),
        })
    }

    /// Sends until the end. With a rate, a batch's time begins when it should have been sent, not when it could be.
    pub(super) async fn run(mut self, start: Instant, end: Instant) -> anyhow::Result<Report> {
        let mut due = start + self.delay;
        loop {
            let begun = match self.pause {
                None => stopwatch(),
                Some(pause) => {
                    tokio::time::sleep_until(due.into()).await;
                    let begun = due;
                    due += pause;
                    begun
                }
            };
            if begun >= end {
                break;
            }
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let body = self.crowd.body(number, now());
            self.send(body, self.crowd.browser(number), begun).await?;
        }
        self.connection.abort();
        Ok(self.report)
    }

    async fn send(&mut self, body: String, (agent, language): (&str, &str), begun: Instant) -> anyhow::Result<()> {
        let request = Request::post(&self.path)
            .header(header::HOST, &self.host)
            .header(header::ORIGIN, &self.origin)
            .header(header::USER_AGENT, agent)
            .header(header::ACCEPT_LANGUAGE, language)
            .header(header::CONTENT_TYPE, "text/plain")
            .body(Full::new(Bytes::from(body)))?;
        self.requests.ready().await?;
        let reply = self.requests.send_request(request).await.context("the server closed the connection")?;
        let status = reply.status();
        let text = reply.into_body().collect().await?.to_bytes();
        self.report.note(status.as_u16(), begun.elapsed());
        if status.is_success()
            && let Ok(reply) = serde_json::from_slice::<SignalsReply>(&text)
        {
            self.report.count(&reply);
        }
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "the connection's task ends with its sender")]
fn hold(connection: impl Future<Output = hyper::Result<()>> + Send + 'static) -> AbortHandle {
    tokio::spawn(connection).abort_handle()
}
