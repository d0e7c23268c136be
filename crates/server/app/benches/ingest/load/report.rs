//! The report of a load: counts, and times to an answer.

use anyhow::Context;
use hdrhistogram::Histogram;
use knock_wire::SignalsReply;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// Times above this count as this, in microseconds.
const LONGEST: u64 = 600_000_000;

/// Counts and times of a run.
#[derive(Debug)]
pub(crate) struct Report {
    /// The duration, in seconds.
    pub(crate) seconds: f64,
    /// Signals stored.
    pub(crate) accepted: u64,
    /// Signals that were there before.
    pub(crate) duplicate: u64,
    /// Signals refused or left out.
    pub(crate) refused: u64,
    /// Batches by the status code of the answer.
    pub(crate) answers: BTreeMap<u16, u64>,
    /// Microseconds to an answer.
    times: Histogram<u64>,
}

impl Default for Report {
    fn default() -> Report {
        let times = Histogram::new_with_max(LONGEST, 3).expect("fixed bounds");
        Report { seconds: 0.0, accepted: 0, duplicate: 0, refused: 0, answers: BTreeMap::new(), times }
    }
}

impl Report {
    /// Signals stored a second.
    pub(crate) fn rate(&self) -> f64 {
        self.accepted as f64 / self.seconds
    }

    /// Batches answered a second.
    pub(crate) fn batches(&self) -> f64 {
        self.times.len() as f64 / self.seconds
    }

    /// Milliseconds within which this share of the batches was answered, 0 to 1.
    pub(crate) fn within(&self, share: f64) -> f64 {
        self.times.value_at_quantile(share) as f64 / 1_000.0
    }

    pub(super) fn note(&mut self, status: u16, time: Duration) {
        *self.answers.entry(status).or_default() += 1;
        self.times.saturating_record(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
    }

    pub(super) fn count(&mut self, reply: &SignalsReply) {
        self.accepted += u64::from(reply.accepted);
        self.duplicate += u64::from(reply.duplicate);
        self.refused += u64::from(reply.filtered) + u64::from(reply.rate_limited) + reply.rejected.len() as u64;
    }

    pub(super) fn add(&mut self, other: &Report) -> anyhow::Result<()> {
        self.accepted += other.accepted;
        self.duplicate += other.duplicate;
        self.refused += other.refused;
        for (status, count) in &other.answers {
            *self.answers.entry(*status).or_default() += count;
        }
        self.times.add(&other.times).context("adding up the times")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "signals stored   {} in {:.1} s, {:.0} a second", self.accepted, self.seconds, self.rate())?;
        writeln!(out, "batches          {:.0} a second", self.batches())?;
        let (half, most, worst) = (self.within(0.5), self.within(0.99), self.within(1.0));
        writeln!(out, "acknowledged     p50 {half:.1} ms, p99 {most:.1} ms, all {worst:.1} ms")?;
        if self.duplicate + self.refused > 0 {
            writeln!(out, "not stored       {} there before, {} refused", self.duplicate, self.refused)?;
        }
        for (status, count) in self.answers.iter().filter(|(status, _)| **status != 202) {
            writeln!(out, "answered {status}     {count} batches")?;
        }
        Ok(())
    }
}
