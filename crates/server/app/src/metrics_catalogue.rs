//! The metrics catalogue: the families of `/metrics` with kind, unit and meaning of each. `docs/operations.md` has the same
//! list with when to worry.

use anyhow::Context;
use knock_engine::measures;
use knock_reader::Reader;
use metrics::Unit;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use metrics_process::Collector;

#[derive(Clone, Copy)]
enum Kind {
    Counter,
    Gauge,
    /// With the upper bounds of its buckets.
    Histogram(&'static [f64]),
}

struct Family(&'static str, Kind, Unit, &'static str);

/// Seconds that a commit may take.
const COMMIT: &[f64] = &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// Commands in a commit; 512 are the most.
const GROUP: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];
/// Seconds that an answer may take.
const ANSWER: &[f64] = &[0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0];

use Kind::{Counter, Gauge, Histogram};

/// In the order of `docs/operations.md`.
#[rustfmt::skip]
const FAMILIES: [Family; 48] = [
    Family("knock_build_info", Gauge, Unit::Count, "Always 1; the label is the running version."),
    Family("knock_ready", Gauge, Unit::Count, "1 when the server is ready, 0 when /readyz answers 503."),
    Family("knock_signals_total", Counter, Unit::Count, "Signals of known sites, by outcome."),
    Family("knock_signals_numbered", Gauge, Unit::Count, "Signals numbered by browsers in sessions that began within the last day."),
    Family("knock_signals_missing", Gauge, Unit::Count, "Numbered signals that are not stored."),
    Family("knock_signals_given_up_total", Counter, Unit::Count, "Signals that browsers report as lost."),
    Family("knock_tracker_errors_total", Counter, Unit::Count, "Internal tracker errors reported by browsers."),
    Family("knock_batches_refused_total", Counter, Unit::Count, "Batches refused for an unknown site."),
    Family("knock_unknown_fields_total", Counter, Unit::Count, "Unknown fields of signals."),
    Family("knock_category_disagreements_total", Counter, Unit::Count, "Signals whose category differs between server and browser."),
    Family("knock_signals_cut_total", Counter, Unit::Count, "Signals with truncated texts or properties."),
    Family("knock_commit_duration_seconds", Histogram(COMMIT), Unit::Seconds, "Duration of a transaction, from its start to the synced commit."),
    Family("knock_commit_commands", Histogram(GROUP), Unit::Count, "Commands per transaction."),
    Family("knock_commits_failed_total", Counter, Unit::Count, "Failed transactions."),
    Family("knock_writer_queue_commands", Gauge, Unit::Count, "Commands in the writer queue."),
    Family("knock_writer_queue_capacity_commands", Gauge, Unit::Count, "Capacity of the writer queue; beyond it the answer is 503."),
    Family("knock_backlog_signals", Gauge, Unit::Count, "Signals in the backlog."),
    Family("knock_signals_put_off_total", Counter, Unit::Count, "Signals deferred to the backlog."),
    Family("knock_outbox_waiting", Gauge, Unit::Count, "Pending deliveries, by kind of destination."),
    Family("knock_outbox_parked", Gauge, Unit::Count, "Parked deliveries, by kind of destination."),
    Family("knock_outbox_oldest_seconds", Gauge, Unit::Seconds, "Age of the oldest delivery that should have been made, by kind of destination; 0 without one."),
    Family("knock_outbox_panicked", Gauge, Unit::Count, "Deliveries at whose last attempt the server failed, by kind of destination."),
    Family("knock_outbound_held", Gauge, Unit::Count, "1 on a copy of a workspace from which nothing is sent, else 0."),
    Family("knock_delivery_attempts_total", Counter, Unit::Count, "Delivery attempts, by outcome."),
    Family("knock_knowledge_sources", Gauge, Unit::Count, "Knowledge sources of the AI agent, by state."),
    Family("knock_knowledge_readings_total", Counter, Unit::Count, "Readings of pages and sitemaps, by outcome."),
    Family("knock_workflow_actions_done_total", Counter, Unit::Count, "Actions of workflows that were carried out."),
    Family("knock_workflow_actions_skipped_total", Counter, Unit::Count, "Actions of workflows that were left out, by reason."),
    Family("knock_workflow_refusals_total", Counter, Unit::Count, "Refused enrolments of workflows, by reason."),
    Family("knock_workflow_overdue_seconds", Gauge, Unit::Seconds, "Age of the oldest due step of a workflow that was not carried out; 0 without one."),
    Family("knock_reader_runs_total", Counter, Unit::Count, "Files and calendars read in a process of their own, by format and outcome."),
    Family("knock_database_bytes", Gauge, Unit::Bytes, "Size of the database."),
    Family("knock_database_limit_bytes", Gauge, Unit::Bytes, "Size of the database beyond which signals are refused."),
    Family("knock_disk_free_bytes", Gauge, Unit::Bytes, "Free disk space in the data directory."),
    Family("knock_signals_dropped_total", Counter, Unit::Count, "Expired signals."),
    Family("knock_last_backup_timestamp_seconds", Gauge, Unit::Seconds, "Start of the last backup as a Unix timestamp; 0 without a backup."),
    Family("knock_log_frames_lost_total", Counter, Unit::Count, "Frames of a damaged write-ahead log ignored at the start."),
    Family("knock_log_transactions_lost_total", Counter, Unit::Count, "Transactions of a damaged write-ahead log ignored at the start."),
    Family("knock_http_requests_total", Counter, Unit::Count, "HTTP responses, by method, route and status code."),
    Family("knock_http_request_duration_seconds", Histogram(ANSWER), Unit::Seconds, "Time from request head to response head."),
    Family("knock_wrong_secrets_total", Counter, Unit::Count, "Wrong API keys, cookies, sign-in links and chat tokens."),
    Family("knock_connections_open", Gauge, Unit::Count, "Open connections, WebSockets included."),
    Family("knock_connections_capacity", Gauge, Unit::Count, "Connection permits."),
    Family("knock_connections_refused_total", Counter, Unit::Count, "Connections refused by the limit per address."),
    Family("knock_connections_cut_total", Counter, Unit::Count, "Connections closed because the client exceeded a limit."),
    Family("knock_bodies_bytes", Gauge, Unit::Bytes, "Memory held by request bodies, queued signals included."),
    Family("knock_bodies_refused_total", Counter, Unit::Count, "Requests refused because the body memory budget was exhausted."),
    Family("knock_requests_ambiguous_total", Counter, Unit::Count, "Requests refused for an ambiguous length."),
];

/// The reason for which a client's connection was closed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cut {
    /// The head of a request took too long.
    SlowHead,
    /// The client read nothing of a response.
    SlowReader,
    /// A WebSocket did not answer pings.
    Silent,
    /// A WebSocket message was too large.
    MessageSize,
    /// Too many WebSocket messages a second.
    MessageRate,
}

impl Cut {
    const ALL: [Cut; 5] = [Cut::SlowHead, Cut::SlowReader, Cut::Silent, Cut::MessageSize, Cut::MessageRate];

    const fn as_str(self) -> &'static str {
        match self {
            Cut::SlowHead => "slow_head",
            Cut::SlowReader => "slow_reader",
            Cut::Silent => "silent",
            Cut::MessageSize => "message_size",
            Cut::MessageRate => "message_rate",
        }
    }

    pub(crate) fn count(self) {
        self.add(1);
    }

    fn add(self, number: u64) {
        metrics::counter!("knock_connections_cut_total", "reason" => self.as_str()).increment(number);
    }
}

/// Starts counting.
pub(crate) fn start_metrics() -> anyhow::Result<PrometheusHandle> {
    let mut builder = PrometheusBuilder::new();
    for Family(name, kind, ..) in &FAMILIES {
        if let Histogram(bounds) = kind {
            builder = builder.set_buckets_for_metric(Matcher::Full((*name).to_owned()), bounds)?;
        }
    }
    let handle = builder.install_recorder().context("starting the metrics")?;
    FAMILIES.iter().for_each(describe);
    Collector::default().describe();
    begin();
    Ok(handle)
}

fn describe(Family(name, kind, unit, meaning): &Family) {
    match kind {
        Counter => metrics::describe_counter!(*name, *unit, *meaning),
        Gauge => metrics::describe_gauge!(*name, *unit, *meaning),
        Histogram(_) => metrics::describe_histogram!(*name, *unit, *meaning),
    }
}

/// Registers counters that have no event yet at 0: a missing series has no rate, so its alert could not fire.
fn begin() {
    metrics::gauge!("knock_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    for name in [
        "knock_connections_refused_total",
        "knock_bodies_refused_total",
        "knock_requests_ambiguous_total",
        "knock_log_frames_lost_total",
        "knock_log_transactions_lost_total",
        "knock_signals_dropped_total",
        "knock_unknown_fields_total",
        "knock_category_disagreements_total",
        "knock_signals_cut_total",
        "knock_wrong_secrets_total",
    ] {
        metrics::counter!(name).increment(0);
    }
    Cut::ALL.into_iter().for_each(|cut| cut.add(0));
    measures::begin();
    Reader::begin_counts();
}
