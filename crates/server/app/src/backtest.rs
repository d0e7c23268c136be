//! The backtest of a workspace's own history, read in pieces.

use knock_context::read;
use knock_engine::{Outcome, Presenter};
use knock_intent::{BANDS, Backtest as Rates, Tally};
use knock_model::{Bucket, Millis};
use knock_ports::{Store, StoreError};
use knock_wire::{Backtest, BandOutcomes, BucketOutcomes, OutcomeRate, RateInterval};
use std::sync::Arc;

/// The default number of days before now.
pub(crate) const USUAL_DAYS: u32 = 365;
/// The largest number of days.
pub(crate) const MOST_DAYS: u32 = 3_650;

/// Chats read in one snapshot: a long snapshot would keep the database's log from being checkpointed.
const PIECE: u32 = 200;
/// The largest number of outcomes, about ten seconds of work.
const MOST_OUTCOMES: u32 = 20_000;

/// The outcomes of leads within so many days before `now`, by their score just before.
pub(crate) async fn backtest(store: &Arc<dyn Store>, now: Millis, days: u32) -> Result<Backtest, StoreError> {
    let from = now - Millis::days(days.into());
    let mut counted = Counted::default();
    let mut after = None;
    let is_cut = loop {
        let piece =
            read(Arc::clone(store), move |view| Presenter::new(view, now)?.outcomes(from, after, PIECE)).await?;
        let is_cut = piece.found.iter().any(|outcome| !counted.take(*outcome));
        after = piece.next;
        if is_cut || after.is_none() {
            break is_cut;
        }
    };
    Ok(counted.shown(from, now, is_cut))
}

#[derive(Default)]
struct Counted {
    rates: Rates,
    too_old: u32,
}

impl Counted {
    /// Counts an outcome; `false` when that would be one too many.
    fn take(&mut self, outcome: Outcome) -> bool {
        if self.rates.all().outcomes + self.too_old >= MOST_OUTCOMES {
            return false;
        }
        match outcome.score {
            Some(score) => self.rates.add(score, outcome.is_qualified),
            None => self.too_old += 1,
        }
        true
    }

    fn shown(&self, from: Millis, at: Millis, is_cut: bool) -> Backtest {
        let buckets = [Bucket::High, Bucket::Medium, Bucket::Low];
        let bands = (0..).zip(self.rates.bands()).take(BANDS);
        let mut bands: Vec<BandOutcomes> = bands
            .map(|(number, tally)| BandOutcomes { from: number * 10, to: number * 10 + 10, outcomes: self.rate(tally) })
            .collect();
        bands.reverse();
        Backtest {
            from,
            at,
            all: self.rate(self.rates.all()),
            is_enough: self.rates.is_enough(),
            buckets: buckets
                .map(|bucket| BucketOutcomes { bucket, outcomes: self.rate(self.rates.bucket(bucket)) })
                .into(),
            bands,
            too_old: self.too_old,
            is_cut,
        }
    }

    fn rate(&self, tally: Tally) -> OutcomeRate {
        let rate = self.rates.rate(tally).map(|rate| RateInterval {
            share: rounded(rate.share),
            low: rounded(rate.low),
            high: rounded(rate.high),
        });
        OutcomeRate { leads: tally.outcomes, qualified: tally.qualified, rate }
    }
}

fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::LeadId;

    #[test]
    fn what_is_beyond_the_most_is_not_counted() {
        let mut counted = Counted::default();
        let outcome = |number: u32| Outcome {
            lead: LeadId::new([0; 16]),
            at: Millis(0),
            is_qualified: number.is_multiple_of(4),
            score: Some(f64::from(number % 100)).filter(|_| !number.is_multiple_of(100)),
        };
        let taken = (0..MOST_OUTCOMES + 7).filter(|number| counted.take(outcome(*number))).count();
        assert_eq!(taken, MOST_OUTCOMES as usize);
        let shown = counted.shown(Millis(0), Millis(1), true);
        assert_eq!((shown.all.leads, shown.too_old), (MOST_OUTCOMES - 200, 200));
        assert_eq!(shown.bands.iter().map(|band| band.outcomes.leads).sum::<u32>(), shown.all.leads);
        let ends: Vec<_> = shown.bands.iter().map(|band| (band.from, band.to)).collect();
        assert_eq!((ends[0], ends[9]), ((90, 100), (0, 10)));
    }
}
