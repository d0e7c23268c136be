//! Reports.

use crate::Shape;
use crate::made::AT;
use knock_model::{Bucket, Millis};
use knock_wire::{Backtest, BandOutcomes, BucketOutcomes, OutcomeRate, RateInterval};

pub(crate) fn shapes() -> Vec<Shape> {
    vec![Shape::of("backtest", &backtest())]
}

fn backtest() -> Backtest {
    let rate = Some(RateInterval { share: 0.75, low: 0.6867, high: 0.8042 });
    let (known, few) =
        (OutcomeRate { leads: 200, qualified: 150, rate }, OutcomeRate { leads: 9, qualified: 1, rate: None });
    Backtest {
        from: AT - Millis::days(365),
        at: AT,
        all: known.clone(),
        is_enough: true,
        buckets: [Bucket::High, Bucket::Medium, Bucket::Low]
            .map(|bucket| BucketOutcomes { bucket, outcomes: known.clone() })
            .into(),
        bands: vec![
            BandOutcomes { from: 90, to: 100, outcomes: known },
            BandOutcomes { from: 80, to: 90, outcomes: few },
        ],
        too_old: 4,
        is_cut: true,
    }
}
