//! `bench`: runs the benchmarks of the default members, and by their names alone those that take long to prepare.

pub(crate) mod guard;

use std::env;

use anyhow::bail;

use crate::metadata::Workspace;
use crate::profile::{Effort, Profile};
use crate::tools::postgres::{Disk, Postgres};
use crate::tools::{browser::Browser, npm};
use crate::{places, run, www};

/// A script in Chromium that installs other trackers from npm: only by this name.
const TRACKER: &str = "tracker";

/// Fills a workspace for minutes first: only by this name.
const RECORDS: &str = "records";

/// The figures with a budget, of several benchmarks.
const GUARD: &str = "guard";

/// Measured on a PostgreSQL of their own too.
const ON_POSTGRES: [&str; 3] = ["chat", RECORDS, "slack"];

/// Names a PostgreSQL that is there.
const POSTGRES: &str = "KNOCK_TEST_POSTGRES";

/// The path of an already built tracker.
const WWW: &str = "KNOCK_WWW";

/// Runs every benchmark whose name contains `part`. What they print is theirs to say.
pub(crate) fn bench(part: &str, args: &[String]) -> anyhow::Result<()> {
    match part {
        TRACKER => tracker(args),
        GUARD => {
            let over = guard::measure(guard::Build::Release, args)?;
            if over.is_empty() {
                Ok(())
            } else {
                bail!("over tests/guard.json by more than a tenth: {}", over.join("; "))
            }
        }
        _ => native(part, args),
    }
}

/// Measures the tracker of a release beside those of others.
fn tracker(args: &[String]) -> anyhow::Result<()> {
    let browser = Browser::ensure()?;
    npm::ensure()?;
    npm::ensure_in("tests/bench/tracker")?;
    if env::var_os(WWW).is_none() {
        www::build(Profile::Release, Effort::Small)?;
    }
    let mut node = run::command("node");
    node.arg(places::at("tests/bench/tracker/run.mjs")).args(args).env("CHROMIUM", &browser.chromium);
    run::run(&mut node)
}

fn native(part: &str, args: &[String]) -> anyhow::Result<()> {
    let workspace = Workspace::load()?;
    let benches: Vec<(&str, &str)> = workspace
        .default_members()
        .flat_map(|package| {
            package
                .targets
                .iter()
                .filter(|target| target.kind.iter().any(|kind| kind == "bench"))
                .map(|target| (package.name.as_str(), target.name.as_str()))
        })
        .collect();
    if benches.is_empty() {
        println!("no package has a benchmark");
        return Ok(());
    }
    let chosen: Vec<_> = benches.iter().filter(|(_, name)| is_meant(part, name)).collect();
    if chosen.is_empty() {
        let names: Vec<_> = benches.iter().map(|(_, name)| *name).chain([TRACKER, GUARD]).collect();
        bail!("no benchmark is named like {part:?}; there are {}", names.join(", "));
    }
    if chosen.len() > 1 && !args.is_empty() {
        bail!("{} benchmarks are named like {part:?}; only one can be given arguments", chosen.len());
    }
    for &(package, name) in chosen {
        println!("{package}: {name}");
        let mut bench = run::cargo(["bench", "--quiet", "--package", package, "--bench", name]);
        if !args.is_empty() {
            bench.arg("--").args(args);
        }
        // Stopped and removed when the benchmark has ended.
        let cluster = if ON_POSTGRES.contains(&name) { cluster() } else { None };
        bench.envs(cluster.as_ref().map(|cluster| (POSTGRES, cluster.url())));
        run::run(&mut bench)?;
    }
    Ok(())
}

fn is_meant(part: &str, name: &str) -> bool {
    name.contains(part) && (name != RECORDS || part == RECORDS)
}

/// A new PostgreSQL whose writes wait for the disk; none when one is named already, or when there can be none.
fn cluster() -> Option<Postgres> {
    if env::var_os(POSTGRES).is_some() {
        return None;
    }
    match Postgres::start(Disk::Real) {
        Ok(cluster) => Some(cluster),
        Err(error) => {
            println!("\nNO POSTGRESQL, SQLITE ONLY: {error:#}\n");
            None
        }
    }
}
