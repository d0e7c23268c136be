//! What became of the messages.

use hdrhistogram::Histogram;
use std::collections::BTreeMap;
use std::time::Duration;

/// Times above this count as this, in microseconds.
const LONGEST: u64 = 600_000_000;

/// Counts and times of messages.
pub(crate) struct Report {
    /// Microseconds to an acknowledgement.
    times: Histogram<u64>,
    /// Refusals by their status codes.
    refused: BTreeMap<u16, u64>,
    /// Requests without an answer.
    broken_off: u64,
}

impl Default for Report {
    fn default() -> Report {
        let times = Histogram::new_with_max(LONGEST, 3).expect("fixed bounds");
        Report { times, refused: BTreeMap::new(), broken_off: 0 }
    }
}

impl Report {
    pub(crate) fn acknowledge(&mut self, time: Duration) {
        self.times.saturating_record(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
    }

    pub(crate) fn refuse(&mut self, code: u16) {
        *self.refused.entry(code).or_default() += 1;
    }

    pub(crate) fn break_off(&mut self) {
        self.broken_off += 1;
    }

    pub(crate) fn add(&mut self, other: &Report) {
        self.times.add(&other.times).expect("the same bounds");
        self.broken_off += other.broken_off;
        for (code, count) in &other.refused {
            *self.refused.entry(*code).or_default() += count;
        }
    }

    pub(crate) fn acknowledged(&self) -> u64 {
        self.times.len()
    }

    /// Milliseconds within which this share was acknowledged, 0 to 1.
    pub(crate) fn within(&self, share: f64) -> f64 {
        self.times.value_at_quantile(share) as f64 / 1_000.0
    }

    /// All that was not acknowledged.
    pub(crate) fn refused(&self) -> u64 {
        self.refused.values().sum::<u64>() + self.broken_off
    }

    /// A line for each way in which something was refused.
    pub(crate) fn refusals(&self) -> Vec<String> {
        let mut lines: Vec<_> = self.refused.iter().map(|(code, count)| format!("answered {code}: {count}")).collect();
        if self.broken_off > 0 {
            lines.push(format!("without an answer: {}", self.broken_off));
        }
        lines
    }
}
