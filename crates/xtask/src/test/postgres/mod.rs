//! The tests that keep something, once more on PostgreSQL.

mod without;

use std::env;

use super::runner::Nextest;
use super::{Run, faults, selection};
use crate::report::{Ended, step};
use crate::tools::postgres::{Disk, Postgres};
use crate::tools::{dovecot, python};
use crate::www;

/// The number of cases of a property test.
const CASES: &str = "PROPTEST_CASES";
/// The laws are tried at length on SQLite. Here they show that the statements behave the same: a case has dozens of steps,
/// each kind of step comes many times in four, and other ones come in each run.
const FEWER: &str = "4";

/// Tests of the store that are about SQLite, and a law of decisions that reads what it stored.
const OF_SQLITE: &str =
    "((package(=knock-store) & test(/^sqlite::/)) + (binary_id(=knock-engine::life) & test(/^same_decision::/)))";

/// Runs the tests of all packages with a store on a cluster, and what is done to servers on another.
pub(super) fn test(run: &Run) -> anyhow::Result<()> {
    www::prepare()?;
    step("tests on PostgreSQL", || {
        // Until the tests have ended; none if there are none.
        let mut cluster = None;
        run.tests("postgres", run.selection.with_a_store()?, |groups| {
            let cluster = cluster.insert(Postgres::start(Disk::Spared)?);
            let mut variables = vec![
                (python::VARIABLE, python::ensure()?.display().to_string()),
                (dovecot::VARIABLE, dovecot::ensure()?.display().to_string()),
                ("KNOCK_TEST_POSTGRES", cluster.url()),
                ("KNOCK_TEST_POSTGRES_TLS", cluster.url_with_root()),
                // The tests of CRM run with their connector in the place of another CRM: no constant of one may matter.
                ("KNOCK_TEST_CRM", "salesforce".to_owned()),
            ];
            if env::var_os(CASES).is_none() {
                variables.push((CASES, FEWER.to_owned()));
            }
            let filter = format!("({}) - {OF_SQLITE} - {}", selection::filter(groups), without::filter()?);
            Ok(Nextest { filter, package: None, env: variables, threads: None })
        })?;
        Ok(Ended::Done)
    })?;
    step("faults on PostgreSQL", || {
        let mut cluster: Option<Postgres> = None;
        for (stage, names) in [
            ("faults on PostgreSQL", &faults::ON_ANY_DATABASE[..]),
            ("faults that crash PostgreSQL", &faults::CRASHING_THE_DATABASE[..]),
        ] {
            run.tests(stage, run.selection.faults()?, |_| {
                let started = cluster.take().map_or_else(|| Postgres::start(Disk::Real), Ok)?;
                let env = vec![("KNOCK_TEST_POSTGRES", cluster.insert(started).url())];
                Ok(faults::runner(run, names.to_vec(), env))
            })?;
        }
        Ok(Ended::Done)
    })
}
