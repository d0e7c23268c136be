//! Every request: one line in the log, a count and its time. Nothing of what was asked but the route's template.

use super::problem::ProblemKind;
use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use std::time::Duration;
use tokio::time::Instant;
use tracing::{Instrument, Span};

/// The route of what is no route.
const NONE: &str = "none";

/// Answers a request, and tells what came of it.
pub(super) async fn watch(request: Request, next: Next) -> Response {
    let method = method(request.method());
    let path = request.extensions().get::<MatchedPath>().cloned();
    let route = path.as_ref().map_or(NONE, MatchedPath::as_str);
    // As loud as a warning, so that warnings say where they come from.
    let span = tracing::warn_span!("request", method, route);
    let begun = Instant::now();
    let response = next.run(request).instrument(span.clone()).await;
    let took = begun.elapsed();
    log(&span, &response, took);
    let (route, code) = (route.to_owned(), response.status().as_str().to_owned());
    metrics::histogram!("knock_http_request_duration_seconds", "route" => route.clone()).record(took);
    metrics::counter!("knock_http_requests_total", "method" => method, "route" => route, "code" => code).increment(1);
    response
}

fn log(span: &Span, response: &Response, took: Duration) {
    let _entered = span.enter();
    let problem = response.extensions().get::<ProblemKind>().map(|kind| kind.0.as_str());
    let (status_code, duration_ms) = (response.status().as_u16(), took.as_secs_f64() * 1_000.0);
    // Anybody can bring about 503 by the thousand; what really fails is told where it fails.
    if status_code == 500 {
        tracing::warn!(status_code, duration_ms, problem, "answered");
    } else {
        tracing::info!(status_code, duration_ms, problem, "answered");
    }
}

/// A method by its name; anybody can make up others.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
