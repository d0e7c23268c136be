//! `/metrics`: what is counted as it happens, and what is looked up when somebody asks.

use super::ANSWER;
use super::readiness::readiness;
use crate::http::outcomes;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use knock_engine::Writer;
use knock_model::{Millis, SourceState};
use metrics_process::Collector;
use std::sync::Arc;
use std::time::Duration;

/// Sessions that began so long ago no longer tell of missing signals.
const WATCHED: Millis = Millis::DAY;
/// The interval at which recorded samples are aggregated: without scrapes they would accumulate.
const ADD_UP: Duration = Duration::from_secs(5);

const TEXT: (header::HeaderName, &str) = (header::CONTENT_TYPE, "text/plain; version=0.0.4");

/// Counters, gauges and histograms in the text format of Prometheus. Not here where `metrics.listen` names a listener of
/// its own.
#[utoipa::path(get, path = "/metrics", tag = "operations", responses(
    (status = 200, description = "Counters, gauges and histograms", body = String),
    (status = 404, description = "Refused: admin commands have a socket of their own"),
))]
pub(super) async fn metrics(State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    if state.has_metrics_listener {
        return Err(Problem::not_found());
    }
    let mut text = scraped(&state).await;
    // Anybody can read this: sites stand there by their numbers, not by their keys.
    for site in state.sites.all().iter() {
        text = text.replace(&format!("site=\"{}\"", site.key), &format!("site=\"{}\"", site.id.0));
    }
    Ok(([TEXT], text))
}

/// The same for the listener of its own, with the keys of sites.
pub(super) async fn metrics_with_keys(State(state): State<AppState>) -> impl IntoResponse {
    ([TEXT], scraped(&state).await)
}

async fn scraped(state: &AppState) -> String {
    // The counters matter most when the store fails or hangs, so they do not wait for it; the log reports the failure.
    let looked_up = async {
        let (gaps, outbox, sources) = (tell_gaps(state), tell_outbox(state), tell_sources(state));
        tokio::join!(gaps, outbox, sources, tell_steps(state), tell_room(state))
    };
    state.sites.all().iter().for_each(|site| outcomes::begin_site(site));
    let (ready, _) = tokio::join!(readiness(state), tokio::time::timeout(ANSWER, looked_up));
    metrics::gauge!("knock_ready").set(f64::from(u8::from(ready.is_ok())));
    metrics::gauge!("knock_writer_queue_commands").set(state.core.writer.waiting() as f64);
    metrics::gauge!("knock_writer_queue_capacity_commands").set(Writer::CAPACITY as f64);
    metrics::gauge!("knock_backlog_signals").set(state.core.writer.backlog() as f64);
    metrics::gauge!("knock_bodies_bytes").set(state.body_memory.held() as f64);
    Collector::default().collect();
    state.metrics.render()
}

/// Records the missing signals of each site.
async fn tell_gaps(state: &AppState) {
    let since = state.core.clock.now() - WATCHED;
    let Ok(gaps) = read(Arc::clone(&state.core.store), move |view| view.gaps(since)).await else { return };
    for site in state.sites.all().iter() {
        let gaps = gaps.iter().find(|gaps| gaps.site == site.id);
        let (numbered, missing) = gaps.map_or((0, 0), |gaps| (gaps.numbered, gaps.missing));
        metrics::gauge!("knock_signals_numbered", "site" => site.key.clone()).set(numbered as f64);
        metrics::gauge!("knock_signals_missing", "site" => site.key.clone()).set(missing as f64);
    }
}

/// Records the deliveries in the outbox, by the kind of destination.
async fn tell_outbox(state: &AppState) {
    let Ok(totals) = read(Arc::clone(&state.core.store), |view| view.outbox_totals()).await else { return };
    for (kind, counts) in totals {
        metrics::gauge!("knock_outbox_waiting", "destination" => kind.as_str()).set(counts.waiting as f64);
        metrics::gauge!("knock_outbox_parked", "destination" => kind.as_str()).set(counts.parked as f64);
    }
    let health = Arc::clone(&state.outbox);
    // Gauges that cannot be measured now stay as they were.
    drop(tokio::task::spawn_blocking(move || health.measure()).await);
}

/// Records the states of the sources of knowledge.
async fn tell_sources(state: &AppState) {
    let Ok(totals) = read(Arc::clone(&state.core.store), |view| view.source_totals()).await else { return };
    for source_state in SourceState::ALL {
        let count = totals.iter().find(|(known, _)| known == source_state).map_or(0, |(_, count)| *count);
        metrics::gauge!("knock_knowledge_sources", "state" => source_state.as_str()).set(count as f64);
    }
}

/// Records how late the steps of workflows are.
async fn tell_steps(state: &AppState) {
    let now = state.core.clock.now();
    let Ok(oldest) = read(Arc::clone(&state.core.store), |view| view.oldest_due_step()).await else { return };
    let overdue = oldest.map_or(0.0, |due| (now - due).0.max(0) as f64 / 1_000.0);
    metrics::gauge!("knock_workflow_overdue_seconds").set(overdue);
}

/// Records the size of the database.
async fn tell_room(state: &AppState) {
    let store = Arc::clone(&state.core.store);
    let Ok(Ok(footprint)) = tokio::task::spawn_blocking(move || store.footprint()).await else { return };
    metrics::gauge!("knock_database_bytes", "part" => "data").set(footprint.data as f64);
    if let Some(log) = footprint.log {
        metrics::gauge!("knock_database_bytes", "part" => "log").set(log as f64);
    }
}

/// Adds up what was measured, until the server ends.
pub(crate) async fn add_up(metrics: metrics_exporter_prometheus::PrometheusHandle) {
    loop {
        tokio::time::sleep(ADD_UP).await;
        metrics.run_upkeep();
    }
}
