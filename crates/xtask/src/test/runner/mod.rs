//! Runners of tests: how each is started, what it reports, and how it repeats one test.

mod libtest;
mod nextest;
mod node;

use std::time::Duration;

pub(super) use libtest::{Libtest, Only};
pub(super) use nextest::Nextest;
pub(super) use node::Node;

/// A test that has ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Case {
    /// The test program, or the script.
    pub(super) suite: String,
    pub(super) name: String,
    /// None if the runner does not tell it.
    pub(super) time: Option<Duration>,
    /// The output of a failed test.
    pub(super) failure: Option<String>,
}

/// Something that runs tests.
pub(super) trait Runner {
    /// Runs all of its tests, also after a failure.
    ///
    /// # Errors
    /// When it fails for another reason than a failed test, such as code that does not compile.
    fn all(&self) -> anyhow::Result<Vec<Case>>;

    /// Runs a failed test again, with nothing beside it; whether it passes.
    fn passes_alone(&self, case: &Case) -> anyhow::Result<bool>;
}

impl Case {
    /// The name that a person looks for.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.suite, self.name)
    }
}
