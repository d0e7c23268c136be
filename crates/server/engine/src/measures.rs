//! Counters of writing. Their descriptions are in the metrics catalogue.

use knock_ports::{DeliveryOutcome, StoreError};
use knock_workflow::{Change, Outcome, RefusalReason, SkipReason};
use std::time::Duration;

/// Registers the counters with 0, so that each exists before its first event.
pub fn begin() {
    deferred(0);
    for outcome in ["delivered", "later", "never", "gone"] {
        count_attempt(outcome, 0);
    }
    for outcome in ["read", "failed"] {
        count_read(outcome, 0);
    }
    for reason in ["full", "busy", "unsynced", "damaged", "broken"] {
        count_failed(reason, 0);
    }
    count_done(0);
    SkipReason::ALL.iter().for_each(|reason| count_skipped(*reason, 0));
    RefusalReason::ALL.iter().for_each(|reason| count_refused(*reason, 0));
}

/// Counts what a workflow decided about a lead: an action that was done or skipped, or a refused enrolment.
pub(crate) fn decided(change: &Change) {
    match change {
        Change::Refused(refusal) => count_refused(refusal.reason, 1),
        Change::Logged(_, entry) => match entry.outcome {
            Outcome::Done => count_done(1),
            Outcome::Skipped(reason) => count_skipped(reason, 1),
            Outcome::Waited
            | Outcome::Happened
            | Outcome::TimedOut
            | Outcome::Then
            | Outcome::Else
            | Outcome::Stopped
            | Outcome::Deferred { .. } => {}
        },
        Change::Enrolled(_) | Change::Act(_) | Change::StateChanged(..) => {}
    }
}

fn count_done(number: u64) {
    metrics::counter!("knock_workflow_actions_done_total").increment(number);
}

fn count_skipped(reason: SkipReason, number: u64) {
    metrics::counter!("knock_workflow_actions_skipped_total", "reason" => reason.as_str()).increment(number);
}

fn count_refused(reason: RefusalReason, number: u64) {
    metrics::counter!("knock_workflow_refusals_total", "reason" => reason.as_str()).increment(number);
}

/// Records a synced transaction: its duration and the number of its commands.
pub(crate) fn committed(commands: usize, took: Duration) {
    metrics::histogram!("knock_commit_duration_seconds").record(took);
    metrics::histogram!("knock_commit_commands").record(commands as f64);
}

/// Counts signals that were deferred.
pub(crate) fn deferred(signals: u64) {
    metrics::counter!("knock_signals_put_off_total").increment(signals);
}

/// Counts an attempt of a delivery by its outcome.
pub(crate) fn attempted(outcome: &DeliveryOutcome) {
    let outcome = match outcome {
        DeliveryOutcome::Done(_) => "delivered",
        DeliveryOutcome::Retry(..) => "later",
        DeliveryOutcome::Rejected(_) => "never",
        DeliveryOutcome::Unsubscribed(_) => "gone",
    };
    count_attempt(outcome, 1);
}

fn count_attempt(outcome: &'static str, number: u64) {
    metrics::counter!("knock_delivery_attempts_total", "outcome" => outcome).increment(number);
}

/// Counts a reading of a source by its success.
pub(crate) fn read(is_read: bool) {
    count_read(if is_read { "read" } else { "failed" }, 1);
}

fn count_read(outcome: &'static str, number: u64) {
    metrics::counter!("knock_knowledge_readings_total", "outcome" => outcome).increment(number);
}

/// Counts a failed transaction by its error.
pub(crate) fn failed(error: &StoreError) {
    let reason = match error {
        StoreError::Full => "full",
        StoreError::ReadOnly(_) => "read_only",
        StoreError::Busy => "busy",
        StoreError::Unsynced(_) => "unsynced",
        StoreError::Damaged(_) => "damaged",
        StoreError::Broken(_) => "broken",
    };
    count_failed(reason, 1);
}

fn count_failed(reason: &'static str, number: u64) {
    metrics::counter!("knock_commits_failed_total", "reason" => reason).increment(number);
}
