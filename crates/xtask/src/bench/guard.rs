//! `bench guard`: what messages, signals, an idle server and its start cost, against `tests/guard.json`.
//!
//! Every figure but the megabytes is a ratio to a fixed reference in the same run, so that what each feature adds shows
//! although every machine is another and every hour too.

use std::fs;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::{places, run};

/// The benchmarks with such figures.
const BENCHES: [&str; 2] = ["chat", "ingest"];

/// How a line with a figure begins.
const FIGURE: &str = "guard ";

/// A figure may be so much over its budget: of what is measured twice no two are the same.
const SLACK: f64 = 1.1;

/// How the server is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    Dev,
    Release,
}

/// A figure with its budget.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    name: String,
    what: String,
    dev: Limit,
    release: Limit,
}

/// The limit of a figure.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Limit {
    Max(f64),
    Min(f64),
}

impl Limit {
    /// How far the figure is over the budget: 1 is at it.
    fn share(self, figure: f64) -> f64 {
        match self {
            Self::Max(most) => figure / most,
            Self::Min(least) => least / figure,
        }
    }

    fn shown(self) -> String {
        match self {
            Self::Max(most) => format!("at most {most}"),
            Self::Min(least) => format!("at least {least}"),
        }
    }
}

impl Budget {
    fn limit(&self, build: Build) -> Limit {
        match build {
            Build::Dev => self.dev,
            Build::Release => self.release,
        }
    }
}

/// Measures, prints each figure beside its budget, and returns what is more than a tenth over.
pub(crate) fn measure(build: Build, args: &[String]) -> anyhow::Result<Vec<String>> {
    let text = fs::read_to_string(places::at("tests/guard.json"))?;
    let budgets: Vec<Budget> = serde_json::from_str(&text).context("cannot read tests/guard.json")?;
    let mut printed = String::new();
    for bench in BENCHES {
        let mut cargo = match build {
            Build::Dev => run::linting_cargo(["test", "--quiet", "--bench", bench]),
            Build::Release => run::cargo(["bench", "--quiet", "--package", "knock", "--bench", bench]),
        };
        let (is_success, lines) = run::run_and_keep(cargo.args(["--", "--guard"]).args(args))?;
        if !is_success {
            bail!("the benchmark {bench} failed");
        }
        printed += &lines;
    }
    judge(&budgets, build, &printed)
}

fn judge(budgets: &[Budget], build: Build, printed: &str) -> anyhow::Result<Vec<String>> {
    println!();
    let mut over = Vec::new();
    for budget in budgets {
        let figure = figure(printed, &budget.name).with_context(|| format!("no figure is named {}", budget.name))?;
        let (limit, what) = (budget.limit(build), &budget.what);
        let share = limit.share(figure);
        let line = format!("{what}: {figure:.2}, {}", limit.shown());
        println!("{line}{}", if share > 1.0 { "  OVER" } else { "" });
        if share > SLACK {
            over.push(line);
        }
    }
    Ok(over)
}

/// The figure of this name; of several, as with another binary beside, the first.
fn figure(printed: &str, name: &str) -> Option<f64> {
    let mut figures = printed.lines().filter_map(|line| line.strip_prefix(FIGURE)?.split_once(' '));
    figures.find(|(known, _)| *known == name)?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_over_its_budget_is_said_and_less_is_not() {
        let budget = |name: &str, limit| Budget { name: name.into(), what: name.into(), dev: limit, release: limit };
        let budgets = [budget("cost", Limit::Max(10.0)), budget("rate", Limit::Min(0.1))];
        let over = |cost: &str, rate: &str| {
            let printed = format!("other line\nguard cost {cost}\nguard rate {rate}\nguard cost 99\n");
            judge(&budgets, Build::Dev, &printed).expect("all figures").len()
        };
        assert_eq!([over("10.9", "0.1"), over("11.1", "0.1"), over("9", "0.08"), over("12", "0.05")], [0, 1, 1, 2]);
        assert!(judge(&budgets, Build::Release, "guard cost 1\n").is_err(), "a figure is missing");
    }

    #[test]
    fn the_budgets_can_be_read() {
        let text = fs::read_to_string(places::at("tests/guard.json")).expect("a file");
        assert!(!serde_json::from_str::<Vec<Budget>>(&text).expect("budgets").is_empty());
    }
}
