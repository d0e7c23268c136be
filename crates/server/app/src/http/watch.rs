//! Every request: one line in the log, a count and its time. Nothing of what was asked but the route's template.

use super::problem::ProblemKind;
use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use metrics::{Counter, Histogram};
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};
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
    let tally = Tally::of(method, route, response.status().as_u16());
    tally.time.record(took);
    tally.number.increment(1);
    response
}

/// The counters of requests with the same response.
#[derive(Clone)]
struct Tally {
    number: Counter,
    time: Histogram,
}

/// Method and code, then route: as many as there are of ours, since of others only that they are others is known.
type Tallies = HashMap<(&'static str, u16), HashMap<String, Tally>>;

/// Those that were needed so far: looking one up by its labels costs more than some answers do.
static TALLIES: LazyLock<RwLock<Tallies>> = LazyLock::new(RwLock::default);

impl Tally {
    fn of(method: &'static str, route: &str, code: u16) -> Tally {
        let known = TALLIES.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(tally) = known.get(&(method, code)).and_then(|routes| routes.get(route)) {
            return tally.clone();
        }
        drop(known);
        let named = || route.to_owned();
        let labels = [("method", method.to_owned()), ("route", named()), ("code", code.to_string())];
        let number = metrics::counter!("knock_http_requests_total", &labels);
        let time = metrics::histogram!("knock_http_request_duration_seconds", "route" => named());
        let tally = Tally { number, time };
        let mut tallies = TALLIES.write().unwrap_or_else(PoisonError::into_inner);
        tallies.entry((method, code)).or_default().insert(named(), tally.clone());
        tally
    }
}

fn log(span: &Span, response: &Response, took: Duration) {
    let _entered = span.enter();
    let problem = response.extensions().get::<ProblemKind>().map(|kind| kind.0.as_str());
    let (status_code, duration_ms) = (response.status().as_u16(), took.as_secs_f64() * 1_000.0);
    // Any client can cause thousands of 503; real failures are logged where they occur.
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
