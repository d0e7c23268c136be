//! What those who run the server ask it.

use super::problem::Problem;
use super::reading::read;
use super::state::AppState;
use crate::data_dir::Room;
use crate::shares::Shares;
use crate::sites::SiteDirectory;
use anyhow::Context;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use knock_engine::Writer;
use knock_model::Millis;
use knock_ports::{Clock, Store};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::Arc;
use std::time::Duration;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Visits that began so long ago no longer tell of missing signals.
const WATCHED: Millis = Millis::DAY;

/// How long the store may take to answer.
const ANSWER: Duration = Duration::from_secs(2);

/// Starts counting.
pub(crate) fn start_metrics() -> anyhow::Result<PrometheusHandle> {
    PrometheusBuilder::new().install_recorder().context("starting the metrics")
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(healthz)).routes(routes!(readyz)).routes(routes!(metrics))
}

/// Whether the process is alive.
#[utoipa::path(get, path = "/healthz", tag = "operations", responses((status = 200, description = "It is", body = String)))]
async fn healthz() -> &'static str {
    "ok"
}

/// Whether the server can do its work.
#[utoipa::path(get, path = "/readyz", tag = "operations", responses(
    (status = 200, description = "It can: `ready`, or `degraded` and why", body = String),
    (status = 503, description = "It cannot; `detail` says why", body = knock_wire::Problem, content_type = "application/problem+json"),
))]
async fn readyz(
    State(store): State<Arc<dyn Store>>,
    State(shares): State<Arc<Shares>>,
    State(room): State<Arc<Room>>,
) -> Result<&'static str, Problem> {
    let answered = tokio::time::timeout(ANSWER, read(Arc::clone(&store), |view| view.next_due())).await;
    match answered {
        Ok(Ok(_)) => {}
        Ok(Err(_)) => return Err(Problem::unavailable("The store fails; the log says why", 5)),
        Err(_) => return Err(Problem::unavailable("The store does not answer", 5)),
    }
    if room.is_full() {
        return Err(Problem::unavailable("The disk is full", 30));
    }
    let ready = tokio::task::spawn_blocking(move || store.ready()).await;
    ready.map_err(|_| Problem::internal())??;
    Ok(if shares.is_filling() { "degraded: the queue is filling" } else { "ready" })
}

/// Counters and gauges in the text format of Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "operations", responses((status = 200, description = "Counters and gauges", body = String)))]
async fn metrics(
    State(metrics): State<PrometheusHandle>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    State(sites): State<Arc<SiteDirectory>>,
    State(writer): State<Writer>,
) -> impl IntoResponse {
    metrics::gauge!("knock_backlog_signals").set(writer.backlog() as f64);
    let since = clock.now() - WATCHED;
    // Whoever asks wants the counters all the more when the store fails; the log says that it did.
    if let Ok(gaps) = read(store, move |view| view.gaps(since)).await {
        for site in sites.all().iter() {
            let gaps = gaps.iter().find(|gaps| gaps.site == site.id);
            let (numbered, missing) = gaps.map_or((0, 0), |gaps| (gaps.numbered, gaps.missing));
            metrics::gauge!("knock_signals_numbered", "site" => site.key.clone()).set(numbered as f64);
            metrics::gauge!("knock_signals_missing", "site" => site.key.clone()).set(missing as f64);
        }
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], metrics.render())
}
