//! One connection: its requests go through the router, its time is watched.

use super::activity::{Activity, Request, Verdict};
use super::connection_limiter::ConnectionPermit;
use super::timed_io::TimedIo;
use crate::config::Http;
use crate::metrics_catalogue::Cut;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::header::TRANSFER_ENCODING;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::net::TcpStream;
use tower::ServiceExt;

/// The largest head of an HTTP/1 request, in bytes.
const MAX_HEAD: usize = 64 * 1024;
/// The most header fields of an HTTP/1 request.
const MAX_HEADERS: usize = 100;
/// The most that the header fields of an HTTP/2 request may hold, in bytes.
const MAX_HEADER_LIST: u32 = 16 * 1024;
/// Requests at once on one HTTP/2 connection.
const MAX_STREAMS: u32 = 100;
/// Streams that a client may begin and take back before it is cut (rapid reset).
const MAX_RESETS: usize = 20;

/// The mark of a request that gives the length of its body in two ways. hyper ends its connection after the answer.
#[derive(Clone, Copy)]
pub(crate) struct TwoLengths;

/// The rules of every connection.
pub(super) struct Rules {
    pub(super) router: Router,
    pub(super) limits: Http,
    builder: Builder<TokioExecutor>,
}

impl Rules {
    pub(super) fn new(router: Router, limits: Http) -> Rules {
        let mut builder = Builder::new(TokioExecutor::new());
        let mut http1 = builder.http1();
        http1.timer(TokioTimer::new()).max_buf_size(MAX_HEAD).max_headers(MAX_HEADERS);
        // `Activity` cuts slow heads; this is for heads that began while another request was being answered.
        http1.header_read_timeout(limits.idle_timeout_ms.duration().max(limits.header_timeout_ms.duration()));
        let mut http2 = builder.http2();
        http2.timer(TokioTimer::new()).max_header_list_size(MAX_HEADER_LIST).max_concurrent_streams(MAX_STREAMS);
        http2.max_pending_accept_reset_streams(MAX_RESETS).max_local_error_reset_streams(MAX_RESETS);
        http2.keep_alive_interval(limits.ping_interval_ms.duration());
        http2.keep_alive_timeout(limits.header_timeout_ms.duration());
        Rules { router, limits, builder }
    }
}

/// Serves one connection to its end.
pub(super) async fn serve(stream: TcpStream, peer: SocketAddr, seat: ConnectionPermit, rules: Arc<Rules>) {
    let mut stopping = seat.stopping.clone();
    let activity = Activity::new();
    let line = TimedIo::new(stream, activity.clone(), &rules.limits);
    let answer = service_fn(|mut request: axum::http::Request<Incoming>| {
        let begun = activity.begin(request.version());
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(seat.clone());
        if request.headers().contains_key(TRANSFER_ENCODING) && activity.is_ambiguous() {
            request.extensions_mut().insert(TwoLengths);
        }
        let answered = rules.router.clone().oneshot(request.map(Body::new));
        async move { answered.await.map(|response| lasting(response, begun)) }
    });
    let mut connection = pin!(rules.builder.serve_connection_with_upgrades(TokioIo::new(line), answer));
    let mut is_closing = false;
    let mut look_again = match activity.judge(&rules.limits) {
        Verdict::Until(instant) => pin!(tokio::time::sleep_until(instant)),
        Verdict::Cut | Verdict::Close => return,
    };
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                // Other clients that break off are no news.
                if ended.is_err_and(|error| is_slow_reader(&*error)) {
                    Cut::SlowReader.count();
                }
                return;
            }
            _ = stopping.changed(), if !is_closing => {
                is_closing = true;
                connection.as_mut().graceful_shutdown();
            }
            () = look_again.as_mut() => match activity.judge(&rules.limits) {
                Verdict::Until(instant) => look_again.as_mut().reset(instant),
                Verdict::Cut => {
                    Cut::SlowHead.count();
                    return;
                }
                Verdict::Close if is_closing => return,
                Verdict::Close => {
                    is_closing = true;
                    connection.as_mut().graceful_shutdown();
                    look_again.as_mut().reset(tokio::time::Instant::now() + rules.limits.header_timeout_ms.duration());
                }
            },
        }
    }
}

/// Whether a connection ended because its client took nothing of an answer for too long.
fn is_slow_reader(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut) {
            return true;
        }
        next = error.source();
    }
    false
}

/// An answer whose request lasts until its body is sent.
fn lasting(response: Response, request: Request) -> Response {
    response.map(|body| Body::new(Lasting { body, _request: request }))
}

struct Lasting {
    body: Body,
    _request: Request,
}

impl http_body::Body for Lasting {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
