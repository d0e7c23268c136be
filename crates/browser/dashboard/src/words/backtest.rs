//! A backtest in words: its lines and notes.

use knock_wire::{Backtest, OutcomeRate};

use super::number::{count, counted};

/// A line of a table of rates.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RateLine {
    /// The scores of the line.
    pub(crate) name: String,
    /// Leads with an outcome.
    pub(crate) leads: String,
    /// The leads among them that became `Qualified`.
    pub(crate) qualified: String,
    /// The rate in percent, with its interval; none with too few leads.
    pub(crate) rate: Option<Shown>,
}

/// A rate with its interval, in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) share: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

pub(crate) fn bucket_lines(found: &Backtest) -> Vec<RateLine> {
    found.buckets.iter().map(|one| line(one.bucket.as_str().to_owned(), &one.outcomes)).collect()
}

/// A line for each band of 10 points.
pub(crate) fn band_lines(found: &Backtest) -> Vec<RateLine> {
    let name = |from: u32, to: u32| if to == 100 { format!("{from} to 100") } else { format!("{from} to below {to}") };
    found.bands.iter().map(|one| line(name(one.from, one.to), &one.outcomes)).collect()
}

fn line(name: String, outcomes: &OutcomeRate) -> RateLine {
    let rate = outcomes.rate.as_ref().map(|rate| Shown {
        share: 100.0 * rate.share,
        low: 100.0 * rate.low,
        high: 100.0 * rate.high,
    });
    RateLine { name, leads: count(outcomes.leads.into()), qualified: count(outcomes.qualified.into()), rate }
}

/// The notes about the counted outcomes.
pub(crate) fn backtest_notes(found: &Backtest) -> Vec<String> {
    let leads = counted(found.all.leads.into(), "lead");
    let mut notes =
        vec![format!("{leads} became Qualified or Rejected, {} of them Qualified.", count(found.all.qualified.into()))];
    if !found.is_enough {
        notes.push("Too few for a rate: it needs 200 outcomes, and 10 per line.".to_owned());
    }
    if found.too_old > 0 {
        let old = counted(found.too_old.into(), "earlier outcome");
        notes.push(format!("Not counted: {old}, older than the stored signals."));
    }
    if found.is_cut {
        notes.push("There are more outcomes: these are of the most recently active leads.".to_owned());
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn lines_have_rates_where_there_is_enough() {
        let found = sample::backtest();
        let lines = bucket_lines(&found);
        let shown: Vec<_> =
            lines.iter().map(|line| (line.name.as_str(), line.leads.as_str(), line.rate.is_some())).collect();
        assert_eq!(shown, [("High", "1,200", true), ("Medium", "1,200", true), ("Low", "9", false)]);
        let names: Vec<_> = band_lines(&found).into_iter().map(|line| line.name).collect();
        assert_eq!(names, ["90 to 100", "80 to below 90"]);
    }

    #[wasm_bindgen_test]
    fn what_is_missing_is_said() {
        let found = sample::backtest();
        assert_eq!(backtest_notes(&found), ["2,409 leads became Qualified or Rejected, 900 of them Qualified."]);
        let less = Backtest { is_enough: false, too_old: 1, is_cut: true, ..found };
        assert_eq!(backtest_notes(&less).len(), 4);
        assert!(backtest_notes(&less)[2].contains("1 earlier outcome,"));
    }
}
