//! Native tests by nextest, which writes what became of each test into a file.

use std::fs;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail};
use roxmltree::{Document, Node};

use super::{Case, Runner};
use crate::metadata::Workspace;
use crate::run;
use crate::test::late;

/// More tests at once than processors: many wait for a server, a disk or a clock.
const THREADS: u32 = 4;

/// The path of the report in cargo's target directory, as `.config/nextest.toml` has it.
const REPORT: &str = "nextest/default/junit.xml";

/// A run of nextest.
pub(in crate::test) struct Nextest {
    /// The selected tests, in nextest's language; all when it is empty.
    pub(in crate::test) filter: String,
    /// The selected package; all default members when absent.
    pub(in crate::test) package: Option<&'static str>,
    pub(in crate::test) env: Vec<(&'static str, String)>,
    /// Tests at once, if not as many as usual.
    pub(in crate::test) threads: Option<u32>,
}

impl Nextest {
    /// Whether cargo has it.
    pub(in crate::test) fn is_here() -> bool {
        run::probe(&mut run::cargo(["nextest", "--version"])).is_some()
    }

    fn command(&self, filter: &str) -> Command {
        let mut cargo = run::linting_cargo(["nextest", "run", "--no-fail-fast"]);
        if let Some(package) = self.package {
            cargo.args(["--package", package]);
        }
        if !filter.is_empty() {
            cargo.args(["-E", filter]);
        }
        cargo.envs(self.env.iter().map(|(name, value)| (name, value)));
        cargo
    }

    fn all_selected(&self) -> Command {
        let mut cargo = self.command(&self.filter);
        let threads = format!("--test-threads={}", self.threads.unwrap_or(THREADS));
        cargo.args([threads.as_str(), "--no-tests=pass"]);
        cargo
    }

    /// One test, without delays; a name that no program knows is a failure.
    fn alone(&self, case: &Case) -> Command {
        let mut cargo = self.command(&format!("binary_id(={}) & test(={})", case.suite, case.name));
        cargo.args(["--test-threads=1", "--no-tests=fail"]);
        for name in late::VARIABLES {
            cargo.env_remove(name);
        }
        cargo
    }
}

impl Runner for Nextest {
    fn all(&self) -> anyhow::Result<Vec<Case>> {
        let report = Workspace::load()?.target_directory.join(REPORT);
        drop(fs::remove_file(&report));
        let ended = run::run(&mut self.all_selected());
        let cases = match fs::read_to_string(&report) {
            Ok(text) => cases(&text).with_context(|| format!("cannot read {}", report.display()))?,
            Err(_) => Vec::new(),
        };
        if cases.iter().all(|case| case.failure.is_none()) {
            ended?;
        }
        Ok(cases)
    }

    fn passes_alone(&self, case: &Case) -> anyhow::Result<bool> {
        Ok(run::run(&mut self.alone(case)).is_ok())
    }
}

/// The tests of a report in the form of JUnit.
fn cases(report: &str) -> anyhow::Result<Vec<Case>> {
    let document = Document::parse(report)?;
    let suites = document.descendants().filter(|node| node.has_tag_name("testsuite"));
    let mut cases = Vec::new();
    for suite in suites {
        let name = suite.attribute("name").unwrap_or_default();
        for test in suite.children().filter(|node| node.has_tag_name("testcase")) {
            cases.push(case(name, test)?);
        }
    }
    Ok(cases)
}

fn case(suite: &str, test: Node<'_, '_>) -> anyhow::Result<Case> {
    let Some(name) = test.attribute("name") else { bail!("a test without a name in {suite}") };
    let seconds = test.attribute("time").and_then(|time| time.parse().ok());
    let failed = test.children().any(|node| node.has_tag_name("failure") || node.has_tag_name("error"));
    let output = || test.children().filter(|node| node.is_element()).filter_map(|node| node.text()).collect();
    Ok(Case {
        suite: suite.to_owned(),
        name: name.to_owned(),
        time: seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
        failure: failed.then(output),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_understands_how_all_and_one_are_run() {
        let nextest =
            Nextest { filter: "package(=xtask)".into(), package: Some("xtask"), env: Vec::new(), threads: None };
        let case = Case { suite: "knock::http".into(), name: "chat::a_reply".into(), time: None, failure: None };
        for cargo in [nextest.all_selected(), nextest.alone(&case)] {
            let mut options: Vec<_> = cargo.get_args().filter_map(|arg| arg.to_str()?.split('=').next()).collect();
            options.retain(|option| option.starts_with('-'));
            let given = options.len();
            options.sort_unstable();
            options.dedup();
            assert_eq!(options.len(), given, "an option twice: {cargo:?}");
        }
    }

    #[test]
    fn a_report_tells_times_and_the_output_of_failures() {
        let report = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="2" failures="1" errors="0">
    <testsuite name="knock::http" tests="2" failures="1">
        <testcase name="chat::a_reply" classname="knock::http" time="1.250"></testcase>
        <testcase name="chat::a_note" classname="knock::http" time="0.5">
            <failure type="test failure" message="panicked">left: 1 &lt; 2</failure>
            <system-err>at line 3</system-err>
        </testcase>
    </testsuite>
</testsuites>"#;
        let [passed, failed] = cases(report).expect("a report").try_into().expect("two tests");
        let time = Some(Duration::from_millis(1_250));
        let expected = Case { suite: "knock::http".into(), name: "chat::a_reply".into(), time, failure: None };
        assert_eq!(passed, expected);
        assert_eq!(failed.title(), "knock::http chat::a_note");
        assert_eq!(failed.failure.as_deref(), Some("left: 1 < 2at line 3"));
        assert!(cases("<testsuites>").is_err());
    }
}
