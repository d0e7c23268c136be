//! Scripts of end-to-end tests by Node, a few at a time, those that took the longest first.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, anyhow};
use serde::Deserialize;

use super::{Case, Runner};
use crate::report::{Stopwatch, seconds};
use crate::test::late::Late;
use crate::{places, run};

/// Scripts that run at a time.
const AT_ONCE: usize = 2;

/// Milliseconds that a slow script takes for each of its bytes.
const SLOW: u64 = 5;

/// The script by which Node writes what became of each test, one JSON object on a line.
const REPORTER: &str = "tests/e2e/support/reporter.mjs";

/// A run of scripts.
pub(in crate::test) struct Node {
    /// Paths in the repository.
    pub(in crate::test) scripts: Vec<String>,
    pub(in crate::test) env: Vec<(String, std::ffi::OsString)>,
    pub(in crate::test) late: Late,
}

/// A line of the reporter.
#[derive(Deserialize)]
struct Line {
    name: String,
    milliseconds: f64,
    failure: Option<String>,
}

impl Node {
    fn command(&self, script: &str, report: &Path) -> Command {
        let mut node = run::command("node");
        node.args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
            .arg(format!("--test-reporter=./{REPORTER}"))
            .arg(format!("--test-reporter-destination={}", report.display()))
            .arg(script)
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        node
    }

    /// Runs one script to its end and shows its output in one piece.
    fn run(&self, script: &str, delays: Option<(&str, String)>) -> anyhow::Result<Vec<Case>> {
        let report = reports().join(script.replace('/', "-")).with_extension("jsonl");
        drop(fs::remove_file(&report));
        let watch = Stopwatch::start();
        let late = delays.as_ref().map_or(String::new(), |(_, seed)| format!("  late by seed {seed}"));
        let output = self.command(script, &report).envs(delays).output().context("cannot run node")?;
        let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        println!("-- {script}  {}{late}\n{}", seconds(watch.elapsed()), printed.trim_end());
        let mut cases = cases(script, &fs::read_to_string(&report).unwrap_or_default())?;
        if !output.status.success() && cases.iter().all(|case| case.failure.is_none()) {
            // It ended before, after or between its tests.
            let (suite, name) = (script.to_owned(), "the script".to_owned());
            cases.push(Case { suite, name, time: None, failure: Some(printed) });
        }
        for failure in cases.iter_mut().filter_map(|case| case.failure.as_mut()).filter(|_| !late.is_empty()) {
            failure.insert_str(0, &format!("{}\n", late.trim_start()));
        }
        Ok(cases)
    }
}

impl Runner for Node {
    fn all(&self) -> anyhow::Result<Vec<Case>> {
        fs::create_dir_all(reports())?;
        let earlier = Durations::load();
        let mut waiting = self.scripts.clone();
        // Taken from the end.
        waiting.sort_by_key(|script| earlier.of(script));
        let ended = side_by_side(self.late.scripts().unwrap_or(AT_ONCE), waiting, |script| {
            let watch = Stopwatch::start();
            let cases = self.run(script, self.late.of_script(script))?;
            Ok((watch.elapsed(), cases))
        })?;
        earlier.save(ended.iter().map(|(script, (time, _))| (script.as_str(), *time)))?;
        Ok(ended.into_iter().flat_map(|(_, (_, cases))| cases).collect())
    }

    /// The whole script, without delays: its tests may build on each other.
    fn passes_alone(&self, case: &Case) -> anyhow::Result<bool> {
        Ok(self.run(&case.suite, None)?.iter().all(|case| case.failure.is_none()))
    }
}

/// Works on scripts from the end of the list, a few at a time.
fn side_by_side<T: Send>(
    at_once: usize,
    waiting: Vec<String>,
    work: impl Fn(&str) -> anyhow::Result<T> + Sync,
) -> anyhow::Result<Vec<(String, T)>> {
    let (waiting, ended) = (Mutex::new(waiting), Mutex::new(Vec::new()));
    // By a function of its own: the lock would last as long as the script.
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let worker = || -> anyhow::Result<()> {
        while let Some(script) = next() {
            let done = work(&script)?;
            ended.lock().unwrap_or_else(PoisonError::into_inner).push((script, done));
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..at_once).map(|_| scope.spawn(worker)).collect();
        let joined = workers.into_iter().map(|worker| worker.join().map_err(|_| anyhow!("a worker panicked"))?);
        joined.collect::<anyhow::Result<()>>()
    })?;
    Ok(ended.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// The duration of each script at its last run, on this machine.
struct Durations(BTreeMap<String, u64>);

impl Durations {
    fn file() -> PathBuf {
        places::scratch().join("e2e-durations.json")
    }

    fn load() -> Self {
        let text = fs::read_to_string(Self::file()).unwrap_or_default();
        Self(serde_json::from_str(&text).unwrap_or_default())
    }

    /// Milliseconds of a script. A new one counts as long by its length: each byte as much as a slow one takes for it.
    fn of(&self, script: &str) -> u64 {
        let guess = || fs::metadata(places::at(script)).map_or(0, |file| file.len() * SLOW);
        self.0.get(script).copied().unwrap_or_else(guess)
    }

    fn save<'s>(mut self, ended: impl Iterator<Item = (&'s str, Duration)>) -> anyhow::Result<()> {
        self.0.extend(ended.map(|(script, time)| (script.to_owned(), u64::try_from(time.as_millis()).unwrap_or(0))));
        Ok(fs::write(Self::file(), serde_json::to_string_pretty(&self.0)?)?)
    }
}

fn reports() -> PathBuf {
    places::scratch().join("e2e")
}

fn cases(script: &str, report: &str) -> anyhow::Result<Vec<Case>> {
    let read = |line: &str| {
        let Line { name, milliseconds, failure } = serde_json::from_str(line)?;
        let time = Duration::try_from_secs_f64(milliseconds / 1_000.0).ok();
        Ok(Case { suite: script.to_owned(), name, time, failure })
    };
    report.lines().map(read).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn lines_of_the_reporter_are_tests_of_the_script() {
        let report = "{\"name\":\"a chat\",\"milliseconds\":1500.5,\"failure\":null}\n\
            {\"name\":\"a note\",\"milliseconds\":3,\"failure\":\"1 == 2\"}\n";
        let cases = cases("tests/e2e/chat.test.mjs", report).expect("lines");
        assert_eq!(cases[0].title(), "tests/e2e/chat.test.mjs a chat");
        assert_eq!(cases[0].time, Some(Duration::from_micros(1_500_500)));
        assert_eq!(cases[1].failure.as_deref(), Some("1 == 2"));
        assert!(super::cases("x", "not JSON").is_err());
    }

    #[test]
    fn a_few_scripts_run_at_a_time() {
        let begun = AtomicUsize::new(0);
        let meets_another = |_: &str| {
            begun.fetch_add(1, Ordering::SeqCst);
            let watch = Stopwatch::start();
            while begun.load(Ordering::SeqCst) < AT_ONCE && watch.elapsed() < Duration::from_secs(60) {
                thread::yield_now();
            }
            Ok(begun.load(Ordering::SeqCst) >= AT_ONCE)
        };
        let scripts = (0..AT_ONCE).map(|number| number.to_string()).collect();
        let ended = side_by_side(AT_ONCE, scripts, meets_another).expect("they end");
        assert!(ended.iter().all(|(_, met)| *met) && ended.len() == AT_ONCE);
    }

    #[test]
    fn a_script_without_a_duration_is_judged_by_its_length() {
        let durations = Durations(BTreeMap::from([("tests/e2e/inbox.test.mjs".to_owned(), 5_000)]));
        assert_eq!(durations.of("tests/e2e/inbox.test.mjs"), 5_000);
        assert!(durations.of("tests/e2e/booking.test.mjs") > durations.of("tests/e2e/types.test.mjs"));
        assert_eq!(durations.of("no such script"), 0);
    }
}
