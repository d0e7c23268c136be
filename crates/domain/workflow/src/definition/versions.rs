//! The workflows that an engine knows.

use super::Workflow;
use crate::run::Run;
use alloc::vec::Vec;

/// A version of a workflow.
#[derive(Clone, Copy, Debug)]
pub struct Version<'w> {
    /// Its number, from 1.
    pub number: u32,
    pub workflow: &'w Workflow,
}

/// The versions of all workflows that an engine needs.
#[derive(Clone, Debug, Default)]
pub struct Versions<'w> {
    /// The current version of each workflow, in their order: these enrol.
    pub current: Vec<Version<'w>>,
    /// Former versions, and archived workflows, that runs are still on.
    pub former: Vec<Version<'w>>,
}

impl<'w> Versions<'w> {
    /// Workflows in their first version.
    #[must_use]
    pub fn first(workflows: &'w [Workflow]) -> Versions<'w> {
        let current = workflows.iter().map(|workflow| Version { number: 1, workflow });
        Versions { current: current.collect(), former: Vec::new() }
    }

    /// The version that a run is on; `None` where it is not among these: such a run rests.
    pub(crate) fn of(&self, run: &Run) -> Option<&'w Workflow> {
        self.find(&run.workflow, run.version).map(|version| version.workflow)
    }

    /// A version of a workflow, by its number.
    pub(crate) fn find(&self, workflow: &str, number: u32) -> Option<Version<'w>> {
        let mut all = self.current.iter().chain(&self.former);
        all.find(|version| version.number == number && version.workflow.id == workflow).copied()
    }

    /// The place of a workflow in their order; archived ones are last.
    pub(crate) fn order(&self, workflow: &str) -> usize {
        let place = self.current.iter().position(|version| version.workflow.id == workflow);
        place.unwrap_or(self.current.len())
    }
}
