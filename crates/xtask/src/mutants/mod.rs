//! `mutants`: whether the tests of the rules notice when the code of a rule is changed.

mod outcome;
mod survivors;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::ValueEnum;

use crate::{places, report, run, tools};
use outcome::Outcomes;
use survivors::Survivors;

/// The share of changes that the tests of each crate must notice, in percent.
const LEAST_CAUGHT: usize = 90;

/// Cases of each property: enough to notice, and few enough for some hundred runs.
const CASES: &str = "64";

/// A crate of the domain whose rules are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rules {
    Routing,
    Scheduling,
    Status,
}

impl Rules {
    fn name(self) -> &'static str {
        match self {
            Self::Routing => "routing",
            Self::Scheduling => "scheduling",
            Self::Status => "status",
        }
    }
}

/// Prints what was caught per crate; fails when it is too little, or not what `tests/mutants.toml` says.
pub(crate) fn check(named: &[Rules]) -> anyhow::Result<()> {
    let program = tools::mutants::ensure()?;
    let survivors = Survivors::load()?;
    let chosen = if named.is_empty() { Rules::value_variants() } else { named };
    let mut findings = Vec::new();
    for rules in chosen {
        report::announce(format_args!("changing crates/domain/{}", rules.name()));
        let outcomes = run_on(*rules, &program)?;
        println!("{:<11}{outcomes}", rules.name());
        if outcomes.caught() * 100 < outcomes.viable() * LEAST_CAUGHT {
            findings.push(format!("{}: fewer than {LEAST_CAUGHT} % are caught", rules.name()));
        }
        let folder = format!("crates/domain/{}/", rules.name());
        findings.extend(survivors.differences(&folder, &outcomes.missed()));
    }
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        count => bail!("{count} finding(s)"),
    }
}

fn run_on(rules: Rules, program: &PathBuf) -> anyhow::Result<Outcomes> {
    let package = format!("knock-{}", rules.name());
    let folder = places::scratch().join("mutants").join(rules.name());
    fs::create_dir_all(&folder)?;
    let tool = if run::probe(&mut run::cargo(["nextest", "--version"])).is_some() { "nextest" } else { "cargo" };
    let mut command = run::command(program);
    command.args(["mutants", "--package", &package, "--test-package", &package, "--test-package", "knock-cases"]);
    command.args(["--test-tool", tool, "--minimum-test-timeout", "10", "--no-times", "--output"]).arg(&folder);
    // The same draws in every run: what is caught today is caught tomorrow.
    command.env("PROPTEST_CASES", CASES).env("PROPTEST_RNG_SEED", "1");
    command.env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true");
    // No debug information: without it they link in half the time.
    command.env("CARGO_PROFILE_DEV_DEBUG", "none");
    // It builds a copy of the repository, whose files would be of no use to later builds.
    command.env_remove("CARGO_TARGET_DIR");
    let status = command.status().context("cannot run cargo-mutants")?;
    // 2 and 3 say that something was missed or took too long, which the outcomes tell in full.
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        bail!("cargo-mutants failed ({status}); its log is in {}", folder.display());
    }
    Outcomes::read(&fs::read_to_string(folder.join("mutants.out/outcomes.json"))?)
}
