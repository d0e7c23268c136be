//! The outcome of a mutant, as cargo-mutants reports it.

use std::fmt::{self, Display};

use anyhow::Context;
use serde::Deserialize;

/// All changes of one run.
#[derive(Deserialize)]
pub(super) struct Outcomes {
    outcomes: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Outcome {
    scenario: Scenario,
    summary: Summary,
}

#[derive(Deserialize)]
enum Scenario {
    Baseline,
    Mutant(Change),
}

#[derive(Deserialize)]
struct Change {
    /// `file:line:column: what`.
    name: String,
    file: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
enum Summary {
    Success,
    Failure,
    CaughtMutant,
    MissedMutant,
    Unviable,
    Timeout,
}

impl Outcomes {
    /// Reads `outcomes.json`.
    pub(super) fn read(text: &str) -> anyhow::Result<Self> {
        serde_json::from_str(text).context("cannot read what cargo-mutants wrote")
    }

    fn count(&self, meant: &[Summary]) -> usize {
        self.changes().filter(|(_, summary)| meant.contains(summary)).count()
    }

    fn changes(&self) -> impl Iterator<Item = (&Change, Summary)> {
        self.outcomes.iter().filter_map(|outcome| match &outcome.scenario {
            Scenario::Baseline => None,
            Scenario::Mutant(change) => Some((change, outcome.summary)),
        })
    }

    /// Changes that failed a test, or made it run for ever.
    pub(super) fn caught(&self) -> usize {
        self.count(&[Summary::CaughtMutant, Summary::Timeout])
    }

    /// Changes that compile.
    pub(super) fn viable(&self) -> usize {
        self.caught() + self.count(&[Summary::MissedMutant])
    }

    /// File and description of every change that no test noticed, without its line: lines move.
    pub(super) fn missed(&self) -> Vec<(String, String)> {
        let missed = self.changes().filter(|(_, summary)| *summary == Summary::MissedMutant);
        missed
            .map(|(change, _)| {
                let what = change.name.splitn(4, ':').last().unwrap_or_default();
                (change.file.clone(), what.trim().to_owned())
            })
            .collect()
    }
}

impl Display for Outcomes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (viable, caught) = (self.viable(), self.caught());
        let percent = if viable == 0 { 100.0 } else { caught as f64 * 100.0 / viable as f64 };
        write!(out, "{viable} viable, {caught} caught, {} survived: {percent:.1} %", viable - caught)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_compiles_counts_and_what_never_ends_is_caught() {
        let change = |line: u32, summary: &str| {
            let name = format!("a.rs:{line}:7: replace == with != in A<'_>::b");
            format!(r#"{{"scenario": {{"Mutant": {{"name": "{name}", "file": "a.rs"}}}}, "summary": "{summary}"}}"#)
        };
        let changes = ["CaughtMutant", "Timeout", "Unviable", "MissedMutant"].map(|summary| change(1, summary));
        let text =
            format!(r#"{{"outcomes": [{{"scenario": "Baseline", "summary": "Success"}}, {}]}}"#, changes.join(","));
        let outcomes = Outcomes::read(&text).unwrap();
        assert_eq!(outcomes.to_string(), "3 viable, 2 caught, 1 survived: 66.7 %");
        assert_eq!(outcomes.missed(), [("a.rs".to_owned(), "replace == with != in A<'_>::b".to_owned())]);
    }
}
