//! Taking connections in, and ending them all when the server is asked to stop.

use super::connection::{Rules, serve};
use super::connection_limiter::ConnectionLimiter;
use crate::config::Http;
use axum::Router;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio_util::task::TaskTracker;

/// The delay after the first failure to accept; doubled up to `LONGEST_PAUSE`.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Connections that may wait in the system's queue until there is a seat.
const QUEUE: u32 = 1_024;

/// Takes hold of `host:port`.
///
/// # Errors
/// When no address of that name can be listened on.
pub(crate) async fn listen(address: &str) -> io::Result<TcpListener> {
    let mut failed = io::Error::new(io::ErrorKind::InvalidInput, "there is no such address");
    for address in tokio::net::lookup_host(address).await? {
        match listen_on(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

fn listen_on(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // What is left of the server before does not keep the next one out.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(QUEUE)
}

/// A server's open door.
pub(crate) struct Listening {
    pub(crate) listener: TcpListener,
    pub(crate) router: Router,
    pub(crate) limits: Http,
    /// Turns when the server is asked to stop.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Listening {
    /// Serves until the server is asked to stop; then no more come in, and what was begun has a while to end.
    pub(crate) async fn run(self) {
        let tracker = TaskTracker::new();
        let seats = ConnectionLimiter::new(&self.limits, tracker.clone(), self.stopping.clone());
        let drain = self.limits.drain_timeout_ms.duration();
        let rules = Arc::new(Rules::new(self.router, self.limits));
        let mut stopped = self.stopping;
        tokio::select! {
            () = accept_all(self.listener, &seats, &rules, &tracker) => {}
            _ = stopped.changed() => {}
        }
        tracker.close();
        if tokio::time::timeout(drain, tracker.wait()).await.is_err() {
            tracing::warn!(left = tracker.len(), "connections that did not end in time are cut");
        }
    }
}

async fn accept_all(listener: TcpListener, seats: &ConnectionLimiter, rules: &Arc<Rules>, tracker: &TaskTracker) {
    let mut pause = FIRST_PAUSE;
    // Without a free seat no connection is accepted: clients wait in the backlog of the system, which costs nothing.
    while let Some(permit) = seats.free().await {
        match listener.accept().await {
            Ok((stream, peer)) => {
                pause = FIRST_PAUSE;
                if let Some(seat) = seats.take(permit, peer.ip()) {
                    // Answers are written whole: waiting for more would only delay them.
                    drop(stream.set_nodelay(true));
                    tracker.spawn(serve(stream, peer, seat, Arc::clone(rules)));
                } else {
                    metrics::counter!("knock_connections_refused_total").increment(1);
                }
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection can be accepted; trying again");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

/// Whether only that one connection failed; else the system has no files or memory left for another.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}
