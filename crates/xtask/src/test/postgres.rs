//! The tests that keep something, once more on PostgreSQL.

use std::env;

use super::{Faults, native};
use crate::report::{Ended, step};
use crate::tools::postgres::{Disk, Postgres};
use crate::tools::python;
use crate::{run, www};

/// The number of cases of a property test.
const CASES: &str = "PROPTEST_CASES";
/// The laws were tried at length on SQLite, and each case makes a schema of its own.
const FEWER: &str = "12";

/// Those whose answer a database may change, for nextest: all are built, as for the native tests, and only these are run.
const WITH_A_STORE: &str = "package(knock-store) + package(knock-engine) + (package(knock) & kind(test))";
/// Those among them that end before the store (what is wrong with a request or a connection), or that are about SQLite.
const WITHOUT: &str = "test(/^abuse::(bodies|body_memory|connections|cross_site|json|origins|proxies|refused|slow|\
                       smuggling|sockets)::/) + test(/^(access::headers|command_line|logs|damaged|sqlite)::/)";
/// The same for cargo, which builds them anew.
const PACKAGES: [&str; 6] = ["--package", "knock-store", "--package", "knock-engine", "--package", "knock"];

/// Runs the tests of all packages with a store on a cluster, and what is done to servers on another.
pub(super) fn test(faults: &Faults) -> anyhow::Result<()> {
    www::prepare()?;
    step("tests on PostgreSQL", || {
        let mut cargo = if run::probe(&mut run::cargo(["nextest", "--version"])).is_some() {
            run::cargo(["nextest", "run", native::THREADS, "-E", &format!("({WITH_A_STORE}) - ({WITHOUT})")])
        } else {
            run::cargo(["test", "--tests"].iter().chain(&PACKAGES))
        };
        let cluster = Postgres::start(Disk::Spared)?;
        cargo.env(python::VARIABLE, python::ensure()?);
        cargo.env("KNOCK_TEST_POSTGRES", cluster.url()).env("KNOCK_TEST_POSTGRES_TLS", cluster.url_with_root());
        if env::var_os(CASES).is_none() {
            cargo.env(CASES, FEWER);
        }
        run::run(&mut cargo)?;
        Ok(Ended::Done)
    })?;
    step("faults on PostgreSQL", || {
        let cluster = Postgres::start(Disk::Real)?;
        run::run(faults.on_any_database()?.env("KNOCK_TEST_POSTGRES", cluster.url()))?;
        run::run(faults.crashing_the_database()?.env("KNOCK_TEST_POSTGRES", cluster.url()))?;
        Ok(Ended::Done)
    })
}
